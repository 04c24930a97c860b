import { basename } from "node:path";
import { build, transform } from "esbuild";

/**
 * Puts the chunks that the first screen needs into one file, and lets all others import from it.
 *
 * Shared code falls into as many chunks as there are combinations of those who share it: forty for
 * the first screen, at half a millisecond each to find, read and link. And the one file is CommonJS:
 * where an ES module imports one of Node's own, Node reads every property of that, which makes it
 * load what nobody asked for (of `node:util` alone 5 to 10 ms).
 *
 * @param {{ path: string, text: string }[]} files unminified output of esbuild, split, as ES modules
 * @param {import("esbuild").Metafile} metafile of that output
 * @param {readonly string[]} first the sources of the first screen: the program's entry, and what it
 *   imports when it is run
 * @param {import("esbuild").BuildOptions} looks how the result is to be written
 * @returns {Promise<{ name: string, text: string }[]>} the files as they go to dist
 */
export async function withCore(files, metafile, first, looks) {
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({
    ...output,
    name: basename(path),
  }));
  const texts = new Map(files.map(({ path, text }) => [basename(path), text]));
  const entries = first.map((source) => {
    const entry = outputs.find(({ entryPoint }) => entryPoint === source);
    if (!entry) throw new Error(`${source} is no entry any more: look at scripts/build.mjs again`);
    return entry;
  });
  const inCore = closure(entries, outputs);
  const others = outputs.filter(({ name }) => !inCore.has(name));

  const wanted = new Map();
  const rewritten = others.map(({ name, imports }) => {
    const inside = imports.filter(({ path, external }) => !external && inCore.has(basename(path)));
    const again = inside.find(({ kind }) => kind !== "import-statement");
    if (again) throw new Error(`${name} loads ${again.path}, which is in the core: import it as any module`);
    return { name, text: fromCore(texts.get(name), inside, inCore, wanted) };
  });

  const [entry] = entries;
  const core = await build({
    stdin: {
      contents: coreEntry(
        [...inCore].filter((name) => name !== entry.name),
        entry.name,
        wanted,
      ),
      resolveDir: "/",
    },
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    // What an ES module knows of itself, in the words of CommonJS.
    define: { "import.meta.url": "__url" },
    banner: { js: `const __url = require("node:url").pathToFileURL(__filename).href;\n${late}` },
    plugins: [
      chunksFrom(new Map([...inCore].map((name) => [name, loading(texts.get(name), name, outputs, inCore)]))),
    ],
    logLevel: "warning",
    ...looks,
  });
  const lazy = rewritten.map(async ({ name, text }) => {
    const { code } = await transform(text, { target: "node20", format: "esm", platform: "node", ...looks });
    return { name, text: code };
  });
  return [{ name: coreName, text: withLateModules(core.outputFiles[0].text) }, ...(await Promise.all(lazy))];
}

const coreName = "main.js";

/**
 * Modules of Node's that code in the core asks for and the first screen does not use: 2 ms each, crypto
 * 3. They are loaded when something of them is first taken.
 */
const lateModules = ["node:crypto", "node:worker_threads"];
const late = `const __late = (name) => new Proxy({}, { get: (_, key) => require(name)[key] });`;

function withLateModules(text) {
  return lateModules.reduce((changed, name) => {
    const parts = changed.split(`=require("${name}")`);
    if (parts.length < 2)
      throw new Error(`${name} is not in the core any more, or is imported in another way`);
    return parts.join(`=__late("${name}")`);
  }, text);
}

const changedEsbuild = "esbuild writes imports in another way: look at scripts/core.mjs again";

/** The names of outputs and of all that they import at once. */
function closure(entries, outputs) {
  const found = new Set();
  const visit = ({ name, imports }) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind, external } of imports) {
      if (!external && kind === "import-statement") visit(outputs.find((one) => one.name === basename(path)));
    }
  };
  for (const entry of entries) visit(entry);
  return found;
}

/** An import of named things, as esbuild writes it. */
const importStatement = /^import (?:\{([^}]*)\} from )?"\.\/([^"/]+)";$/gm;

/** A chunk that imports from the core what it imported from chunks in it; `wanted` learns what that is. */
function fromCore(text, inside, inCore, wanted) {
  let count = 0;
  const changed = text.replace(importStatement, (statement, names, from) => {
    if (!inCore.has(from)) return statement;
    count += 1;
    if (names === undefined) return "";
    const pairs = names.split(",").map((one) => one.trim().split(" as "));
    const prefixed = pairs.map(([name, local = name]) => `${prefixOf(from)}${name}: ${local}`);
    wanted.set(from, new Set([...(wanted.get(from) ?? []), ...pairs.map(([name]) => name)]));
    return `const { ${prefixed.join(", ")} } = __core;`;
  });
  if (count !== inside.length) throw new Error(changedEsbuild);
  // Not by an import: Node would read all of the core to learn what it exports.
  return count === 0
    ? changed
    : `import { createRequire as __createRequire } from "node:module";\nconst __core = __createRequire(import.meta.url)("./${coreName}");\n${changed}`;
}

function prefixOf(chunk) {
  return `${chunk.replace(/\.mjs$/, "").replace(/\W/g, "_")}_`;
}

/** All chunks before the program begins, so that whoever imports from the core finds it complete. */
function coreEntry(chunks, main, wanted) {
  const statements = chunks.map((chunk) => {
    const names = [...(wanted.get(chunk) ?? [])].map((name) => `${name} as ${prefixOf(chunk)}${name}`);
    return names.length === 0 ? `import "./${chunk}";` : `export { ${names.join(", ")} } from "./${chunk}";`;
  });
  return [...statements, `import "./${main}";`].join("\n");
}

const dynamicImport = /\bimport\("([^"]+)"\)/g;

/**
 * A chunk of the core that has the others, and Node's modules, loaded by its entry
 * (scripts/entry.cjs): code that was compiled by an earlier run cannot import by itself.
 */
function loading(text, name, outputs, inCore) {
  const { imports } = outputs.find((one) => one.name === name);
  const outside = imports.filter(
    ({ path, kind }) => kind === "dynamic-import" && !inCore.has(basename(path)),
  );
  let count = 0;
  const changed = text.replace(dynamicImport, (found, path) => {
    if (inCore.has(basename(path))) return found;
    count += 1;
    return `__load(${JSON.stringify(path)})`;
  });
  if (count !== outside.length) throw new Error(changedEsbuild);
  return changed;
}

/** Gives esbuild the chunks of the core. */
function chunksFrom(texts) {
  return {
    name: "chunks",
    setup(building) {
      building.onResolve({ filter: /^\.\// }, ({ path }) => ({ path: basename(path), namespace: "chunk" }));
      building.onLoad({ filter: /.*/, namespace: "chunk" }, ({ path }) => ({
        contents: texts.get(path),
        loader: "js",
      }));
    },
  };
}
