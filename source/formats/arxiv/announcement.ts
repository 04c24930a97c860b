/** What arXiv writes before the abstract in its feeds. */
export interface Announcement {
  /** The paper's identifier as written, with version; `""` if there is none. */
  readonly id: string;
  /** `new`, `cross`, `replace` or `replace-cross`; `""` if the text does not say. */
  readonly type: string;
  readonly abstract: string;
}

/**
 * Splits the text of an entry in arXiv's feeds: `arXiv:2303.00763v1 Announce Type: new Abstract: We …`. A
 * text that does not begin this way is only an abstract. https://info.arxiv.org/help/rss.html
 */
export function readAnnouncement(text: string): Announcement {
  const found = /^\s*arXiv:(\S{1,40})\s+Announce Type:\s*([a-z-]+)\s*(?:Abstract:\s*)?/i.exec(text);
  if (!found) return { id: "", type: "", abstract: text.replace(/^\s*Abstract:\s+/, "") };
  const [whole, id = "", type = ""] = found;
  return { id, type: type.toLowerCase(), abstract: text.slice(whole.length) };
}

const announced = /\(arXiv:(\S{1,40})\s+\[([\w.-]{1,40})\]\s*(?:[A-Z][A-Z -]{0,40})?\)\s*$/i;

/**
 * Splits a title as arXiv's feeds wrote it until January 2024, with the announcement after it: "Title.
 * (arXiv:1805.06430v2 [nucl-th] UPDATED)". The feed adds the full stop. Any other text is only a title.
 */
export function readTitle(text: string): {
  readonly title: string;
  readonly id: string;
  readonly category: string;
} {
  const found = announced.exec(text);
  if (!found) return { title: text, id: "", category: "" };
  const title = text.slice(0, found.index).trimEnd().replace(/\.$/, "").trimEnd();
  return { title, id: found[1] as string, category: found[2] as string };
}

/**
 * The dates that a feed gives for a paper. For a replacement, the feed's day is not the day of publication.
 */
export function announcedOn(
  day: string | null,
  type: string,
): { readonly published: string | null; readonly updated: string | null } {
  return type.startsWith("replace") ? { published: null, updated: day } : { published: day, updated: null };
}
