import type { Paper } from "../../papers/paper.js";
import { thousands } from "../../text/numbers.js";
import { cut, type Digest, type DigestItem, oneLine, shownPaper, titleLength } from "./digest.js";
import { html } from "./html.js";

/**
 * A digest as an Atom feed (RFC 4287), an entry for each paper, which a feed reader keeps apart by the paper's
 * address. The section is the entry's category.
 */
export function atomDigest({ title, at, sections }: Digest): string {
  const made = new Date(at).toISOString();
  const entries = sections.flatMap((section) =>
    section.items.map((item) => entryOf(item, section.title, made)),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${html(title)}</title>
<id>urn:papers-tui:digest</id>
<updated>${made}</updated>
<author><name>papers-tui</name></author>
${entries.join("\n")}
</feed>
`;
}

/** Authors of an entry; a collaboration may have thousands. */
const mostAuthors = 100;

function entryOf({ paper, why }: DigestItem, section: string, made: string): string {
  const { title, address, excerpt } = shownPaper(paper);
  const published = momentOf(paper.published);
  const names = paper.authors.slice(0, mostAuthors);
  const others = paper.authors.length - names.length;
  if (others > 0) names.push(`and ${thousands(others)} more`);
  const reason = why === null ? "" : `<p><em>${html(why)}</em></p>`;
  return [
    "<entry>",
    `<title>${html(title)}</title>`,
    `<id>${html(address ?? `urn:papers-tui:${encodeURIComponent(oneLine(paper.id))}`)}</id>`,
    address === null ? null : `<link rel="alternate" href="${html(address)}"/>`,
    published === null ? null : `<published>${published}</published>`,
    `<updated>${momentOf(paper.updated ?? paper.published) ?? made}</updated>`,
    ...names.map((name) => `<author><name>${html(cut(name, titleLength))}</name></author>`),
    ...categoriesOf(paper),
    `<summary>${html(paper.abstract || excerpt || title)}</summary>`,
    `<content type="html">${html(`<p>${html(section)}</p>${reason}<p>${html(excerpt)}</p>`)}</content>`,
    "</entry>",
  ]
    .filter((line) => line !== null)
    .join("\n");
}

function categoriesOf({ categories }: Paper): string[] {
  return categories.map((term) => `<category term="${html(term)}"/>`);
}

/** A day, month or year as RFC 3339 has it: its first moment. */
function momentOf(day: string | null): string | null {
  if (day === null) return null;
  const time = Date.parse(`${day}${"-01".repeat(3 - day.split("-").length)}T00:00:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
