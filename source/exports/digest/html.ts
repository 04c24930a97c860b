import { countsOf, type Digest, type DigestItem, oneLine, shownPaper } from "./digest.js";

/** Colours for a light and a dark page; nothing is fetched, and nothing is run. */
const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#1a1a1a;background:#fff}
h1{font-size:1.4em;margin-bottom:0}h2{font-size:1.1em;margin-top:2em;border-bottom:1px solid #ccc}
ul{padding-left:0;list-style:none}li{margin:.9em 0}.brief li{margin:.3em 0}a{color:#0b57a4}
.facts,.counts{color:#555;font-size:.9em}.why{font-style:italic;font-size:.9em}p{margin:.2em 0}
@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#151515}a{color:#8ab4f8}.facts,.counts{color:#aaa}}`;

/** A digest as one HTML file without scripts, pictures or anything else that is fetched. */
export function htmlDigest(digest: Digest): string {
  const { title, sections, problems } = digest;
  const written = sections.map(
    (section) =>
      `<h2>${html(section.title)}</h2>\n<ul${section.isBrief ? ' class="brief"' : ""}>\n${section.items
        .map((item) => itemHtml(item, section.isBrief))
        .join("\n")}\n</ul>`,
  );
  const failed =
    problems.length === 0
      ? ""
      : `\n<h2>Not read</h2>\n<ul>\n${problems.map((one) => `<li>${html(one)}</li>`).join("\n")}\n</ul>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${html(title)}</title>
<style>
${style}
</style>
</head>
<body>
<h1>${html(title)}</h1>
<p class="counts">${html(countsOf(digest))}</p>
${written.join("\n")}${failed}
</body>
</html>
`;
}

function itemHtml({ paper, why }: DigestItem, isBrief: boolean): string {
  const { title, facts, excerpt, address } = shownPaper(paper);
  const linked = address === null ? html(title) : `<a href="${html(address)}">${html(title)}</a>`;
  const reason = why === null ? "" : `\n<p class="why">${html(why)}</p>`;
  if (isBrief) return `<li>${linked}${reason}</li>`;
  const known = facts === "" ? "" : `\n<p class="facts">${html(facts)}</p>`;
  const text = excerpt === "" ? "" : `\n<p>${html(excerpt)}</p>`;
  return `<li><strong>${linked}</strong>${known}${reason}${text}</li>`;
}

/** A text in HTML or XML: also in an attribute between double quotes. */
export function html(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
