import { readFileSync } from "node:fs";

/**
 * Packages in main.js that the first screen does not call: the first call initialises each, as `require` does.
 * Each with the part that the program uses, as a module.
 */
const packages = {
  // Builds its table of 2,231 names: 3 ms.
  entities: "export const decodeHTML = (text) => library().decodeHTML(text);",
  // 4,600 macros, in a file of its own: few listings have one that our own tables lack.
  unicode2latex:
    "export const latex2unicode = new Proxy({}, { get: (_, macro) => library().latex2unicode[macro] });",
  // Only for YAML bibliographies and notes.
  yaml: "export const parseDocument = (...given) => library().parseDocument(...given);",
  // Opens standard error to detect its colours, and queries the system version.
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
    // Importers get an object with this prototype, so they find each name when they first use it.
    build.onLoad({ filter: builtins, namespace: "lazy" }, ({ path }) => ({
      contents: `module.exports = Object.create(new Proxy({}, { get: (_, name) => require(${JSON.stringify(path)})[name] }));`,
      loader: "js",
    }));
    // Its results for standard output and error at load time; the program asks for the stream it writes to.
    build.onLoad({ filter: /[\\/]supports-hyperlinks[\\/]index\.js$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      const own =
        /const supportsHyperlinks = \{\n\tstdout: [^\n]*\n\tstderr: [^\n]*\n\};\n\nexport default supportsHyperlinks;/;
      if (!own.test(code)) throw new Error(`${path} has changed: look at scripts/lazy-libraries.mjs again`);
      return { contents: code.replace(own, ""), loader: "js" };
    });
  },
};
