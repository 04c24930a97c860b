import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const licenceFile = /^(?:licen[cs]es?|copying|notice|copyright)(?:[.-].*)?$/i;
/** How deep to search a package's folder for the licences of its contents. */
const depth = 3;

/**
 * The notices that must accompany bundled packages.
 *
 * @param {readonly string[]} inputs files in the bundles, as paths from `root`
 * @param {string} root an absolute path
 * @returns {string} for each package, and each of its copies that differs, its name, version and licences
 * @throws if a package has no licence: it may not be shipped
 */
export function noticesOf(inputs, root) {
  const folders = new Set(inputs.map((path) => packageFolder(join(root, path))).filter(Boolean));
  const notices = new Set([...folders].map(noticeOf));
  const head = `papers-tui contains code of these ${notices.size} packages, under the licences below.\n`;
  return [head, ...[...notices].sort()].join(`\n${"=".repeat(80)}\n\n`);
}

/** The package folder of a file; `null` for a file of our own. */
export function packageFolder(path) {
  const parts = path.replaceAll("\\", "/").split("/node_modules/");
  if (parts.length < 2) return null;
  const inner = parts.pop().split("/");
  const name = inner.slice(0, inner[0].startsWith("@") ? 2 : 1);
  return [...parts, name.join("/")].join("/node_modules/");
}

/** @param {string} folder of a package */
function noticeOf(folder) {
  const { name, version, license, licenses, author, homepage, repository } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const named = [license ?? licenses ?? []].flat().map((one) => one.type ?? one);
  const texts = licenceTexts(folder, depth);
  if (texts.length === 0) {
    const standard = standardTexts[named.join()];
    if (!standard) throw new Error(`${name} ${version} (${named}) has no licence text: ${folder}`);
    const holder = typeof author === "string" ? author : (author?.name ?? `the authors of ${name}`);
    texts.push(`Copyright (c) ${holder}\n\n${standard}`);
  }
  texts.push(...(contained[name] ?? []));
  const home = homepage ?? repository?.url ?? repository;
  const head = [`${name} ${version}`, named.length > 0 && `Licence: ${named.join(", ")}`, home];
  return `${head.filter(Boolean).join("\n")}\n\n${texts.join("\n\n")}\n`;
}

/** The texts of the licence files in a folder and below it, but not of packages nested in it. */
function licenceTexts(folder, left) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile() && licenceFile.test(entry.name) && !/\.(?:[cm]?[jt]s|json|map)$/.test(entry.name))
      return [readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim()];
    return entry.isDirectory() && entry.name !== "node_modules" && left > 1
      ? licenceTexts(path, left - 1)
      : [];
  });
}

/** Third-party parts of packages without a licence file of their own, and their notices. */
const contained = {
  undici: [
    "It contains llhttp (https://github.com/nodejs/llhttp), under the MIT licence too:\nCopyright Fedor Indutny, 2018.",
  ],
};

/** Texts of licences (spdx.org/licenses) for packages that only name one. */
const standardTexts = {
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
};
