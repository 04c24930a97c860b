import { atomDigest } from "./atom.js";
import type { Digest, DigestFormat } from "./digest.js";
import { htmlDigest } from "./html.js";
import { type Envelope, mailDigest } from "./mail.js";
import { markdownDigest } from "./markdown.js";
import { plainDigest } from "./plain.js";

/** A digest as the text of a file. @param envelope for a mail */
export function writeDigest(digest: Digest, format: DigestFormat, envelope: Envelope): string {
  switch (format) {
    case "text":
      return plainDigest(digest);
    case "md":
      return markdownDigest(digest);
    case "html":
      return htmlDigest(digest);
    case "atom":
      return atomDigest(digest);
    case "eml":
      return mailDigest(digest, envelope);
  }
}
