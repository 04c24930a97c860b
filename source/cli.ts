import { type Invocation, readArguments, UsageError } from "./commands/arguments.js";
import { helpText } from "./commands/help.js";
import { version } from "./commands/version.js";

/** Runs the program. Resolves to its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const invocation = readArguments(argv);
  switch (invocation.verb) {
    case "help":
      process.stdout.write(helpText);
      return 0;
    case "version":
      process.stdout.write(`papers-tui ${version}\n`);
      return 0;
    case "keys": {
      const { keysText } = await import("./commands/keys.js");
      process.stdout.write(keysText());
      return 0;
    }
    case "completions": {
      const { completionsFor } = await import("./commands/completions.js");
      process.stdout.write(completionsFor(invocation.shell));
      return 0;
    }
    case "paths": {
      const { pathsText } = await import("./commands/paths.js");
      process.stdout.write(pathsText());
      return 0;
    }
    case "doctor": {
      const { doctor } = await import("./commands/doctor.js");
      return doctor(invocation);
    }
    case "show": {
      const { show } = await import("./commands/show.js");
      return show(invocation);
    }
    case "mark": {
      const { mark } = await import("./commands/mark.js");
      return mark(invocation);
    }
    case "merge": {
      const { merge } = await import("./commands/merge.js");
      return merge(invocation);
    }
    case "state": {
      const { state } = await import("./commands/state.js");
      return state(invocation);
    }
    case "sync": {
      const { sync } = await import("./commands/sync.js");
      return sync(invocation);
    }
    default: {
      const { read } = await import("./commands/read.js");
      return read(invocation);
    }
  }
}

// `| head` closes the pipe when it has seen enough; that is no error.
// A terminal that goes away is the screen's matter, which has something to save.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (!process.stdout.isTTY) process.exit(error.code === "EPIPE" ? 0 : 2);
});

main(process.argv.slice(2)).then(finish, (error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`papers-tui: ${error.message} (see papers-tui --help)\n`);
  } else if (error instanceof Error && error.name === "SourceError") {
    process.stderr.write(`papers-tui: ${error.message}\n`);
  } else {
    process.stderr.write(`papers-tui: stopped by an error; your marks are saved.\n${describe(error)}\n`);
    return finish(70);
  }
  return finish(2);
});

/** Ends the process when everything that was printed has been taken. */
function finish(code: number): void {
  process.exitCode = code;
  process.stdout.write("", () => process.exit(code));
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export type { Invocation };
