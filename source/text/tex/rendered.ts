/** A stretch of rendered text that the source sets apart. Offsets are UTF-16 offsets. */
export interface TexStyle {
  readonly start: number;
  readonly end: number;
  readonly style: "bold" | "italic" | "code" | "smallcaps";
}

/** A stretch of rendered text that leads to an address. */
export interface TexLink {
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

export interface RenderedTex {
  readonly text: string;
  /** In the order of their starts, an outer one before those in it. */
  readonly styles: readonly TexStyle[];
  readonly links: readonly TexLink[];
}
