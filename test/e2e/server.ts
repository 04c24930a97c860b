import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { withHome } from "./program.js";

/** A day of papers as Hugging Face's interface answers it. */
export function day(...titles: string[]): string {
  return JSON.stringify(
    titles.map((title, at) => ({
      paper: {
        id: `2510.0000${at + 1}`,
        title,
        summary: `What ${title} is about.`,
        authors: [{ name: "Ada Lovelace", hidden: false }],
        publishedAt: "2025-10-28T00:00:00.000Z",
        submittedOnDailyAt: "2025-10-29T00:00:00.000Z",
        upvotes: 3 + at,
      },
      title,
      publishedAt: "2025-10-27T20:00:00.000Z",
      numComments: 2,
    })),
  );
}

export interface Server {
  readonly env: Record<string, string>;
  readonly address: string;
  readonly asked: string[];
  answer: (request: IncomingMessage, response: ServerResponse) => unknown;
  close(): void;
}

async function serve(answer: Server["answer"]): Promise<Server> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    self.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const self: Server = { address, env: { HF_ENDPOINT: address }, asked, answer, close };
  return self;
}

/** Runs `work` with a server and a home of its own. */
export async function withServer(
  answer: Server["answer"],
  work: (server: Server, home: string) => Promise<void>,
): Promise<void> {
  const server = await serve(answer);
  try {
    await withHome((home) => work(server, home));
  } finally {
    server.close();
  }
}
