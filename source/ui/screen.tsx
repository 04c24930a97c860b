import { Box, Text, Transform } from "ink";
import TextInput from "ink-text-input";
import { useSyncExternalStore } from "react";
import type { Store } from "../reader/store.js";
import type { Prompt } from "../screen/prompt.js";
import { frameOf } from "../screen/regions.js";
import { encode, type Looks } from "../screen/style.js";

interface ScreenProps {
  readonly store: Pick<Store, "getModel" | "subscribe">;
  readonly looks: Looks;
}

/**
 * The whole screen. What stands in it is decided in `screen/`, and every row is already cut to the
 * screen's width: so the rows are one text to Ink, which need not lay out, measure or cut any of them.
 * It is given blank lines, which stay the same, and a transform that puts each row in place of its
 * blank; that is applied when Ink writes its frame, and makes nothing to be laid out anew.
 */
export function Screen({ store, looks }: ScreenProps) {
  const model = useSyncExternalStore(store.subscribe, store.getModel);
  const { columns, rows } = model.size;
  const frame = frameOf(model);
  const { prompt } = frame;
  return (
    <Box width={columns} height={rows}>
      <Transform transform={(_blank, y) => (y === prompt?.y ? "" : encode(frame.rows[y] ?? [], looks))}>
        {blanks(rows)}
      </Transform>
      {prompt && (
        <Box position="absolute" marginTop={prompt.y} width={columns} height={1} flexShrink={0}>
          <PromptRow prompt={prompt.prompt} looks={looks} />
        </Box>
      )}
    </Box>
  );
}

/** So many lines that hold nothing but their places. */
function blanks(rows: number): string {
  return Array.from({ length: rows }, () => " ").join("\n");
}

/**
 * The prompt. `ink-text-input` draws the field; what is typed is edited in `reader/line-editor.ts`,
 * because the widget loses keys that come in one read, cannot be told where its cursor stands
 * (Ctrl-A, Ctrl-W) and deletes half an emoji: `test/ui/text-input.test.tsx` shows each.
 */
function PromptRow({ prompt, looks }: { readonly prompt: Prompt; readonly looks: Looks }) {
  return (
    <>
      <Box flexShrink={0}>
        <Text>{encode(prompt.label, looks)}</Text>
      </Box>
      <Box flexShrink={0}>
        <TextInput value={encode(prompt.field, looks)} focus={false} onChange={ignore} />
      </Box>
      <Box flexShrink={0}>
        <Text>{encode(prompt.beside, looks)}</Text>
      </Box>
    </>
  );
}

function ignore(): void {}
