import { keymap, showKey } from "../../reader/keys/keymap.js";
import { marginSigns } from "../../reader/margin-signs.js";
import { textKeymap } from "../../reader/text/text-keys.js";

/** The keymap as a Markdown table: what `papers-tui keys` prints and the README shows. */
export function keysTable(): string {
  const row = ({ keys, help }: { readonly keys: readonly string[]; readonly help: string }) =>
    `| ${keys.map((key) => `\`${showKey(key)}\``).join(" ")} | ${help} |`;
  return [
    "| keys | what they do |",
    "| --- | --- |",
    ...keymap.map(row),
    "",
    "In the text of a paper (`f`):",
    "",
    "| keys | what they do |",
    "| --- | --- |",
    ...textKeymap.map(row),
    "",
    "The signs before a row of the list, and with `--ascii`:",
    "",
    "| sign | | what it means |",
    "| --- | --- | --- |",
    ...Object.values(marginSigns).map(
      ({ sign, ascii, words }) => `| \`${sign}\` | \`${ascii}\` | ${words} |`,
    ),
    "",
  ].join("\n");
}

/** The keys in two columns, for reading in a terminal. */
export function keysText(): string {
  let group = "";
  const inText = textKeymap.map((binding) => ({ ...binding, group: "In the text of a paper" }));
  return [...keymap, ...inText]
    .map((binding) => {
      const heading = binding.group === group ? "" : `${group === "" ? "" : "\n"}${binding.group}\n`;
      group = binding.group;
      return `${heading}  ${binding.keys.map(showKey).join(" ").padEnd(18)} ${binding.help}\n`;
    })
    .join("");
}
