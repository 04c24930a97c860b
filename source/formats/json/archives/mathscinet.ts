import { papersOfEntries } from "../../bibtex/bibtex.js";
import { readEntries } from "../../bibtex/entries.js";
import type { Format } from "../../format.js";
import { jsonFormat } from "../json.js";
import { marked } from "../services/reading.js";

/**
 * MathSciNet's answer for the formats of papers, which holds the BibTeX of each.
 * https://mathscinet.ams.org/mathscinet/api/publications/format?formats=bib&ids=…
 */
export const mathSciNet: Format = jsonFormat({
  name: "MathSciNet response (JSON)",
  title: "MathSciNet",
  knownBy: "`paperId` and BibTeX in `bib`",
  from: "https://mathscinet.ams.org/mathscinet/api/publications/format?formats=bib&ids=…",
  detect: marked(0.97, /"bib"\s*:\s*"\s*@\w{1,40}\s*\{/, /"paperId"\s*:/),
  listing: {
    lists: ["results"],
    isEntry: (entry) => typeof entry.bib === "string",
    toPaper: (entry) => {
      if (typeof entry.bib !== "string") return "has no BibTeX and was skipped";
      const { papers, problems } = papersOfEntries(readEntries(entry.bib));
      return (
        papers[0] ?? `has no paper in its BibTeX and was skipped (${problems[0]?.message ?? "it is empty"})`
      );
    },
  },
});
