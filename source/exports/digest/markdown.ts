import { type Digest, type DigestItem, oneLine, shownPaper } from "./digest.js";

/** A digest as Markdown (CommonMark): a heading for each section, a list item for each paper. */
export function markdownDigest({ title, sections, problems }: Digest): string {
  const parts = [`# ${escaped(oneLine(title))}`];
  for (const section of sections) {
    parts.push(`## ${escaped(oneLine(section.title))}`);
    parts.push(section.items.map((item) => itemText(item, section.isBrief)).join("\n"));
  }
  if (problems.length > 0)
    parts.push(`## Not read\n\n${problems.map((one) => `- ${escaped(oneLine(one))}`).join("\n")}`);
  return `${parts.join("\n\n")}\n`;
}

function itemText({ paper, why }: DigestItem, isBrief: boolean): string {
  const { title, facts, excerpt, address } = shownPaper(paper);
  const linked = address === null ? escaped(title) : `[${escaped(title)}](<${address}>)`;
  const reason = why === null ? "" : `*${escaped(oneLine(why))}*`;
  const rest = isBrief ? [reason] : [escaped(facts), reason, escaped(excerpt)];
  return [`- ${isBrief ? linked : `**${linked}**`}`, ...rest.filter(Boolean)].join("  \n  ");
}

/** A text without the signs that Markdown would take for its own. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~$&!]/g, "\\$&").replace(/^([-+]|\d+[.)])/, "\\$1");
}
