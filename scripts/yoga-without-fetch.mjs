import { readFileSync } from "node:fs";

const before = "var loadYoga";

/**
 * Yoga, Ink's layout engine, fetches its own data: URL if there is a `fetch`; in Node that loads all of undici,
 * 30 ms, to decode base64. Without a `fetch` it decodes the text itself.
 */
export const yogaWithoutFetch = {
  name: "yoga-without-fetch",
  setup(build) {
    build.onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      // Fail for a newer version, so that somebody checks it.
      if (code.split(before).length !== 2) throw new Error(`${path} has changed: look at ${import.meta.url}`);
      return { contents: code.replace(before, `const fetch = undefined;\n${before}`), loader: "js" };
    });
  },
};
