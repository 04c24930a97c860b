import type { Problem } from "../../papers/listing.js";
import { eachLine } from "../fields/lines.js";

/** An entry of a RIS file as written. */
export interface RisEntry {
  /** Line in the source, from 1. */
  readonly line: number;
  /** The value of TY; "" if there is none. */
  readonly type: string;
  /** All other fields in order; the lines of a value are joined by line feeds. */
  readonly fields: readonly (readonly [tag: string, value: string])[];
}

// Not `.*`: publishers put U+2028 in titles, and a dot does not match it.
const strictLine = /^([A-Z][A-Z0-9]{1,5}) {2}- ?([^\n]*)$/;
/** As some scripts write it. Only known tags are accepted here, too. */
const lowerCaseLine = /^([a-z][a-z0-9]) {2}- ?([^\n]*)$/i;
/**
 * With one space, three, or a tab. Only known tags are accepted, because a line of text may look the same.
 */
const looseLine = /^([A-Za-z][A-Za-z0-9])(?:[ \t]{1,4}[-–]|-)(?:[ \t]|$)[ \t]?([^\n]*)$/;
const tags: ReadonlySet<string> = new Set(
  "A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED EP ER ET H1 H2 ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RI RN RP SE SN SP ST T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2".split(
    " ",
  ),
);
/** Begins an entry, whatever its spacing and case. */
const typeLine = /^[ \t]*TY(?:[ \t]{1,4}[-–]|-)[ \t]{0,4}[A-Z]{2,10}[ \t]*$/i;
const spacedLine = /^[A-Z][A-Z0-9]{1,5} {2}-/i;

interface Open {
  line: number;
  /** `null` until its TY is found; some files put it after other fields. */
  type: string | null;
  readonly fields: [string, string][];
  /** How many fields came before its TY. */
  before: number;
}

/**
 * The entries of a RIS file: from TY, or from fields before it, to ER. A line without a tag continues the
 * previous one. Text between entries is ignored.
 */
export function readRis(text: string): { entries: RisEntry[]; problems: Problem[] } {
  const entries: RisEntry[] = [];
  const problems: Problem[] = [];
  let open: Open | null = null;
  let isLoose = false;
  const finish = () => {
    const found = open;
    open = null;
    if (found !== null) entries.push(...partsOf(found, problems));
  };
  eachLine(text, (line, number) => {
    if (typeLine.test(line)) isLoose = !spacedLine.test(line.trimStart());
    const [tag, value] = tagged(line, isLoose);
    if (tag === "TY") {
      // The entry before may lack its ER, so the beginning of the next one also ends it.
      if (open !== null && open.type !== null) finish();
      open ??= { line: number, type: null, fields: [], before: 0 };
      open.type = value.trim().toUpperCase();
      open.before = open.fields.length;
    } else if (tag === "ER") finish();
    else if (tag !== "") {
      open ??= { line: number, type: null, fields: [], before: 0 };
      open.fields.push([tag, value]);
    } else if (line.trim() !== "") {
      const last = (open as Open | null)?.fields.at(-1);
      if (last) last[1] += `\n${line}`;
    }
  });
  const last = open as Open | null;
  finish();
  if (last !== null && last.type !== null) {
    const message = "the file ends before the end (ER) of this entry: it may be cut off";
    problems.push({ line: last.line, message });
  }
  return { entries, problems };
}

/** A line's tag in upper case and its value; an empty tag for a line of text. */
function tagged(line: string, isLoose: boolean): readonly [tag: string, value: string] {
  const trimmed = line.trimStart();
  const strict = strictLine.exec(trimmed);
  if (strict) return [strict[1] as string, safe(strict[2] as string)];
  if (/^ER[ \t]{0,4}-?\s*$/.test(trimmed)) return ["ER", ""];
  const lower = lowerCaseLine.exec(trimmed);
  const known = lower?.[1]?.toUpperCase() ?? "";
  if (tags.has(known)) return [known, safe(lower?.[2] ?? "")];
  // Loose spacing is accepted only after a line that begins an entry has it; elsewhere it is probably text.
  if (!isLoose && !typeLine.test(line)) return ["", ""];
  const loose = looseLine.exec(trimmed);
  const tag = loose?.[1]?.toUpperCase() ?? "";
  return tags.has(tag) ? [tag, safe(loose?.[2] ?? "")] : ["", ""];
}

/** A value without characters that could move a terminal's cursor. */
function safe(value: string): string {
  return value.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]+/g, "");
}

const isTitle = ([tag]: readonly [string, string]) => /^(?:TI|T1)$/.test(tag);

/**
 * Splits an entry in two if both the fields before its TY and those after it have a title: the first ones
 * are an entry without a TY. Fields that have no title and no TY after them are dropped and reported.
 */
function partsOf({ line, type, fields, before }: Open, problems: Problem[]): RisEntry[] {
  if (type === null) {
    if (fields.some(isTitle)) return [{ line, type: "", fields }];
    problems.push({ line, message: "fields outside of an entry were skipped" });
    return [];
  }
  const [first, rest] = [fields.slice(0, before), fields.slice(before)];
  if (!first.some(isTitle) || !rest.some(isTitle)) return [{ line, type, fields }];
  return [
    { line, type: "", fields: first },
    { line, type, fields: rest },
  ];
}
