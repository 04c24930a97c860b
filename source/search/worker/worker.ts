import { parentPort } from "node:worker_threads";
import { type SearchRequest, SearchService } from "./service.js";

// Entry point of the thread that searches large listings. It receives requests, posts answers, and checks for
// new requests between two pieces of work.
const port = parentPort;
if (port !== null) {
  const service = new SearchService(
    (answer) => port.postMessage(answer, [answer.papers.buffer]),
    (answer) => port.postMessage(answer),
    (answer) => port.postMessage(answer),
  );
  let isAtWork = false;
  const work = () => {
    isAtWork = service.step();
    if (isAtWork) setImmediate(work);
  };
  port.on("message", (request: SearchRequest) => {
    service.take(request);
    if (isAtWork) return;
    isAtWork = true;
    setImmediate(work);
  });
}
