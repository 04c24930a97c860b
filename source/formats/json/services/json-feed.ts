import { doiOf } from "../../../papers/identity.js";
import { cutToLength } from "../../../text/cells.js";
import type { Format } from "../../format.js";
import { paperAt } from "../../web/paper-addresses.js";
import {
  addressAt,
  arrayAt,
  dayAt,
  listOf,
  markup,
  nameAt,
  objectAt,
  text,
  texts,
  titleAt,
} from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { marked } from "./reading.js";

/**
 * JSON Feed, https://www.jsonfeed.org/version/1.1/, and Rogue Scholar's items, which have their own field
 * names.
 */
export const jsonFeed: Format = jsonFormat({
  name: "JSON Feed",
  title: null,
  knownBy: "a `version` at jsonfeed.org",
  from: "any JSON Feed (https://www.jsonfeed.org), Rogue Scholar",
  detect: (whole) =>
    Math.max(
      marked(0.95, /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org/)(whole),
      marked(0.7, /"(?:content_html|content_text)"\s*:/, /"(?:date_)?published(?:_at)?"\s*:/)(whole),
    ),
  listing: {
    lists: ["items"],
    isEntry: (entry) => entry.url !== undefined || entry.content_html !== undefined,
    toPaper: (entry) => {
      const url = addressAt(entry.url) ?? addressAt(entry.external_url);
      const people = Array.isArray(entry.authors) ? entry.authors : [entry.author];
      const attached = arrayAt(entry.attachments)
        .map(objectAt)
        .find(({ mime_type: type }) => type === "application/pdf");
      const summary = markup(entry.summary) ?? markup(entry.abstract);
      const content = markup(entry.content_text) ?? markup(entry.content_html);
      const time =
        typeof entry.published_at === "number" && Math.abs(entry.published_at) < 4e9
          ? new Date(entry.published_at * 1_000).toISOString()
          : null;
      return foundPaper({
        title: titleAt(entry.title) ?? (content === null ? null : cutToLength(content, 100)),
        abstract: summary ?? content ?? "",
        authors: listOf(people, (one) => {
          const person = objectAt(one);
          return (
            nameAt(person.name) ??
            ([text(person.given), text(person.family)].filter(Boolean).join(" ") || null)
          );
        }),
        published: dayAt(entry.date_published) ?? dayAt(time),
        updated: dayAt(entry.date_modified),
        keywords: texts(entry.tags),
        arxiv: paperAt(url ?? "")?.arxiv ?? null,
        doi: doiOf(text(entry.doi) ?? "") ?? paperAt(url ?? "")?.doi ?? null,
        url,
        pdf: addressAt(attached?.url),
        journal: markup(entry.blog_name),
        thumbnail: addressAt(entry.image) ?? addressAt(entry.banner_image),
      });
    },
  },
});
