import { readFileSync } from "node:fs";

/**
 * Packages that are in main.js and that the first screen does not call: each is set up by the first call,
 * as `require` does. Each with what the program uses of it, as a module.
 */
const packages = {
  // Builds its table of 2,231 names: 3 ms.
  entities: "export const decodeHTML = (text) => library().decodeHTML(text);",
  "fuse.js":
    "export default function Fuse(...given) { return new (library().default ?? library())(...given); }",
  // 4,600 macros, in a file of its own: few listings have one that our own tables lack.
  unicode2latex:
    "export const latex2unicode = new Proxy({}, { get: (_, macro) => library().latex2unicode[macro] });",
  // Only bibliographies in YAML and notes need it.
  yaml: "export const parseDocument = (...given) => library().parseDocument(...given);",
  // Opens standard error to ask for its colours, and asks the system for its version.
  "supports-hyperlinks":
    "export const createSupportsHyperlinks = (stream) => library().createSupportsHyperlinks(stream);",
};

/** Modules of Node that the first screen imports and does not call: 2 ms each, crypto 3. */
const builtins = /^node:(?:child_process|crypto|v8|worker_threads)$/;

export const lazyLibraries = {
  name: "lazy-libraries",
  setup(build) {
    for (const [name, code] of Object.entries(packages)) {
      const filter = new RegExp(`^${name.replace(".", "\\.")}$`);
      build.onResolve({ filter }, ({ namespace, kind, resolveDir }) =>
        namespace === "lazy" || kind === "require-call"
          ? undefined
          : { path: name, namespace: "lazy", pluginData: resolveDir },
      );
      build.onLoad({ filter, namespace: "lazy" }, ({ pluginData }) => ({
        contents: `let loaded;\nconst library = () => (loaded ??= require(${JSON.stringify(name)}));\n${code}`,
        resolveDir: pluginData,
        loader: "js",
      }));
    }
    build.onResolve({ filter: builtins }, ({ path, namespace }) =>
      namespace === "lazy" ? { path, external: true } : { path, namespace: "lazy" },
    );
    // Importers get an object with this one's prototype, so they find each name there when they first ask.
    build.onLoad({ filter: builtins, namespace: "lazy" }, ({ path }) => ({
      contents: `module.exports = Object.create(new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] }));`,
      loader: "js",
    }));
    // What it finds out about standard output and error when it is loaded; the program asks for the one it writes to.
    build.onLoad({ filter: /[\\/]supports-hyperlinks[\\/]index\.js$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      const own =
        /const supportsHyperlinks = \{\n\tstdout: [^\n]*\n\tstderr: [^\n]*\n\};\n\nexport default supportsHyperlinks;/;
      if (!own.test(code)) throw new Error(`${path} has changed: look at scripts/lazy-libraries.mjs again`);
      return { contents: code.replace(own, ""), loader: "js" };
    });
  },
};
