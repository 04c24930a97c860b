import { type Cell, type CellStyle, partsOf } from "./cells.js";
import type { Scroll } from "./scroll.js";

const plain: CellStyle = { sgr: "", link: "", showsOnBlank: false };

/** Collects output and tracks the position and style of the cursor. */
export class RunWriter {
  #text = "";
  #x = -1;
  #y = -1;
  #style = plain;
  /** Whether the terminal may have moved its cursor by another width. */
  #unsure = false;

  clear(): void {
    this.#text += "\x1b[m\x1b[H\x1b[2J";
    this.#x = 0;
    this.#y = 0;
  }

  /**
   * Scrolls part of the screen, with sequences that every terminal since the VT100 supports: DECSTBM, IND and
   * RI.
   */
  scroll({ top, bottom, by }: Scroll): void {
    this.#text += `\x1b[${top + 1};${bottom + 1}r`;
    this.#text +=
      by > 0 ? `\x1b[${bottom + 1}H${"\x1bD".repeat(by)}` : `\x1b[${top + 1}H${"\x1bM".repeat(-by)}`;
    // Resetting the region moves the cursor to the top left.
    this.#text += "\x1b[r";
    this.#x = 0;
    this.#y = 0;
  }

  moveTo(x: number, y: number): void {
    if (y === this.#y && x === this.#x) return;
    if (y === this.#y && this.#x >= 0 && x > this.#x && !this.#unsure)
      this.#text += x - this.#x === 1 ? "\x1b[C" : `\x1b[${x - this.#x}C`;
    else this.#text += x === 0 ? `\x1b[${y + 1}H` : `\x1b[${y + 1};${x + 1}H`;
    this.#unsure = false;
    this.#x = x;
    this.#y = y;
  }

  /** A blank fits any style that is not visible on it. */
  put({ text, style, isDoubtful }: Cell, isBlank: boolean): void {
    if (text === "") {
      this.#x += this.#x < 0 ? 0 : 1;
      return;
    }
    if (this.#x < 0) throw new Error("a cell has no place");
    if (this.#unsure) this.#text += `\x1b[${this.#y + 1};${this.#x + 1}H`;
    this.#unsure = false;
    if (!isBlank || this.#style.showsOnBlank) this.#switchTo(style);
    this.#text += text;
    this.#x += 1;
    // Only the terminal knows the cursor's position now: the next run sets it.
    if (isDoubtful) this.#unsure = true;
  }

  eraseFrom(x: number, y: number): void {
    this.moveTo(x, y);
    if (this.#unsure) this.#text += `\x1b[${this.#y + 1};${this.#x + 1}H`;
    this.#unsure = false;
    if (this.#style.showsOnBlank) this.#switchTo(plain);
    this.#text += "\x1b[K";
  }

  finish(): string {
    this.#switchTo(plain);
    return this.#text;
  }

  #switchTo(style: CellStyle): void {
    if (style === this.#style) return;
    if (style.link !== this.#style.link) this.#text += `\x1b]8;;${style.link}\x1b\\`;
    if (style.sgr !== this.#style.sgr) this.#text += styleChange(this.#style.sgr, style.sgr);
    this.#style = style;
  }
}

/** The shortest sequence from one style to another: a full reset, or the differences. */
function styleChange(from: string, to: string): string {
  if (to === "") return "\x1b[m";
  const whole = from === "" ? to : `0;${to}`;
  const [before, after] = [partsOf(from), partsOf(to)];
  // A colour that is replaced need not be ended.
  const ended = before.filter((part) => !after.some((one) => kindOf(one) === kindOf(part)));
  const ends = new Set(ended.map(endOf));
  const stays = (part: string) => before.includes(part) && !ends.has(endOf(part));
  const changed = [...ends, ...after.filter((part) => !stays(part))].join(";");
  return `\x1b[${changed.length < whole.length ? changed : whole}m`;
}

/** Parameters of which only one applies at a time: a text colour, a background. */
function kindOf(part: string): string {
  if (part.length === 1) return part;
  return /^(?:4|10)/.test(part) ? "background" : "text";
}

/** The parameter that ends it (ECMA-48, 8.3.117): 22 ends both bold and dim. */
function endOf(part: string): string {
  const kind = kindOf(part);
  if (kind === "text") return "39";
  if (kind === "background") return "49";
  if (part === "1") return "22";
  return part === "6" ? "25" : `2${part}`;
}
