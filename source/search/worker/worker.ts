import { parentPort } from "node:worker_threads";
import { type SearchRequest, SearchService } from "./service.js";

// The entry of the thread that searches large listings: requests come in, answers go out, and between
// two pieces of work the thread looks whether something newer is asked.
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
