// Bundles the program into dist/: one entry, and chunks for what the first screen does not need.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { fasterInk } from "./faster-ink.mjs";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const root = new URL("..", import.meta.url);
const dist = new URL("dist/", root);

// Ink 8 calls Promise.withResolvers in one place; Node 20 does not have it yet.
const polyfill = `Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};`;

// Compiled code is kept between runs where this Node can (22.1 and later).
const entry = `#!/usr/bin/env node
import module from "node:module";
try { module.enableCompileCache?.(); } catch {}
await import("./main.js");
`;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const result = await build({
  absWorkingDir: root.pathname,
  entryPoints: { main: "source/cli.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  keepNames: true,
  legalComments: "none",
  chunkNames: "chunk-[hash]",
  define: {
    "process.env.NODE_ENV": '"production"',
    "process.env.DEV": '"false"',
    "process.env.PAPERS_TUI_VERSION": JSON.stringify(version),
  },
  alias: {
    // Only Ink's development tools want this package, and it is not installed.
    "react-devtools-core": "./scripts/empty.mjs",
    // Ink measures with our own measure: the file says why.
    "string-width": "./source/ui/string-width.ts",
  },
  banner: {
    js: `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`,
  },
  plugins: [fasterInk],
  metafile: true,
  logLevel: "warning",
});
// The thread that searches large listings has a file of its own, so that the main one stays in few pieces.
await build({
  absWorkingDir: root.pathname,
  entryPoints: { "search-worker": "source/search/worker.ts" },
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
});
writeFileSync(new URL("cli.js", dist), entry);
chmodSync(new URL("cli.js", dist), 0o755);
// The polyfill comes before everything in the chunk that holds Ink, whichever that is.
for (const [file, { inputs }] of Object.entries(result.metafile.outputs)) {
  if (!Object.keys(inputs).some((one) => one.endsWith("node_modules/ink/build/ink.js"))) continue;
  const path = new URL(file, root);
  writeFileSync(path, `${polyfill}\n${readFileSync(path, "utf8")}`);
}
copyFileSync(new URL("fixtures/daily-papers.txt", root), new URL("sample.txt", dist));
