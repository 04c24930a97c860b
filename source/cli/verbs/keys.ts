import { keymap, showKey } from "../../reader/keys/keymap.js";

/** The keymap as a Markdown table: what `papers-tui keys` prints and the README shows. */
export function keysTable(): string {
  const rows = keymap.map(
    ({ keys, help }) => `| ${keys.map((key) => `\`${showKey(key)}\``).join(" ")} | ${help} |`,
  );
  return ["| keys | what they do |", "| --- | --- |", ...rows, ""].join("\n");
}

/** The keys in two columns, for reading in a terminal. */
export function keysText(): string {
  let group = "";
  return keymap
    .map((binding) => {
      const heading = binding.group === group ? "" : `${group === "" ? "" : "\n"}${binding.group}\n`;
      group = binding.group;
      return `${heading}  ${binding.keys.map(showKey).join(" ").padEnd(18)} ${binding.help}\n`;
    })
    .join("");
}
