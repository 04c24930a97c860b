/**
 * A program that marks papers as fast as it can and prints the paper of every mark that was
 * acknowledged, or the error. Arguments: state directory, machine, how many, length of the titles.
 */
import { writeSync } from "node:fs";
import { openLibrary } from "../../source/library/library.js";

const pause = new Int32Array(new SharedArrayBuffer(4));
const [state = "", machine = "", count = "0", length = "10"] = process.argv.slice(2);
const { library } = openLibrary(state, machine, Date.now);
for (let number = 1; number <= Number(count); number++) {
  const paper = `${process.pid}-${number}`;
  const change = { paper, title: "x".repeat(Number(length)), read: true };
  const { error } = library.record("read", [change]);
  print(error === null ? `${paper}\n` : `! ${error}\n`);
}

/** Directly to the descriptor: what is printed is printed, whenever the end comes. */
function print(text: string): void {
  for (let bytes = Buffer.from(text); bytes.length > 0; ) {
    try {
      bytes = bytes.subarray(writeSync(1, bytes));
    } catch (error) {
      // The pipe is full till the other side has read; anything else is an error.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}
