import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const shortWay = fileURLToPath(new URL("../source/ui/quick-output.ts", import.meta.url));

/** Replaces `before`, which must be there once: a newer library is to be looked at again, not guessed at. */
function patched(path, before, after) {
  const code = readFileSync(path, "utf8");
  if (code.split(before).length !== 2)
    throw new Error(`${path} has changed: look at scripts/faster-ink.mjs again`);
  return { contents: code.replace(before, after), loader: "js" };
}

/**
 * Two things that Ink and Yoga do at a cost nobody sees, taken out of the bundle. The program works the
 * same without them, as it does under `npm run dev` and in the tests of frames: docs/ink.md.
 */
export const fasterInk = {
  name: "faster-ink",
  setup(build) {
    // Frames of texts that do not overlap need no grid of cells: source/ui/quick-output.ts.
    build.onLoad({ filter: /[\\/]ink[\\/]build[\\/]output\.js$/ }, ({ path }) => {
      const { contents, loader } = patched(path, "export default class Output {", "class Output {");
      const wrapped = `import { withShortWay } from ${JSON.stringify(shortWay)};\n${contents}\nexport default withShortWay(Output);\n`;
      return { contents: wrapped, loader };
    });
    // Yoga fetches its own data: URL where there is a fetch, and that loads all of undici for 30 ms.
    build.onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, ({ path }) => {
      const { contents, loader } = patched(path, "var loadYoga", "const fetch = undefined;\nvar loadYoga");
      return { contents, loader };
    });
  },
};
