import { Box, Text } from "ink";
import TextInput from "ink-text-input";
import { memo, useSyncExternalStore } from "react";
import type { Store } from "../reader/store.js";
import type { Prompt } from "../screen/prompt.js";
import { regionsOf } from "../screen/regions.js";
import { encode, type Looks } from "../screen/style.js";

interface ScreenProps {
  readonly store: Pick<Store, "getModel" | "subscribe">;
  readonly looks: Looks;
}

/** The whole screen: every region at its place. What stands in them is decided in `screen/`. */
export function Screen({ store, looks }: ScreenProps) {
  const model = useSyncExternalStore(store.subscribe, store.getModel);
  const { columns, rows } = model.size;
  return (
    <Box width={columns} height={rows}>
      {regionsOf(model).map((region) => (
        <Box
          key={region.name}
          position="absolute"
          marginLeft={region.x}
          marginTop={region.y}
          width={region.width}
          height={region.lines.length}
          flexShrink={0}
        >
          {region.prompt ? (
            <PromptRow prompt={region.prompt} looks={looks} />
          ) : (
            <Box flexDirection="column">
              {region.lines.map((line, y) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place.
                <Row key={y} text={encode(line, looks)} />
              ))}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

/** A line that is already cut to its width: drawn again only where its text has changed. */
const Row = memo(function Row({ text }: { readonly text: string }) {
  return <Text wrap="truncate-end">{text}</Text>;
});

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
