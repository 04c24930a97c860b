// Bundles the program into dist/, which needs no other package:
//   cli.js             the bin: runs main.js from code that V8 compiled at an earlier start
//   main.js            all of our code but the Ink components
//   ui.mjs             the Ink components, Ink and React; loaded after the first screen is painted
//   undici.js, conf.mjs, and others  libraries that most starts do not need
//   search-worker.mjs, parse-worker.mjs  the threads that search large listings and parse long texts
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
import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { inkChanges } from "./ink-changes.mjs";
import { lazyLibraries } from "./lazy-libraries.mjs";
import { noticesOf } from "./notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = resolve(root, "dist");
const { version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

// Ink 8 calls Promise.withResolvers in one place; Node 20 does not have it yet.
const polyfill = `Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new this((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};`;

/**
 * A hash of the code that reads and writes marks: a snapshot of other code is not valid, even with the same
 * version.
 */
function codeHash() {
  const hash = createHash("sha256");
  for (const room of ["source/library", "source/papers"]) {
    for (const name of readdirSync(resolve(root, room), { recursive: true }).sort()) {
      if (/\.ts$/.test(name)) hash.update(readFileSync(resolve(root, room, name)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Keep names, so that stack traces show the functions of the source. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
const uiEntry = "source/ui/mount.tsx";

/** Our own modules that ui.mjs takes from main.js, by path. */
const sharedModules = new Set();

/** In ui.mjs: modules outside source/ui are those of main.js, so that each exists only once. */
const fromMain = {
  name: "from-main",
  setup(building) {
    const ui = resolve(root, "source/ui") + sep;
    const source = resolve(root, "source") + sep;
    building.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path).replace(/\.js$/, ".ts");
      if (!file.startsWith(source) || file.startsWith(ui)) return undefined;
      return { path: relative(root, file).replaceAll(sep, "/"), namespace: "main" };
    });
    building.onLoad({ filter: /.*/, namespace: "main" }, ({ path }) => {
      sharedModules.add(path);
      return { contents: `module.exports = __main[${JSON.stringify(path)}];`, loader: "js" };
    });
  },
};

/** In main.js: modules in files of their own. */
const onDemand = {
  name: "on-demand",
  setup(building) {
    for (const name of ["undici", "htmlparser2", "saxes"])
      building.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({
        path: `./${name}.js`,
        external: true,
      }));
    // Imported through lazy-libraries.mjs, which requires it on first use.
    building.onResolve({ filter: /^(?:entities|fuse\.js|unicode2latex|yaml)$/ }, ({ kind, path }) =>
      kind === "require-call" ? { path: `./${path.replace(/\.js$/, "")}.js`, external: true } : undefined,
    );
    building.onResolve({ filter: /^conf$/ }, () => ({ path: "./conf.mjs", external: true }));
    building.onResolve({ filter: /\/ui\/mount\.js$/ }, () => ({ path: "./ui.mjs", external: true }));
  },
};

/** Every file that is in one of the bundles. */
const inputs = new Set();

async function build(options) {
  const result = await esbuild({ ...shared, ...options });
  for (const output of Object.values(result.metafile.outputs))
    for (const input of Object.keys(output.inputs)) inputs.add(input);
  return result;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

await build({
  entryPoints: [uiEntry],
  outfile: "dist/ui.mjs",
  format: "esm",
  define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  alias: {
    // Only Ink's development tools need this package, and it is not installed.
    "react-devtools-core": "./scripts/empty.mjs",
    // Ink measures with our own module; the file says why.
    "string-width": "./source/ui/string-width.ts",
  },
  banner: {
    js: `${polyfill}
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const __main = require("./main.js");`,
  },
  plugins: [fromMain, inkChanges],
});

const main = await build({
  stdin: {
    contents: [
      ...[...sharedModules].map((path) => `export * as ${JSON.stringify(path)} from "./${path}";`),
      'import "./source/cli.ts";',
    ].join("\n"),
    resolveDir: root,
  },
  outfile: "dist/main.js",
  format: "cjs",
  write: false,
  define: {
    "process.env.NODE_ENV": '"production"',
    "process.env.PAPERS_TUI_VERSION": JSON.stringify(version),
    "process.env.PAPERS_TUI_CODE_HASH": JSON.stringify(codeHash()),
    // `import.meta` in CommonJS.
    "import.meta.url": "__url",
  },
  banner: { js: `const __url = require("node:url").pathToFileURL(__filename).href;` },
  plugins: [onDemand, lazyLibraries],
});
// Code that V8 compiled earlier cannot import: cli.js passes it a function for that, with the other variables
// of a CommonJS module. Non-ASCII characters, which esbuild leaves in patterns, would make V8 store the whole
// file with two bytes a character.
const [{ imports }] = Object.values(main.metafile.outputs);
const loaded = new Set(imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) => path));
const imported = [...loaded].reduce((text, path) => {
  const parts = text.split(`import("${path}")`);
  if (parts.length < 2)
    throw new Error(`import("${path}") is not in main.js: look at scripts/build.mjs again`);
  return parts.join(`__load("${path}")`);
}, main.outputFiles[0].text);
const ascii = imported.replace(
  /[^\x00-\x7f]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
const mainText = `(function (module, require, __filename, __dirname, __load) {${ascii}\n})`;
writeFileSync(resolve(dist, "main.js"), mainText);

await build({ entryPoints: { undici: "undici" }, outdir: "dist", format: "cjs" });
// Only its parser: the rest builds its own trees.
await build({
  stdin: { contents: 'export { Parser } from "htmlparser2";', resolveDir: root },
  outfile: "dist/htmlparser2.js",
  format: "cjs",
});
await build({
  entryPoints: { entities: "entities", fuse: "fuse.js", saxes: "saxes", yaml: "yaml" },
  outdir: "dist",
  format: "cjs",
});
await build({ entryPoints: { unicode2latex: "scripts/latex-macros.mjs" }, outdir: "dist", format: "cjs" });
await build({
  entryPoints: { conf: "conf" },
  outdir: "dist",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  banner: {
    js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
  },
});
await build({
  entryPoints: {
    "search-worker": "source/search/worker/worker.ts",
    "parse-worker": "source/sources/parse/parse-worker.ts",
  },
  outdir: "dist",
  // Next to a CommonJS main file.
  outExtension: { ".js": ".mjs" },
  format: "esm",
  minify: true,
  keepNames: true,
  // Libraries in it that are CommonJS require modules of Node's.
  banner: {
    js: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
  },
  alias: { unicode2latex: "./scripts/latex-macros.mjs" },
});

// The hash of main.js, so that compiled code of another build is never used.
const buildId = createHash("sha256").update(mainText).digest("hex").slice(0, 16);
await build({
  entryPoints: { cli: "scripts/entry.ts" },
  outdir: "dist",
  format: "cjs",
  define: { "process.env.PAPERS_TUI_BUILD": JSON.stringify(buildId) },
  banner: { js: "#!/usr/bin/env node" },
  plugins: [lazyLibraries],
});
chmodSync(resolve(dist, "cli.js"), 0o755);
writeFileSync(resolve(dist, "package.json"), '{ "type": "commonjs" }\n');
copyFileSync(resolve(root, "fixtures/daily-papers.txt"), resolve(dist, "sample.txt"));
writeFileSync(resolve(dist, "THIRD-PARTY-NOTICES.txt"), noticesOf([...inputs], root));
// For test/build/notices.test.ts; not shipped.
mkdirSync(resolve(root, "build"), { recursive: true });
writeFileSync(resolve(root, "build/inputs.json"), JSON.stringify([...inputs].sort(), null, 1));
