import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { keysTable } from "../source/commands/keys.js";

const path = fileURLToPath(new URL("../README.md", import.meta.url));
const keys = /(<!-- keys:[^\n]*-->\n)[\s\S]*?(<!-- \/keys -->)/;

/** The README with the keymap's table in its place. Throws where the place is missing. */
export function withKeys(readme: string): string {
  if (!keys.test(readme)) throw new Error("README.md has no place for the keys");
  return readme.replace(keys, (_, start: string, end: string) => `${start}\n${keysTable()}\n${end}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(path, withKeys(readFileSync(path, "utf8")));
}
