import { Braces, lettersEnd, skipSpaces } from "../scan.js";
import {
  alignedLines,
  type Box,
  beside,
  delimiter,
  emptyBox,
  fraction,
  grid,
  isTall,
  padded,
  root,
  stacked,
  textBox,
  withBaseline,
} from "./box.js";
import { lineOfFormula } from "./line.js";
import {
  bigOperators,
  limitNames,
  matrixSigns,
  operators,
  relations,
  signNames,
  textCommands,
} from "./names.js";
import { closingEnd, closingRight, rowsAndCells, takeArgument, takeOption } from "./source.js";

/** The deepest nesting; deeper constructs are set on one line. */
const deepest = 24;
/**
 * Placeholders for boxes while the line around them is set: Yi syllables, which no formula has. To the
 * typesetter they are letters.
 */
const firstPlace = 0xa000;
const places = 1_165;
/** A placeholder. */
export const placed = /[\ua000-\ua48c]/;

/** Sets a formula as boxes: constructs of several rows become boxes, the line around them is set like any other. */
export class BoxSetter {
  readonly #boxes: Box[] = [];
  isFull = false;

  box(source: string, depth: number): Box {
    const rows = rowsAndCells(source);
    if (rows.length > 1 || (rows[0]?.length ?? 0) > 1) return this.#aligned(rows, depth);
    return this.#line(this.#flat(rows[0]?.[0] ?? "", depth));
  }

  /** Aligned rows, one box each. */
  rows(rows: readonly (readonly string[])[]): Box[] {
    const cells = this.#cells(rows, 0);
    return alignedLines(cells, cells.every((row) => row.length <= 1) ? ["left"] : alternating, gapOfAligned);
  }

  /** The formula of one row in parts, between which a line may break. */
  breakable(source: string): Box[] {
    const text = lineOfFormula(this.#flat(source, 0));
    const parts: string[] = [];
    let from = 0;
    let depth = 0;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text.charAt(at);
      if (/[([{⟨⌈⌊]/.test(sign)) depth += 1;
      else if (/[)\]}⟩⌉⌋]/.test(sign)) depth = Math.max(0, depth - 1);
      else if (
        sign === " " &&
        depth === 0 &&
        /[=<>≤≥≈∼≡∝→⇒+\-−±∈≠≜]/.test(text.charAt(at + 1)) &&
        text.charAt(at + 2) === " "
      ) {
        if (at > from) parts.push(text.slice(from, at + 1));
        from = at + 1;
      }
    }
    parts.push(text.slice(from));
    return parts.map((part) => this.#composed(part));
  }

  #line(flat: string): Box {
    return this.#composed(lineOfFormula(flat));
  }

