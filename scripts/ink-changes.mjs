import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const inkOutput = fileURLToPath(new URL("../source/ui/ink-output.ts", import.meta.url));

/** The code of a library's file with one place replaced; fails for a newer version, so that somebody checks it. */
function changed(path, before, after) {
  const code = readFileSync(path, "utf8");
  if (code.split(before).length !== 2) throw new Error(`${path} has changed: look at ${import.meta.url}`);
  return code.replace(before, after);
}

/**
 * Two changes to Ink in the bundle. The program works the same without them, as in the tests and under
 * `npm run dev`; docs/performance.md says what each saves.
 */
export const inkChanges = {
  name: "ink-changes",
  setup(build) {
    // Yoga, Ink's layout engine, fetches its own data: URL if there is a `fetch`; in Node that loads all of undici,
    // 30 ms, to decode base64. Without a `fetch` it decodes the text itself.
    build.onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: changed(path, "var loadYoga", "const fetch = undefined;\nvar loadYoga"),
      loader: "js",
    }));
    // Frames whose texts do not overlap need no grid of cells.
    build.onLoad({ filter: /[\\/]ink[\\/]build[\\/]output\.js$/ }, ({ path }) => ({
      contents: `import { withShortcut } from ${JSON.stringify(inkOutput)};
${changed(path, "export default class Output {", "class Output {")}
export default withShortcut(Output);`,
      loader: "js",
    }));
  },
};
