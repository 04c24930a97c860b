import { once } from "node:events";
import { type MessagePort, parentPort } from "node:worker_threads";
import { readListing } from "../../formats/index.js";
import { mostObjects } from "../../papers/listing.js";
import { PackedPapers } from "../../papers/packed/packed-papers.js";
import type { ParseAnswer, ParseRequest } from "./parse-thread.js";
import { packText, readBeginning, readText, type TextPart, type TextRequest } from "./text-request.js";

// The entry of the thread that parses long texts. It receives the bytes of a listing and returns papers, packed
// if they are many, so that they are shared and not copied; or it receives those of a whole paper and returns
// its blocks in parts.
parentPort?.once("message", (request: ParseRequest | TextRequest) =>
  "kind" in request ? sendText(request, parentPort as MessagePort) : sendListing(request),
);

async function sendListing({ bytes, options }: ParseRequest): Promise<void> {
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
}

/** Blocks in one message: their copies take the main thread a few milliseconds. */
const blocksOfPart = 200;

async function sendText(request: TextRequest, port: MessagePort): Promise<void> {
  const send = async (part: TextPart): Promise<void> => {
    const answered = once(port, "message");
    port.postMessage(part);
    await answered;
  };
  const beginning = request.sends ? readBeginning(request) : null;
  if (beginning) await send({ type: "first", text: beginning });
  const found = readText(request);
  if (!found.ok) return send({ type: "none", reason: found.reason });
  const { blocks, ...rest } = found.text;
  const packed = request.packs ? packText(found) : null;
  for (let at = 0; request.sends && at < blocks.length; at += blocksOfPart)
    await send({ type: "blocks", blocks: blocks.slice(at, at + blocksOfPart) });
  await send({ type: "end", rest, address: found.address, packed });
}
