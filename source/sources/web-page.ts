/** A clause about a web page that came instead of what was asked for, to follow the server's name. */
export const sentWebPage = "sent a web page (log in to the network?)";
/** The same for a body without content. */
export const sentNothing = "sent an empty answer";

/** Whether a response has no content. */
export const isBlank = (body: Uint8Array): boolean => body.every((byte) => byte <= 0x20);

/** Whether a response is a web page, which a network may send instead of the requested data. */
export function isWebPage(body: Uint8Array): boolean {
  return /^[\ufeff\s]*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is.test(
    Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, 4_096)).toString("utf8"),
  );
}
