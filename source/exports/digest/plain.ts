import { wrap } from "../../text/wrap.js";
import { countsOf, type Digest, type DigestItem, oneLine, shownPaper } from "./digest.js";

/** Cells of a line; RFC 5322 asks for no more than 78 characters. */
const width = 76;

/** A digest as plain text in lines of at most 76 cells, but for addresses, which stay whole. */
export function plainDigest(digest: Digest): string {
  const parts = [`${oneLine(digest.title)}\n${countsOf(digest)}`];
  for (const { title, isBrief, items } of digest.sections) {
    const heading = oneLine(title);
    parts.push(`${heading}\n${"-".repeat(Math.min(width, heading.length))}`);
    const written = items.map((item) => itemText(item, isBrief));
    parts.push(written.join(isBrief ? "\n" : "\n\n"));
  }
  if (digest.problems.length > 0)
    parts.push(`Not read\n--------\n${digest.problems.flatMap((one) => lines(oneLine(one), "")).join("\n")}`);
  return `${parts.join("\n\n")}\n`;
}

function itemText({ paper, why }: DigestItem, isBrief: boolean): string {
  const { title, facts, excerpt, address } = shownPaper(paper);
  const rest = isBrief ? [why] : [facts, why, excerpt];
  const texts = rest.filter((one): one is string => one !== null && one !== "");
  return [
    ...lines(title, "* "),
    ...texts.flatMap((one) => lines(oneLine(one), "  ")),
    ...(address === null ? [] : [`  ${address}`]),
  ].join("\n");
}

/** A text in lines, the first after `lead`, the others below its text. */
function lines(text: string, lead: string): string[] {
  return wrap(text, width - lead.length).map(
    ({ start, end }, at) => `${at === 0 ? lead : " ".repeat(lead.length)}${text.slice(start, end)}`,
  );
}
