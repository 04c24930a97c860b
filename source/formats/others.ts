import type { Format } from "./format.js";

/** Every format besides the page; loaded only where a listing is not one. */
export const otherFormats: readonly Format[] = [];
