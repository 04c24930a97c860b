import { createRequire } from "node:module";

/**
 * The add-on that gives xterm today's widths: emoji sequences and CJK, cluster by cluster.
 *
 * It is loaded with Node's buffer pool off: it reads its tables from the start of the buffer's memory
 * instead of the buffer's own start (https://github.com/xtermjs/xterm.js/issues/6079), so that in a pool
 * whose first bytes are taken it would, without a word, call every emoji one column wide.
 */
export function graphemesAddon() {
  const { poolSize } = Buffer;
  Buffer.poolSize = 0;
  try {
    const require = createRequire(import.meta.url);
    const addon: typeof import("@xterm/addon-unicode-graphemes") = require("@xterm/addon-unicode-graphemes");
    return new addon.UnicodeGraphemesAddon();
  } finally {
    Buffer.poolSize = poolSize;
  }
}
