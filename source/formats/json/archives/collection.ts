import { arxivAddresses, arxivId } from "../../../papers/identity.js";
import type { Format } from "../../format.js";
import { addressAt, countAt, dayAt, text, titleAt } from "../fields.js";
import { foundPaper } from "../found-paper.js";
import { jsonFormat } from "../json.js";
import { marked } from "../services/reading.js";

/**
 * A collection on Hugging Face (`GET /api/collections/…`), which may also hold models, data sets and spaces.
 * https://huggingface.co/docs/hub/api#collections-api
 */
export const collection: Format = jsonFormat({
  name: "Hugging Face collection (JSON)",
  title: null,
  knownBy: "`items` with the type `paper` beside `slug`",
  from: "https://huggingface.co/api/collections/…",
  detect: marked(0.95, /"slug"\s*:\s*"/, /"items"\s*:\s*\[/, /"type"\s*:\s*"(?:paper|model|dataset|space)"/),
  listing: {
    lists: ["items"],
    isEntry: (entry) => entry.type !== undefined && entry.id !== undefined,
    toPaper: (entry) => {
      const kind = text(entry.type) ?? "thing without a type";
      if (kind !== "paper") return `is a ${kind}, not a paper, and was skipped`;
      const arxiv = arxivId(text(entry.id) ?? "");
      return foundPaper({
        title: titleAt(entry.title),
        arxiv,
        published: dayAt(entry.publishedAt),
        upvotes: countAt(entry.upvotes),
        url: arxiv === null ? null : `https://huggingface.co/papers/${arxiv}`,
        pdf: arxiv === null ? null : arxivAddresses(arxiv).pdf,
        thumbnail: addressAt(entry.thumbnailUrl),
      });
    },
  },
});
