import { Box, Text } from "ink";
import TextInput from "ink-text-input";
import { memo } from "react";
import { encode } from "../screen/style.js";
import { isSameRegion, type RegionProps, Rows } from "./rows.js";

/** The name of the listing, its day and its counts. */
export function Header(props: RegionProps) {
  return <Rows {...props} />;
}

/** A line between regions. */
export function Rule(props: RegionProps) {
  return <Rows {...props} />;
}

/** The papers, one row each. */
export function ListPane(props: RegionProps) {
  return <Rows {...props} />;
}

/** The line between the list and the paper beside it. */
export function Divider(props: RegionProps) {
  return <Rows {...props} />;
}

/** The paper under the cursor. */
export function DetailPane(props: RegionProps) {
  return <Rows {...props} />;
}

/** A panel over the screen: keys and commands, sources, problems, the history. */
export function Panel(props: RegionProps) {
  return <Rows {...props} />;
}

/** The last event, or work in progress. */
export function MessageRow(props: RegionProps) {
  return <Rows {...props} />;
}

/** The keys that work here. */
export function Footer(props: RegionProps) {
  return <Rows {...props} />;
}

/**
 * The input line, or the filter while nobody types. `ink-text-input` draws the field.
 * `reader/keys/line-editor.ts` edits the text, because the widget loses keys that arrive in one read, has no
 * settable cursor (Ctrl-A, Ctrl-W) and deletes half an emoji: `test/ui/text-input.test.tsx` shows each.
 */
export const PromptRow = memo(function PromptRow({ region, colorSupport }: RegionProps) {
  const { x, y, width, prompt } = region;
  if (!prompt) return <Rows region={region} colorSupport={colorSupport} />;
  return (
    <Box position="absolute" marginLeft={x} marginTop={y} width={width} height={1} flexShrink={0}>
      <Box flexShrink={0}>
        <Text>{encode(prompt.label, colorSupport)}</Text>
      </Box>
      <Box flexShrink={0}>
        <TextInput value={encode(prompt.field, colorSupport)} focus={false} onChange={ignore} />
      </Box>
      <Box flexShrink={0}>
        <Text>{encode(prompt.beside, colorSupport)}</Text>
      </Box>
    </Box>
  );
}, isSameRegion);

function ignore(): void {}
