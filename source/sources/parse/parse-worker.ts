import { parentPort } from "node:worker_threads";
import { readListing } from "../../formats/index.js";
import { mostObjects } from "../../papers/listing.js";
import { PackedPapers } from "../../papers/packed/packed-papers.js";
import type { ParseAnswer, ParseRequest } from "./parse-thread.js";

// The entry of the thread that parses long texts. It receives bytes and returns papers, packed if they are
// many, so that they are shared and not copied.
parentPort?.once("message", async ({ bytes, options }: ParseRequest) => {
  const answer = (given: ParseAnswer) => parentPort?.postMessage(given);
  const result = await readListing(bytes, options);
  if (!result.ok) return answer(result);
  const { format, listing } = result;
  const { papers, ...rest } = listing;
  const named = { name: format.name, title: format.title };
  if (papers.length <= mostObjects) return answer({ ok: true, format: named, rest, papers, packed: null });
  const packed = new PackedPapers();
  for (const paper of papers) packed.push(paper);
  return answer({ ok: true, format: named, rest, papers: [], packed: packed.shared(packed.length) });
});
