import assert from "node:assert/strict";
import { test } from "node:test";
import { someOf } from "../../support/long.js";
import { httpProxy } from "../../support/network/proxy.js";
import { run, runBeside, start, using } from "../program.js";
import { day, withServer } from "../server.js";

test("a proxy without a scheme is one, for list and with the screen open, and never ends the program", async () => {
  const proxy = await httpProxy(() => "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  try {
    const env = { https_proxy: `ada:secret@127.0.0.1:${proxy.port}` };
    const { code, err, out } = await runBeside(["list", "https://papers.test/feed.xml"], { env });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(
      err,
      /the proxy 127\.0\.0\.1:\d+ \(https_proxy\) rejects this name and password \(HTTP 407\)/,
    );
    assert.ok(!err.includes("secret"), err);
    assert.deepEqual(proxy.given, ["ada:secret"]);
    await using(start(["https://papers.test/feed.xml"], { env }), async (terminal) => {
      await terminal.until("rejects this name and password");
      terminal.write("r");
      await terminal.until("rejects this name and password");
      terminal.write("q");
      assert.equal((await terminal.exit()).code, 0);
    });
  } finally {
    proxy.close();
  }
});

test("what cannot be a proxy's address is a sentence, for list, on the screen and in doctor", async () => {
  for (const [variable, address, expected] of someOf<readonly [string, string, RegExp]>(
    [
      [
        "HTTPS_PROXY",
        "http://ada:secret@pro xy:3128",
        /HTTPS_PROXY is not a proxy's address \(http:\/\/…@pro xy:3128\); set it to http:\/\/HOST:PORT/,
      ],
      [
        "ALL_PROXY",
        "socks4://ada:secret@proxy:1080",
        /ALL_PROXY names a socks4 proxy, which is not supported/,
      ],
    ],
    1,
  )) {
    const env = { [variable]: address };
    const listed = await runBeside(["list", "daily"], { env });
    assert.equal(listed.code, 2);
    assert.match(listed.err, expected);
    const { code, out } = run(["doctor"], { env });
    assert.equal(code, 1);
    assert.match(out, expected);
    assert.ok(!(out + listed.err).includes("secret"), out);
    await using(start(["trending"], { env }), async (terminal) => {
      await terminal.until(`cannot fetch Trending papers: ${variable}`);
      terminal.write("q");
      assert.equal((await terminal.exit()).code, 0);
    });
    // What is on this machine needs none.
    await withServer(
      (_, response) => response.end(day("One")),
      async (server, home) => {
        const here = await runBeside(["list", "daily"], { home, env: { ...server.env, ...env } });
        assert.deepEqual([here.code, here.err], [0, ""]);
      },
    );
  }
});
