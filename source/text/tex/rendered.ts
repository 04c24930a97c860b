/** A styled span of rendered text. Offsets are UTF-16 offsets. */
export interface TexStyle {
  readonly start: number;
  readonly end: number;
  readonly style: "bold" | "italic" | "code" | "smallcaps";
}

/** A linked span of rendered text. */
export interface TexLink {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

export interface RenderedTex {
  readonly text: string;
  /** Ordered by start, outer spans before inner ones. */
  readonly styles: readonly TexStyle[];
  readonly links: readonly TexLink[];
}
