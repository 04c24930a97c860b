/** What arXiv writes before the abstract in its feeds. */
export interface Announcement {
  /** The paper's identifier as written, with version; `""` where the text has none. */
  readonly id: string;
  /** `new`, `cross`, `replace` or `replace-cross`; `""` where the text does not say. */
  readonly type: string;
  readonly abstract: string;
}

/**
 * The text of an entry in arXiv's feeds, taken apart:
 * `arXiv:2303.00763v1 Announce Type: new Abstract: We …`. A text without this beginning is all
 * abstract. https://info.arxiv.org/help/rss.html
 */
export function readAnnouncement(text: string): Announcement {
  const found = /^\s*arXiv:(\S{1,40})\s+Announce Type:\s*([a-z-]+)\s*(?:Abstract:\s*)?/i.exec(text);
  if (!found) return { id: "", type: "", abstract: text.replace(/^\s*Abstract:\s+/, "") };
  const [whole, id = "", type = ""] = found;
  return { id, type: type.toLowerCase(), abstract: text.slice(whole.length) };
}

/** The days a feed tells of a paper: what is announced as a replacement came out at another time. */
export function announcedOn(
  day: string | null,
  type: string,
): { readonly published: string | null; readonly updated: string | null } {
  return type.startsWith("replace") ? { published: null, updated: day } : { published: day, updated: null };
}
