import { EventEmitter } from "node:events";
import { render } from "ink";
import type { Size } from "../reader/layout.js";
import type { Store } from "../reader/store.js";
import type { ColorSupport } from "../screen/style.js";
import { Screen } from "./screen.js";

/** The screen drawn by Ink, until it is unmounted. */
export interface MountedScreen {
  /** Settles when the screen is unmounted: rejects with an error of a component. */
  readonly ended: Promise<unknown>;
  unmount(): void;
}

/**
 * Draws the store's model with Ink and passes each frame, as lines, to `onFrame`; the painter updates the
 * terminal. Ink's `debug` option serves that: it passes whole frames at once, without throttling, erasing or
 * cursor movements.
 */
export function mount(
  store: Store,
  colorSupport: ColorSupport,
  onFrame: (lines: readonly string[]) => void,
): MountedScreen {
  const instance = render(<Screen store={store} colorSupport={colorSupport} />, {
    stdout: frameSink(() => store.getModel().size, onFrame),
    stdin: noInput(),
    debug: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    // Its texts are for a screen reader and have no positions.
    isScreenReaderEnabled: false,
  });
  return { ended: instance.waitUntilExit(), unmount: () => instance.unmount() };
}

/** Ink hides and shows the cursor with its frames; the terminal session does that already. */
const cursorVisibility = /^\x1b\[\?25[hl]$/;

/** The part of a terminal's output that Ink uses, with the model's size. */
function frameSink(size: () => Size, onFrame: (lines: readonly string[]) => void): NodeJS.WriteStream {
  const sink = Object.defineProperties(new EventEmitter(), {
    isTTY: { value: true },
    columns: { get: () => size().columns },
    rows: { get: () => size().rows },
    write: {
      value: (text: string, done?: () => void) => {
        if (text !== "" && !cursorVisibility.test(text)) onFrame(text.split("\n"));
        done?.();
        return true;
      },
    },
  });
  return sink as unknown as NodeJS.WriteStream;
}

/** Keys go through the terminal session and the store, so Ink gets a silent input. */
function noInput(): NodeJS.ReadStream {
  const silent = Object.assign(new EventEmitter(), {
    isTTY: true,
    setEncoding: () => silent,
    setRawMode: () => silent,
    resume: () => silent,
    pause: () => silent,
    ref: () => silent,
    unref: () => silent,
    read: () => null,
  });
  return silent as unknown as NodeJS.ReadStream;
}