  /** A set line with its placeholders replaced by their boxes. */
  #composed(text: string): Box {
    const boxes: Box[] = [];
    let run = "";
    for (const sign of text) {
      const box = placed.test(sign) ? this.#boxes[sign.charCodeAt(0) - firstPlace] : undefined;
      if (!box) {
        run += sign;
        continue;
      }
      if (run !== "") boxes.push(textBox(run));
      run = "";
      boxes.push(box);
    }
    if (run !== "") boxes.push(textBox(run));
    return beside(boxes);
  }

  #place(box: Box): string {
    if (this.#boxes.length >= places) {
      this.isFull = true;
      return " ";
    }
    this.#boxes.push(box);
    return String.fromCharCode(firstPlace + this.#boxes.length - 1);
  }

  /** The source with a placeholder for every construct of several rows. */
  #flat(source: string, depth: number, before = ""): string {
    if (depth > deepest) return source;
    const braces = new Braces(source);
    let out = before;
    let groups = 0;
    for (let at = 0; at < source.length; ) {
      const sign = source.charAt(at);
      if (sign === "\\") {
        const [written, next] = this.#command(source, braces, at, depth, out);
        out += written;
        at = next;
        continue;
      }
      if (sign === "^" || sign === "_") {
        const [written, next] = this.#scripts(source, braces, at, out);
        out += written;
        at = next;
        continue;
      }
      if (sign === "{") groups += 1;
      else if (sign === "}") groups -= 1;
      const isBinary =
        (sign === "+" || sign === "-") &&
        /[\p{L}\p{N})\]}'!|.]\s*$/u.test(out) &&
        !/\\[A-Za-z]+\s*$/.test(out);
      const isRelation =
        /[=<>]/.test(sign) &&
        !/[=<>:!]\s*$/.test(out) &&
        out.trim() !== "" &&
        !/[=<>]/.test(source.charAt(at + 1));
      out += groups === 0 && (isBinary || isRelation) ? ` ${sign} ` : sign;
      at += 1;
    }
    return out;
  }

  /** The box of a command, and where the source continues. */
  #command(source: string, braces: Braces, at: number, depth: number, out: string): [string, number] {
    const end = lettersEnd(source, at + 1, source.length);
    const name = source.slice(at + 1, end);
    if (name === "") return [source.slice(at, at + 2), at + 2];
    const inner = (text: string) => this.box(text, depth + 1);
    if (/^[dtc]?frac$/.test(name) || /^[dt]?binom$/.test(name)) {
      const start = name === "cfrac" ? (takeOption(source, braces, end)?.next ?? end) : end;
      const above = takeArgument(source, braces, start);
      const below = above && takeArgument(source, braces, above.next);
      if (!above || !below) return [source.slice(at, end), end];
      if (name.endsWith("binom")) {
        const pair = withBaseline(stacked([inner(above.text), textBox(" "), inner(below.text)], 1), 1);
        return [this.#place(beside([delimiter("(", pair), pair, delimiter(")", pair)])), below.next];
      }
      return [this.#place(fraction(inner(above.text), inner(below.text))), below.next];
    }
    if (name === "sqrt") {
      const degree = takeOption(source, braces, end);
      const argument = takeArgument(source, braces, degree?.next ?? end);
      const box = argument && inner(argument.text);
      if (!argument || !box) return [source.slice(at, end), end];
      if (!isTall(box)) return [source.slice(at, argument.next), argument.next];
      return [this.#place(root(box, degree ? lineOfFormula(degree.text) : "")), argument.next];
    }
    if (name === "left") return this.#fenced(source, end, depth);
    if (name === "begin") return this.#environment(source, braces, end, depth);
    if (bigOperators.has(name) || limitNames.has(name))
      return this.#limits(source, braces, end, `\\${name}`, depth);
    if (name === "operatorname" && source.charAt(end) === "*") {
      const argument = takeArgument(source, braces, end + 1);
      if (argument)
        return this.#limits(source, braces, argument.next, `\\operatorname{${argument.text}}`, depth);
    }
    if (/^(?:over|under)set$|^stackrel$/.test(name)) {
      const first = takeArgument(source, braces, end);
      const base = first && takeArgument(source, braces, first.next);
      if (!first || !base) return [source.slice(at, end), end];
      const line = textBox(lineOfFormula(first.text));
      const middle = inner(base.text);
      const box = name === "underset" ? stacked([middle, line], 0) : stacked([line, middle], 1);
      const isRelation = middle.width <= 2;
      return [isRelation ? ` ${this.#place(box)} ` : this.#place(box), base.next];
    }
    if (/^(?:over|under)brace$/.test(name)) return this.#braced(source, braces, end, name, depth);
    if (textCommands.has(name)) {
      const argument = takeArgument(source, braces, end);
      const next = argument?.next ?? end;
      return [source.slice(at, next), next];
    }
    if ((relations.has(name) || operators.has(name)) && out.trim() !== "")
      return [`${/\s$/.test(out) ? "" : " "}\\${name} `, skipSpaces(source, end, source.length)];
    if (name === "displaystyle" || name === "textstyle" || name === "limits" || name === "nolimits")
      return [/[A-Za-z]$/.test(out) ? " " : "", end];
    return [source.slice(at, end), end];
  }

  /** An operator with its limits above and below. */
  #limits(source: string, braces: Braces, end: number, name: string, depth: number): [string, number] {
    let at = end;
    let above: string | null = null;
    let below: string | null = null;
    for (;;) {
      const from = skipSpaces(source, at, source.length);
      const limits = /^\\(?:no)?limits(?![A-Za-z])/.exec(source.slice(from, from + 10));
      if (limits) {
        at = from + limits[0].length;
        continue;
      }
      const sign = source.charAt(from);
      if (sign !== "^" && sign !== "_") break;
      const argument = takeArgument(source, braces, from + 1);
      if (!argument || (sign === "^" ? above : below) !== null) break;
      if (sign === "^") above = argument.text;
      else below = argument.text;
      at = argument.next;
    }
    if (above === null && below === null) return [`${name} `, end];
    const rows = [...(above === null ? [] : [this.#limit(above, depth)]), textBox(lineOfFormula(name))];
    const on = rows.length - 1;
    if (below !== null) rows.push(this.#limit(below, depth));
    return [`${this.#place(stacked(rows, on))} `, at];
  }

  /** A limit: on one line, or on several with `\substack`. */
  #limit(text: string, depth: number): Box {
    const substack = /^\s*\\substack\s*\{([\s\S]*)\}\s*$/.exec(text);
    const array =
      /^\s*\\begin\{(?:subarray|array)\}(?:\[[^\]]*\])?\{[^}]*\}([\s\S]*)\\end\{(?:subarray|array)\}\s*$/.exec(
        text,
      );
    const lines = substack ?? array;
    if (!lines || depth > deepest) return textBox(lineOfFormula(text));
    const rows = rowsAndCells(lines[1] as string).map((row) => textBox(lineOfFormula(row.join(""))));
    return rows.length > 0 ? stacked(rows, 0) : emptyBox;
  }

  /** Scripts: in Unicode's characters if they exist, else in a row above and one below. */
  #scripts(source: string, braces: Braces, from: number, out: string): [string, number] {
    let at = from;
    let above: string | null = null;
    let below: string | null = null;
    for (;;) {
      const sign = source.charAt(at);
      if (sign !== "^" && sign !== "_") break;
      const argument = takeArgument(source, braces, at + 1);
      if (!argument || (sign === "^" ? above : below) !== null) break;
      if (sign === "^") above = argument.text;
      else below = argument.text;
      at = argument.next;
    }
    if (at === from) return [source.charAt(from), from + 1];
    const base = out.at(-1) ?? "";
    const box = placed.test(base) ? this.#boxes[base.charCodeAt(0) - firstPlace] : undefined;
    const isHigh = box !== undefined && isTall(box);
    const raw = source.slice(from, at);
    if (!isHigh && !/[\^_]/.test(lineOfFormula(`x${raw}`))) return [raw, at];
    const raised = above === null ? null : textBox(lineOfFormula(above));
    const lowered = below === null ? null : textBox(lineOfFormula(below));
    const up = raised ? Math.max(1, isHigh ? (box as Box).baseline : 1) : 0;
    const down = lowered ? Math.max(1, isHigh ? (box as Box).rows.length - 1 - (box as Box).baseline : 1) : 0;
    const width = Math.max(raised?.width ?? 0, lowered?.width ?? 0);
    const rows = Array.from({ length: up + down + 1 }, (_, y) => {
      if (y === 0 && raised) return padded(raised.rows[0] as string, width, "left");
      if (y === up + down && lowered) return padded(lowered.rows[0] as string, width, "left");
      return " ".repeat(width);
    });
    return [this.#place({ rows, baseline: up, width }), at];
  }

  /** `\left( … \right)`: delimiters as high as their content. */
  #fenced(source: string, end: number, depth: number): [string, number] {
    const close = closingRight(source, end);
    const open = signAt(source, end);
    if (close < 0 || !open) return ["", end];
    const after = signAt(source, close + 6) ?? { sign: "", raw: ".", next: close + 6 };
    const content = source.slice(open.next, close).replace(/\\middle(?![A-Za-z])/g, "");
    const box = this.box(content, depth + 1);
    if (!isTall(box)) {
      const flat = this.#flat(content, depth + 1);
      if (!placed.test(flat)) return [`\\left${open.raw}${flat}\\right${after.raw}`, after.next];
      return [this.#place(beside([textBox(open.sign), box, textBox(after.sign)])), after.next];
    }
    return [this.#place(beside([delimiter(open.sign, box), box, delimiter(after.sign, box)])), after.next];
  }

  #environment(source: string, braces: Braces, end: number, depth: number): [string, number] {
    const named = takeArgument(source, braces, end);
    const close = named ? closingEnd(source, named.next) : -1;
    if (!named || close < 0) return ["", named?.next ?? end];
    const after = takeArgument(source, braces, close + 4)?.next ?? close + 4;
    const name = named.text.replace(/\*$/, "");
    let start = takeOption(source, braces, named.next)?.next ?? named.next;
    let columns = "";
    if (/^(?:array|subarray|tabular|alignedat|alignat)$/.test(name)) {
      const spec = takeArgument(source, braces, start);
      columns = spec?.text ?? "";
      start = spec?.next ?? start;
    }
    const content = source.slice(start, close);
    const signs = matrixSigns[name];
    if (!signs) return [this.#place(this.#aligned(rowsAndCells(content), depth + 1)), after];
    const cells = rowsAndCells(content).map((row) =>
      row.map((cell) => this.#line(this.#flat(cell, depth + 1))),
    );
    const isCases = /cases$/.test(name);
    const aligns = isCases ? (["left"] as const) : alignsOf(columns);
    const box = grid(cells, aligns, () => 2);
    const gap = isCases ? textBox(" ") : emptyBox;
    return [this.#place(beside([delimiter(signs[0], box), gap, box, delimiter(signs[1], box)])), after];
  }

  /** Rows aligned at their relation: columns are right and left in turn. */
  #aligned(rows: readonly (readonly string[])[], depth: number): Box {
    const cells = this.#cells(rows, depth);
    if (cells.every((row) => row.length <= 1)) {
      const box = stacked(
        cells.map((row) => row[0] ?? emptyBox),
        0,
        "left",
      );
      return withBaseline(box, Math.floor((box.rows.length - 1) / 2));
    }
    return grid(cells, alternating, gapOfAligned);
  }

  #cells(rows: readonly (readonly string[])[], depth: number): Box[][] {
    return rows.map((row) => row.map((cell, x) => this.#cell(cell, x, depth)));
  }

  #cell(cell: string, x: number, depth: number): Box {
    // A cell with its own rows is a `multline` or a split without its environment.
    if (depth < deepest && rowsAndCells(cell).length > 1) return this.box(cell, depth + 1);
    // A cell after `&` has a left side in the cell before, so its relation is a binary one.
    return this.#line(this.#flat(cell, depth + 1, x % 2 === 1 ? this.#place(emptyBox) : ""));
  }

  #braced(source: string, braces: Braces, end: number, name: string, depth: number): [string, number] {
    const argument = takeArgument(source, braces, end);
    if (!argument) return ["", end];
    const inner = this.box(argument.text, depth + 1);
    const isOver = name === "overbrace";
    const from = skipSpaces(source, argument.next, source.length);
    const script =
      source.charAt(from) === (isOver ? "^" : "_") ? takeArgument(source, braces, from + 1) : null;
    const line = Math.max(2, inner.width) - 2;
    const left = "─".repeat(Math.floor(line / 2));
    const right = "─".repeat(line - Math.floor(line / 2));
    const note = script ? [textBox(lineOfFormula(script.text))] : [];
    const box = isOver
      ? stacked([...note, textBox(`╭${left}${right}╮`), inner], note.length + 1)
      : stacked([inner, textBox(`╰${left}${right}╯`), ...note], 0);
    return [this.#place(box), script?.next ?? argument.next];
  }
}

/** The columns of an alignment are right and left in turn. */
const alternating = Array.from({ length: 20 }, (_, x) => (x % 2 === 0 ? "right" : "left")) as readonly (
  | "right"
  | "left"
)[];
const gapOfAligned = (column: number): number => (column % 2 === 1 ? 3 : 0);

/** The delimiter at `at`: its character, its source, and where the source continues. */
function signAt(source: string, at: number): { sign: string; raw: string; next: number } | null {
  const from = skipSpaces(source, at, source.length);
  const one = source.charAt(from);
  if (one === "") return null;
  // LaTeXML writes `\left\{` and also `\bigl{(}`.
  if (one === "{" && source.charAt(from + 2) === "}") {
    const sign = source.charAt(from + 1);
    return { sign, raw: sign, next: from + 3 };
  }
  if (one !== "\\") return { sign: signNames[one] ?? one, raw: one, next: from + 1 };
  const end = Math.max(from + 2, lettersEnd(source, from + 1, source.length));
  const raw = source.slice(from, end);
  return { sign: signNames[raw] ?? lineOfFormula(raw), raw, next: end };
}

function alignsOf(columns: string): ("left" | "center" | "right")[] {
  const found = [...columns.replace(/\{[^}]*\}/g, "")].flatMap((one) =>
    one === "l"
      ? ["left" as const]
      : one === "r"
        ? ["right" as const]
        : one === "c"
          ? ["center" as const]
          : [],
  );
  return found.length > 0 ? found : ["center"];
}
