import type { Format } from "../../format.js";
import { addressAt, isFields, listOf, markup, nameAt, objectAt, text, texts, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { marked } from "./reading.js";

/**
 * OpenReview's notes, from API 2, where each field is `{"value": …}`, and API 1.
 * https://docs.openreview.net/reference/api-v2
 */
export const openReview: Format = jsonFormat({
  name: "OpenReview API response (JSON)",
  title: "OpenReview (authors)",
  knownBy: "`forum` or `invitations` beside `content`",
  from: "https://api2.openreview.net/notes, and API 1",
  detect: marked(0.95, /"(?:forum|invitations?)"\s*:/, /"content"\s*:\s*\{/, /"title"\s*:/),
  listing: {
    lists: ["notes"],
    isEntry: (note) => isFields(note.content) && note.id !== undefined,
    toPaper: (note) => {
      const content = objectAt(note.content);
      const field = (name: string): unknown =>
        isFields(content[name]) ? content[name].value : content[name];
      const forum = text(note.forum) ?? text(note.id);
      const pdf = text(field("pdf"));
      const time = [note.pdate, note.odate, note.cdate, note.tcdate].find((one) => typeof one === "number");
      const code = addressAt(field("code")) ?? addressAt(field("code_of_paper"));
      const summary = markup(field("TL;DR")) ?? markup(field("tldr"));
      return foundPaper({
        title: titleAt(field("title")),
        abstract: markup(field("abstract")) ?? "",
        authors: listOf(field("authors"), nameAt),
        keywords: texts(field("keywords")),
        journal: markup(field("venue")),
        published:
          typeof time === "number" && time > 0 && time < 4e12
            ? new Date(time).toISOString().slice(0, 10)
            : null,
        url: forum === null ? null : `https://openreview.net/forum?id=${encodeURIComponent(forum)}`,
        pdf:
          pdf === null
            ? null
            : (addressAt(pdf) ?? (pdf.startsWith("/") ? `https://openreview.net${pdf}` : null)),
        code,
        summary,
        summaryBy: summary === null ? null : "OpenReview",
        discussion: forum === null ? null : `https://openreview.net/forum?id=${encodeURIComponent(forum)}`,
        key: forum,
      });
    },
  },
});
