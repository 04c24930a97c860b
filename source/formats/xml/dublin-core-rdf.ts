import type { Format } from "../format.js";
import { ofDublinCore } from "./oai.js";
import { readRecords, textAt } from "./records.js";
import { rootName } from "./xml.js";

/** Works in plain Dublin Core: Zotero's “Unqualified Dublin Core RDF”, and repositories. */
export const dublinCoreRdf: Format = {
  name: "Dublin Core (RDF)",
  title: null,
  knownBy: "RDF with descriptions that have a title in Dublin Core",
  from: "Zotero’s “Unqualified Dublin Core RDF”, repositories",
  detect: (text) =>
    /^(?:\w+:)?rdf$/i.test(rootName(text) ?? "") &&
    /<rdf:Description\b/.test(text.slice(0, 65_536)) &&
    /<dc:title\b/.test(text.slice(0, 65_536))
      ? 0.85
      : 0,
  // Attachments and people have no title.
  parse: (text) =>
    readRecords(text, ["rdf:description"], (record) =>
      textAt(record, "title") === null && textAt(record, "creator") === null ? null : ofDublinCore(record),
    ),
};
