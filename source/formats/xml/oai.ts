import { arxivId, doiOf } from "../../papers/identity.js";
import type { Paper } from "../../papers/paper.js";
import { fromTexAccents, personName } from "../../text/names.js";
import { isWithdrawn } from "../arxiv/fields.js";
import { isName, splitAuthors } from "../fields/author-line.js";
import { dateIn, dayOf } from "../fields/dates.js";
import type { Format } from "../format.js";
import { foundPaper } from "../json/found-paper.js";
import { paperAt } from "../web/paper-addresses.js";
import { at, readRecords, textAt, textsAt } from "./records.js";
import { rootName, type XmlElement } from "./xml.js";

/**
 * OAI-PMH responses of repositories, in Dublin Core or arXiv's own formats (`arXiv`, `arXivRaw`).
 * https://www.openarchives.org/OAI/openarchivesprotocol.html, https://info.arxiv.org/help/oa/
 */
export const oai: Format = {
  name: "OAI-PMH response (XML)",
  title: null,
  knownBy: "the root `OAI-PMH`",
  from: "https://oaipmh.arxiv.org/oai and any repository in Dublin Core",
  detect: (text) => (/^(?:\w+:)?oai-pmh$/i.test(rootName(text) ?? "") ? 1 : 0),
  parse: (text) => readRecords(text, ["record"], toPaper),
};

function toPaper(record: XmlElement): Paper | string | null {
  const [header] = at(record, "header");
  if (header?.attributes.status === "deleted") return null;
  const [data] = at(record, "metadata", "*");
  if (data === undefined) return "has no metadata and was skipped";
  return /^dc$/i.test(data.name.replace(/^.*:/, "")) ? ofDublinCore(data) : ofArxiv(data, header);
}

function ofArxiv(data: XmlElement, header: XmlElement | undefined): Paper | string {
  const people = at(data, "authors", "author").map((author) =>
    [textAt(author, "forenames"), textAt(author, "keyname"), textAt(author, "suffix")]
      .filter(Boolean)
      .join(" "),
  );
  const comment = textAt(data, "comments");
  const abstract = textAt(data, "abstract") ?? "";
  const versions = textsAt(data, "version", "date");
  const headerId =
    header === undefined ? "" : (textAt(header, "identifier") ?? "").replace(/^oai:arxiv\.org:/i, "");
  return foundPaper({
    title: accented(textAt(data, "title")),
    abstract,
    ...(people.length > 0
      ? { authors: people.map(personName).filter(isName) }
      : splitAuthors(textAt(data, "authors") ?? "")),
    published: dayOf(textAt(data, "created") ?? versions[0] ?? ""),
    updated: dayOf(textAt(data, "updated") ?? versions.at(-1) ?? ""),
    categories: (textAt(data, "categories") ?? "").split(" ").filter(Boolean),
    comment,
    journal: textAt(data, "journal-ref"),
    arxiv: arxivId(textAt(data, "id") ?? "") ?? arxivId(headerId),
    doi: doiOf((textAt(data, "doi") ?? "").split(" ")[0] ?? ""),
    withdrawn: isWithdrawn(comment ?? "", abstract),
  });
}

/** A record in Dublin Core. https://www.dublincore.org/specifications/dublin-core/dces/ */
export function ofDublinCore(data: XmlElement): Paper | string {
  const names = [...textsAt(data, "identifier"), data.attributes["rdf:about"] ?? ""].map((name) =>
    name.replace(/^(?:DOI|arXiv)[:\s]\s*/i, ""),
  );
  const url = names.find((name) => /^https?:\/\/[^\s/]\S*$/i.test(name)) ?? null;
  const first = <T>(read: (name: string) => T | null) =>
    names.map(read).find((found) => found !== null) ?? null;
  return foundPaper({
    title: accented(textAt(data, "title")),
    abstract: textsAt(data, "description").sort((one, other) => other.length - one.length)[0] ?? "",
    authors: textsAt(data, "creator").map(personName).filter(isName),
    published: dateIn(textAt(data, "date") ?? ""),
    keywords: textsAt(data, "subject"),
    journal: textAt(data, "source"),
    arxiv: first((name) => arxivId(name) ?? paperAt(name)?.arxiv ?? null),
    doi: first((name) => doiOf(name) ?? paperAt(name)?.doi ?? null),
    url: url !== null && paperAt(url)?.arxiv != null ? null : url,
  });
}

function accented(title: string | null): string | null {
  return title === null ? null : fromTexAccents(title);
}
