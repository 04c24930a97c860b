import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { encodeLine } from "../source/library/journal/format.js";
import { cleanEnvironment } from "../test/support/environment.js";
import { jsonWriters } from "./listings.js";

const changesPerRun = 40;

/** A home with this many marked papers, marked one after another. */
export function homeWithMarks(count: number): ReturnType<typeof cleanEnvironment> {
  const environment = cleanEnvironment();
  const folder = join(environment.variables.XDG_STATE_HOME as string, "papers-tui");
  const lines = Array.from({ length: count }, (_, at) =>
    encodeLine({
      id: `desk-3fa9c1:${Math.floor(at / changesPerRun).toString(36)}.2a.1-${1 + (at % changesPerRun)}`,
      at: new Date(Date.UTC(2025, 0, 1) + at * 60_000).toISOString(),
      label: "marked read",
      papers: [
        {
          paper: `2401.${String(at).padStart(5, "0")}`,
          title: `A paper of the year before, number ${at}`,
          read: true,
        },
      ],
    }),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "marks-desk-3fa9c1.jsonl"), `${lines.join("\n")}\n`);
  return environment;
}

/** A local server that answers every request with a day of 40 papers. */
export interface DayServer {
  readonly environment: Record<string, string>;
  close(): void;
}

/** Starts it; `environment` has its address for the program. */
export async function serveDay(): Promise<DayServer> {
  const writer = jsonWriters.find(({ format }) => format.startsWith("Daily Papers"));
  const body = writer?.write(40) ?? "[]";
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: { HF_ENDPOINT: `http://127.0.0.1:${port}` },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
