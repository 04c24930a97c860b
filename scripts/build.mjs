// Bundles the program into dist/: one file for the first screen, and chunks for what it does not need.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { build } from "esbuild";
import { withCore } from "./core.mjs";
import { fasterInk } from "./faster-ink.mjs";
import { lateLibraries } from "./late-libraries.mjs";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const root = new URL("..", import.meta.url);
const dist = new URL("dist/", root);

// Ink 8 calls Promise.withResolvers in one place; Node 20 does not have it yet.
const polyfill = `Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};`;

/** What the first screen needs: the entry, and what it loads on the way to the screen, of the sample and of a day. */
const firstScreen = [
  "source/cli.ts",
  "source/commands/read.ts",
  "source/commands/browse.ts",
  // A day that was kept is in JSON.
  "source/sources/fetcher.ts",
  "source/formats/json-formats.ts",
];
/**
 * What tells that journals are folded as they were: an image of the marks (library/marks-image.ts) that
 * other code has made is none, also where the version is the same.
 */
const folding = createHash("sha256");
for (const room of ["source/library/", "source/papers/"].map((path) => new URL(path, root))) {
  for (const name of readdirSync(room, { recursive: true }).sort()) {
    if (name.endsWith(".ts")) folding.update(readFileSync(new URL(name, room)));
  }
}

/** Names are kept whole, so that an error tells where it was thrown. */
const looks = { minifyWhitespace: true, minifySyntax: true, legalComments: "none" };

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
  write: false,
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
  define: {
    "process.env.NODE_ENV": '"production"',
    "process.env.DEV": '"false"',
    "process.env.PAPERS_TUI_VERSION": JSON.stringify(version),
    "process.env.PAPERS_TUI_FOLDING": JSON.stringify(folding.digest("hex").slice(0, 16)),
  },
  alias: {
    // Only Ink's development tools want this package, and it is not installed.
    "react-devtools-core": "./scripts/empty.mjs",
    // Ink measures with our own measure: the file says why.
    "string-width": "./source/ui/string-width.ts",
  },
  plugins: [fasterInk, lateLibraries],
  metafile: true,
  logLevel: "warning",
});
// The thread that searches large listings has a file of its own, so that the main one stays in few pieces.
await build({
  absWorkingDir: root.pathname,
  entryPoints: { "search-worker": "source/search/worker.ts" },
  outdir: "dist",
  // Beside a main file that is CommonJS.
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  keepNames: true,
  legalComments: "none",
  logLevel: "warning",
});
// The polyfill comes before everything in the chunk that holds Ink, whichever that is.
const inkChunk = Object.entries(result.metafile.outputs)
  .find(([, { inputs }]) =>
    Object.keys(inputs).some((one) => one.endsWith("node_modules/ink/build/ink.js")),
  )[0]
  .replace(/.*\//, "");
for (const { name, text } of await withCore(result.outputFiles, result.metafile, firstScreen, looks)) {
  writeFileSync(new URL(name, dist), name === inkChunk ? `${polyfill}\n${text}` : text);
}
// Told by what is in main.js, so that compiled code of another build is never taken for its own.
const buildId = createHash("sha256")
  .update(readFileSync(new URL("main.js", dist)))
  .digest("hex")
  .slice(0, 16);
const entry = readFileSync(new URL("scripts/entry.cjs", root), "utf8").replace('"BUILD"', `"${buildId}"`);
writeFileSync(new URL("cli.js", dist), entry);
chmodSync(new URL("cli.js", dist), 0o755);
writeFileSync(new URL("package.json", dist), '{ "type": "commonjs" }\n');
copyFileSync(new URL("fixtures/daily-papers.txt", root), new URL("sample.txt", dist));
