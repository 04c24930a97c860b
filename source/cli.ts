import { version } from "./app/version.js";
import { type Invocation, MistypedError, readArguments, UsageError } from "./cli/arguments/arguments.js";
import { describeOutputError, writeWholePieces } from "./cli/print.js";
import { ignoreDebuggerSignal } from "./terminal/endings.js";
import { guardStreams, printExactly } from "./terminal/streams.js";

guardStreams();
ignoreDebuggerSignal();

/** Runs the program. Resolves to its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const invocation = readArguments(argv);
  if (invocation.verb === "export") printExactly();
  switch (invocation.verb) {
    case "help": {
      const { helpOf } = await import("./cli/arguments/help.js");
      process.stdout.write(helpOf(invocation.topic));
      return 0;
    }
    case "version":
      process.stdout.write(`papers-tui ${version}\n`);
      return 0;
    case "keys": {
      const { keysText } = await import("./cli/verbs/keys.js");
      process.stdout.write(keysText());
      return 0;
    }
    case "completions": {
      const { completionsFor } = await import("./cli/arguments/completions.js");
      process.stdout.write(completionsFor(invocation.shell));
      return 0;
    }
    case "paths": {
      const { pathsText } = await import("./cli/verbs/paths.js");
      process.stdout.write(pathsText());
      return 0;
    }
    case "doctor": {
      const { doctor } = await import("./cli/verbs/doctor.js");
      return doctor(invocation);
    }
    case "show": {
      const { show } = await import("./cli/verbs/show.js");
      return show(invocation);
    }
    case "read": {
      const { readPaper } = await import("./cli/verbs/read.js");
      return readPaper(invocation);
    }
    case "mark": {
      const { mark } = await import("./cli/verbs/mark.js");
      return mark(invocation);
    }
    case "digest": {
      const { digest } = await import("./cli/verbs/morning/digest.js");
      return digest(invocation);
    }
    case "sources": {
      const { changeMorning } = await import("./cli/verbs/morning/sources.js");
      return changeMorning(invocation);
    }
    case "watch": {
      const { watch } = await import("./cli/verbs/watches/watch.js");
      return watch(invocation);
    }
    case "learn": {
      const { learn } = await import("./cli/verbs/interest/learn.js");
      return learn(invocation);
    }
    case "stats": {
      const { stats } = await import("./cli/verbs/interest/stats.js");
      return stats(invocation);
    }
    case "merge": {
      const { merge } = await import("./cli/verbs/merge.js");
      return merge(invocation);
    }
    case "state": {
      const { state } = await import("./cli/verbs/state.js");
      return state(invocation);
    }
    case "sync": {
      const { sync } = await import("./cli/verbs/sync.js");
      return sync(invocation);
    }
    default: {
      const { read } = await import("./cli/verbs/open.js");
      return read(invocation);
    }
  }
}

writeWholePieces(process.stdout);
// A terminal that goes away is the screen's matter, which has something to save.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!process.stdout.isTTY) process.exit(outputFailed(error));
});
// Whoever closed standard error wants to hear nothing.
process.stderr.on("error", () => {});

// While the screen is up it has to go first; then the error comes back here.
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => {
    if (process.listenerCount(event) === 1) fail(error);
  });

main(process.argv.slice(2)).then(finish, fail);

/** Says what went wrong, and ends with the exit code for it. */
function fail(error: unknown): void {
  let code = 2;
  if (error instanceof MistypedError) {
    process.stderr.write(`papers-tui: ${error.message}\n`);
  } else if (error instanceof UsageError) {
    process.stderr.write(`papers-tui: ${error.message} (see papers-tui --help)\n`);
  } else if (error instanceof Error && error.name === "SourceError") {
    process.stderr.write(`papers-tui: ${error.message}\n`);
  } else {
    process.stderr.write("papers-tui: stopped by an error; your marks are saved.\n");
    process.stderr.write(`${describe(error)}\n`);
    code = 70;
  }
  finish(code);
}

/** Ends the process when everything that was printed has been taken, or could not be. */
function finish(code: number): void {
  process.exitCode = code;
  process.stdout.write("", (error) => process.exit(error ? outputFailed(error) : code));
}

/** Says why standard output takes no more, and returns the exit code. `| head` has seen enough: no error. */
function outputFailed(error: NodeJS.ErrnoException): number {
  if (error.code === "EPIPE") return 0;
  process.stderr.write(`papers-tui: cannot write the output: ${describeOutputError(error)}\n`);
  return 2;
}

/** The stack of an error; its beginning and end, as a message may quote a text of any length. */
function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.length <= 4_000 ? text : `${text.slice(0, 1_000)} … ${text.slice(-3_000)}`;
}

export type { Invocation };
