import type { Block, PaperText } from "../../fulltext/blocks.js";
import type { Paper } from "../../papers/paper.js";

/** Answers to a request for the text of the paper with that identity. */
export type TextMessage =
  | { readonly type: "text-progress"; readonly paper: string; readonly words: string }
  | {
      readonly type: "text-read";
      readonly paper: string;
      /** All of it, or the first blocks: `text-more` follows. */
      readonly text: PaperText;
      readonly isWhole: boolean;
      readonly address: string;
      /** Marks of the papers in its bibliography, by identity. */
      readonly marks: Readonly<Record<string, number>>;
      /** The block to begin at; "" for the beginning. */
      readonly place: string;
      /** What must be said of it: that it is cut, or has lost its formulas. */
      readonly note: string | null;
    }
  /** Further blocks of a text whose beginning is shown. */
  | {
      readonly type: "text-more";
      readonly paper: string;
      readonly blocks: readonly Block[];
      readonly isLast: boolean;
      /** With the last ones: whether the text ends before the paper does. */
      readonly isTruncated: boolean;
      /** Marks of the papers that these blocks cite. */
      readonly marks: Readonly<Record<string, number>>;
    }
  | { readonly type: "text-failed"; readonly paper: string; readonly reason: string }
  /** What is known of a paper that a text cites. */
  | {
      readonly type: "reference-read";
      readonly paper: string;
      readonly found: { readonly paper: Paper; readonly bits: number };
    };

export type TextEffect =
  /** Reads the text of a paper; answered by messages of `TextMessage`. */
  | {
      readonly type: "read-text";
      readonly paper: string;
      readonly textId: string;
      /** Of a file: what its text is kept under, for when the file is gone. */
      readonly keptId?: string;
    }
  /** Looks for what is known of a paper that a text cites. */
  | { readonly type: "read-reference"; readonly arxiv: string }
  | { readonly type: "stop-reading-text" }
  /** Nobody wants the rest of texts whose beginning is shown. */
  | { readonly type: "stop-filling-text" }
  /** Shows a picture in the desktop's viewer: of a server, or `file:`. `page` is the address of its text. */
  | { readonly type: "show-picture"; readonly address: string; readonly page: string }
  /** Shows a page of this machine in the program that the desktop opens it with. */
  | { readonly type: "show-file"; readonly address: string }
  /** Keeps where the reader left a text: a block's anchor, or "" for its beginning. */
  | { readonly type: "keep-place"; readonly paper: string; readonly title: string; readonly place: string };
