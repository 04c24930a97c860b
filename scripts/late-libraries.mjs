import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Libraries that the first screen has in its files and does not call: they are set up when they are
 * first called, at once, as a `require` is. Each with what the program takes from it, as a module.
 */
const late = {
  // Builds its table of 2,231 names: 3 ms.
  entities: "export const decodeHTML = (text) => library().decodeHTML(text);",
  "fuse.js":
    "export default function Fuse(...given) { return new (library().default ?? library())(...given); }",
  // 4,600 macros, of which a bibliography has a few; the package's tables for the other way are left out.
  unicode2latex: "export const latex2unicode = new Proxy({}, { get: (_, macro) => library().table[macro] });",
  // Asks for standard error, which then is opened, and looks into the system.
  "supports-hyperlinks":
    "export const createSupportsHyperlinks = (stream) => library().createSupportsHyperlinks(stream);",
};

/** The file of a library that is taken, where its entry would bring more. */
const files = {
  unicode2latex: fileURLToPath(
    new URL("../node_modules/unicode2latex/dist/cjs/tables/latex2unicode.js", import.meta.url),
  ),
};

export const lateLibraries = {
  name: "late-libraries",
  setup(build) {
    for (const [name, code] of Object.entries(late)) {
      build.onResolve(
        { filter: new RegExp(`^${name.replace(".", "\\.")}$`) },
        ({ namespace, kind, resolveDir }) =>
          namespace === "late" || kind === "require-call"
            ? undefined
            : { path: name, namespace: "late", pluginData: resolveDir },
      );
      build.onLoad(
        { filter: new RegExp(`^${name.replace(".", "\\.")}$`), namespace: "late" },
        ({ pluginData }) => ({
          contents: `let loaded;\nconst library = () => (loaded ??= require(${JSON.stringify(files[name] ?? name)}));\n${code}`,
          resolveDir: pluginData,
          loader: "js",
        }),
      );
    }
    // What it knows of standard output and error by itself; the program asks for the one it writes to.
    build.onLoad({ filter: /[\\/]supports-hyperlinks[\\/]index\.js$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      const own =
        /const supportsHyperlinks = \{\n\tstdout: [^\n]*\n\tstderr: [^\n]*\n\};\n\nexport default supportsHyperlinks;/;
      if (!own.test(code)) throw new Error(`${path} has changed: look at scripts/late-libraries.mjs again`);
      return { contents: code.replace(own, ""), loader: "js" };
    });
  },
};
