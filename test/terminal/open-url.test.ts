import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openUrl } from "../../source/terminal/open-url.js";

test("the browser is given web addresses only", { skip: process.platform === "win32" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-open-"));
  try {
    const given = join(folder, "given");
    const browser = join(folder, "browser");
    writeFileSync(browser, `#!/bin/sh\necho "$1" >> "${given}"\n`, { mode: 0o755 });
    for (const address of [
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,x",
      "mailto:ada@example.org",
      "ftp://example.org/",
      "//example.org/",
      "/etc/passwd",
      "--version",
      " https://example.org/",
      "https://example.org/ --version",
      "https://example.org/\n",
    ])
      assert.equal(await openUrl(address, { BROWSER: browser }, "linux"), "it is not a web address", address);
    assert.ok(!existsSync(given));
    assert.equal(await openUrl("https://example.org/a?b=$(id)", { BROWSER: browser }, "linux"), null);
    assert.equal(readFileSync(given, "utf8"), "https://example.org/a?b=$(id)\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
