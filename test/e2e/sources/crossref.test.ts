import assert from "node:assert/strict";
import { createServer as createProxy } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { longOnly, someOf } from "../../support/long.js";
import { certificate, key } from "../../support/network/certificate.js";
import { runBeside, start, using, withHome } from "../program.js";

/** What a server of ours answers in the place of Crossref's. */
interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
}

/** Runs `work` where every https request goes through a proxy to a server of the test. */
async function withCrossref(
  work: (crossref: {
    answer: Answer;
    readonly asked: string[];
    readonly env: Record<string, string>;
  }) => Promise<void>,
): Promise<void> {
  const tls: ServerOptions = { cert: certificate, key };
  const asked: string[] = [];
  const server = createServer(tls, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    const { status = 200, type, body } = self.answer;
    response.writeHead(status, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = createProxy();
  const tunnels = new Set<{ destroy(): unknown }>();
  proxy.on("connect", (_, socket, head) => {
    tunnels.add(socket);
    const there = connect({ host: "127.0.0.1", port }, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    for (const one of [there, socket]) one.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const self = {
    answer: { type: "text/plain", body: "" } as Answer,
    asked,
    env: { HTTPS_PROXY: address, NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  };
  try {
    await work(self);
  } finally {
    for (const one of tunnels) one.destroy();
    for (const one of [server, proxy]) {
      one.closeAllConnections();
      one.close();
    }
  }
}

const address = (doi: string) =>
  `https://api.crossref.org/works/${encodeURIComponent(doi)}/transform/application/x-bibtex`;

const bibtex =
  " @article{Holm_2018, title={Counting pebbles at dusk}, volume={12}, DOI={10.5555/pebbles.345}, journal={Pebbles}, author={Holm, Ines and Reed, Otto}, year={2018}, month=mar }\n";

test("a with a DOI asks Crossref for its BibTeX and opens the paper", async () => {
  await withCrossref(async (crossref) => {
    crossref.answer = { type: "application/x-bibtex", body: bibtex };
    await withHome(async (home) => {
      await using(start(["sample"], { home, env: crossref.env }), async (terminal) => {
        for (const typed of ["10.5555/pebbles.345", "https://doi.org/10.5555/pebbles.345"]) {
          await terminal.until("All 40");
          terminal.write(`a${typed}`);
          await terminal.until("this paper, from Crossref");
          terminal.write("\r");
          await terminal.until("Counting pebbles at dusk");
          await terminal.until("All 1");
          assert.match(terminal.text(), /Ines Holm/);
          terminal.write("asample\r");
        }
        await terminal.until("All 40");
        terminal.write("q");
        await terminal.exit();
      });
      assert.equal(crossref.asked[0], address("10.5555/pebbles.345").replace("https://", ""));
    });
  });
});

test("a DOI that Crossref does not know leaves the listing, and the message says so", longOnly, async () => {
  await withCrossref(async (crossref) => {
    crossref.answer = { status: 404, type: "text/plain", body: "Resource not found." };
    await withHome(async (home) => {
      await using(start(["sample"], { home, env: crossref.env }), async (terminal) => {
        await terminal.until("All 40");
        terminal.write("a10.5555/nobody");
        await terminal.until("this paper, from Crossref");
        terminal.write("\r");
        await terminal.until("cannot fetch doi:10.5555/nobody: Crossref does not know this DOI");
        await terminal.until("All 40");
        terminal.write("q");
        await terminal.exit();
      });
    });
  });
});

test("what Crossref answers in another form is read, or said for what it is", async () => {
  const item = {
    DOI: "10.5555/pebbles.345",
    title: ["Counting pebbles at dusk"],
    author: [{ given: "Ines", family: "Holm" }],
    issued: { "date-parts": [[2018]] },
    type: "journal-article",
  };
  const csl = { ...item, title: item.title[0], type: "article-journal" };
  const read: readonly Answer[] = [
    { type: "application/x-bibtex", body: bibtex },
    { type: "text/plain; charset=utf-8", body: bibtex },
    { type: "application/octet-stream", body: bibtex },
    {
      type: "application/json",
      body: JSON.stringify({ status: "ok", "message-type": "work", message: item }),
    },
    { type: "application/vnd.citationstyles.csl+json", body: JSON.stringify(csl) },
    {
      type: "application/x-research-info-systems",
      body: "TY  - JOUR\nTI  - Counting pebbles at dusk\nAU  - Holm, Ines\nPY  - 2018\nDO  - 10.5555/pebbles.345\nER  - \n",
    },
  ];
  await withCrossref(async (crossref) => {
    for (const [at, answer] of someOf(read, 2).entries()) {
      crossref.answer = answer;
      await withHome(async (home) => {
        const { code, out, err } = await runBeside(["list", address("10.5555/pebbles.345")], {
          home,
          env: crossref.env,
        });
        assert.deepEqual([code, out.split("\t").at(-1)], [0, "Counting pebbles at dusk\n"], `${at}: ${err}`);
      });
    }
    for (const answer of someOf(
      [
        { type: "text/html", body: "<!doctype html><title>Log in</title>" },
        { type: "application/x-bibtex", body: "" },
        { type: "application/json", body: '{"status":"error","message":"no"}' },
      ],
      1,
    )) {
      crossref.answer = answer;
      await withHome(async (home) => {
        const { code, err } = await runBeside(["list", address("10.5555/x")], { home, env: crossref.env });
        assert.equal(code, 2);
        assert.match(err, /^papers-tui: cannot fetch doi:10\.5555\/x: api\.crossref\.org (?:sent|answered)/m);
      });
    }
  });
});
