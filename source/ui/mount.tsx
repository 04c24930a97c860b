import { EventEmitter } from "node:events";
import { render } from "ink";
import type { Size } from "../reader/layout.js";
import type { Store } from "../reader/store.js";
import type { ColorSupport } from "../screen/style.js";
import { Screen } from "./screen.js";

/** The screen as Ink draws it, until it is taken down. */
export interface MountedScreen {
  /** Settles when the screen has come down: rejects with what a component threw. */
  readonly ended: Promise<unknown>;
  unmount(): void;
}

/**
 * Draws the store's model with Ink. Each frame, as lines, goes to `onFrame`; bringing the terminal
 * from one frame to the next is the painter's work. That is what Ink's `debug` is for here: it
 * hands over whole frames at once, without its own throttling, erasing and cursor movements.
 */
export function mount(
  store: Store,
  looks: ColorSupport,
  onFrame: (lines: readonly string[]) => void,
): MountedScreen {
  const instance = render(<Screen store={store} looks={looks} />, {
    stdout: frameSink(() => store.getModel().size, onFrame),
    stdin: noInput(),
    debug: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    // Its texts are for a program that reads lines aloud as they are printed, and have no places.
    isScreenReaderEnabled: false,
  });
  return { ended: instance.waitUntilExit(), unmount: () => instance.unmount() };
}

/** Ink hides and shows the cursor beside its frames; the terminal session has seen to that. */
const cursorVisibility = /^\x1b\[\?25[hl]$/;

/** A terminal's output as far as Ink looks at it, of the model's size. */
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

/** Keys come through the terminal session and the store: Ink is given an input that stays silent. */
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
