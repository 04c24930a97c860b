import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isRestored, using } from "../e2e/program.js";
import { cleanEnvironment } from "../support/environment.js";
import { longOnly } from "../support/long.js";
import { Terminal } from "../support/terminal.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

test("the package holds the program, its licence and notices, and nothing else", () => {
  const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(out) as [Packed];
  const paths = files.map(({ path }) => path);
  for (const needed of ["package.json", "LICENSE", "README.md", "dist/cli.js", "dist/main.js", "dist/ui.mjs"])
    assert.ok(paths.includes(needed), needed);
  for (const needed of ["dist/THIRD-PARTY-NOTICES.txt", "dist/sample.txt", "dist/package.json"])
    assert.ok(paths.includes(needed), needed);
  const other = paths.filter(
    (path) => !/^(?:dist\/[\w-]+\.(?:m?js|txt|json)|package\.json|LICENSE|README\.md)$/.test(path),
  );
  assert.deepEqual(other, []);
});

/** The versions of Node that the program must run on; each comes from npm. */
const versions = ["20", "22", "24", "26"];

test("the package is installed and runs on each version of Node", {
  ...longOnly,
  timeout: 1_800_000,
}, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "papers-pack-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync("npm", ["--no-audit", "--no-fund", "--loglevel=error", ...args], { cwd, encoding: "utf8" });
  const [{ filename }] = JSON.parse(
    npm(root, "pack", "--json", "--ignore-scripts", "--pack-destination", folder),
  ) as [Packed];
  for (const version of versions) {
    await context.test(`Node ${version}`, async () => {
      const place = join(folder, version);
      execFileSync("mkdir", ["-p", place]);
      writeFileSync(join(place, "package.json"), '{ "private": true }');
      npm(place, "install", `node@${version}`, join(folder, filename));
      const node = join(place, "node_modules", "node", "bin", "node");
      const cli = join(place, "node_modules", "papers-tui", "dist", "cli.js");
      assert.equal(execFileSync(node, ["--version"], { encoding: "utf8" }).split(".")[0], `v${version}`);
      // Nothing but the package: it brings no others.
      assert.ok(!existsSync(join(place, "node_modules", "ink")));
      assert.ok(existsSync(join(place, "node_modules", ".bin", "papers-tui")));
      const { version: own } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
      const environment = cleanEnvironment({});
      const run = (...args: string[]) =>
        execFileSync(node, [cli, ...args], { encoding: "utf8", env: environment.variables });
      try {
        assert.equal(run("--version"), `papers-tui ${own}\n`);
        assert.equal(run("list", "sample").split("\n").length, 41);
        assert.match(run("export", "sample", "--format", "bibtex"), /^@/);
        // Twice: the second start runs from the code that the first kept.
        for (let visit = 1; visit <= 2; visit += 1) {
          const options = {
            command: node,
            args: [cli, "sample"],
            columns: 120,
            rows: 36,
            env: { HOME: environment.home },
          };
          await using(Terminal.start(options), async (terminal) => {
            // The second start shows the filter of the first.
            await terminal.until("Starred 0");
            terminal.write("/hessian\r");
            await terminal.until("Hessian");
            terminal.write("?");
            await terminal.until("next paper");
            terminal.write("\x1bq");
            await terminal.exit();
            assert.ok(isRestored(terminal));
            assert.doesNotMatch(terminal.raw(), /Warning/);
          });
        }
      } finally {
        if (environment.isTemporary) rmSync(environment.home, { recursive: true, force: true });
      }
    });
  }
});

test("npm builds the program where it is installed from a git address", {
  ...longOnly,
  timeout: 1_800_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), "papers-git-"));
  try {
    execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, join(folder, "clone")]);
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const address = `git+file://${join(folder, "clone")}`;
    execFileSync("npm", ["--no-audit", "--no-fund", "install", address], { cwd: folder, stdio: "pipe" });
    const cli = join(folder, "node_modules", "papers-tui", "dist", "cli.js");
    assert.equal(
      execFileSync(process.execPath, [cli, "list", "sample"], { encoding: "utf8" }).split("\n").length,
      41,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
