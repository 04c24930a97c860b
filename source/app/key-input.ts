import { openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { SourceError } from "../sources/source.js";

/**
 * Where keys come from: standard input, or, where a listing was piped into that, the terminal
 * itself. Throws a SourceError where there is no terminal.
 */
export function keyInput(): ReadStream {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync(process.platform === "win32" ? "CONIN$" : "/dev/tty", "r"));
  } catch {
    throw new SourceError(
      "there is no terminal to read keys from; “papers-tui list” prints the listing instead",
    );
  }
}
