import type { Hint } from "../keys/keymap.js";

/** Everything a key can do in an open text. */
export type TextCommand =
  | "down"
  | "up"
  | "half-down"
  | "half-up"
  | "page-down"
  | "page-up"
  | "first"
  | "last"
  | "go-to"
  | "percent"
  | "next"
  | "previous"
  | "left"
  | "right"
  | "next-link"
  | "previous-link"
  | "follow"
  | "return"
  | "contents"
  | "search"
  | "star"
  | "later"
  | "undo"
  | "redo"
  | "copy"
  | "source"
  | "page"
  | "pdf"
  | "unfold"
  | "read"
  | "help"
  | "leave";

export interface TextBinding {
  readonly keys: readonly string[];
  readonly command: TextCommand;
  readonly help: string;
  readonly hint?: Hint;
}

/** The keys of an open text: the help, the footer and the documents are made from this table. */
export const textKeymap: readonly TextBinding[] = [
  { keys: ["j", "down"], command: "down", help: "a line down", hint: { words: "scroll", rank: 1 } },
  { keys: ["k", "up"], command: "up", help: "a line up" },
  { keys: ["space", "pagedown", "ctrl-f"], command: "page-down", help: "a page down" },
  { keys: ["b", "pageup", "ctrl-b"], command: "page-up", help: "a page up" },
  { keys: ["ctrl-d"], command: "half-down", help: "half a page down" },
  { keys: ["ctrl-u"], command: "half-up", help: "half a page up" },
  { keys: ["g", "home"], command: "first", help: "to the beginning" },
  { keys: ["G", "end"], command: "last", help: "to the end; with a count, to that row" },
  { keys: ["%"], command: "percent", help: "with a count, to that percentage: 50%" },
  { keys: [":"], command: "go-to", help: "to a row or a percentage that you type: :120, :50%" },
  {
    keys: ["n"],
    command: "next",
    help: "next section, or match of the search",
    hint: { words: "section", rank: 6 },
  },
  { keys: ["N"], command: "previous", help: "previous section or match" },
  {
    keys: ["h", "left"],
    command: "left",
    help: "wide tables and code to the left",
    // Shown only where something is wider than the screen.
    hint: { words: "sideways", rank: 2.5 },
  },
  { keys: ["l", "right"], command: "right", help: "wide tables and code to the right" },
  {
    keys: ["tab"],
    command: "next-link",
    help: "next link, citation or reference",
    hint: { words: "link", rank: 5 },
  },
  { keys: ["shift-tab"], command: "previous-link", help: "previous link" },
  {
    keys: ["enter"],
    command: "follow",
    help: "follow the link; a citation opens the paper it cites",
    hint: { words: "follow", rank: 7 },
  },
  {
    keys: ["backspace"],
    command: "return",
    help: "back to the place before a link, a search or another jump",
    hint: { words: "place before", rank: 8 },
  },
  {
    keys: ["'"],
    command: "contents",
    help: "contents: sections; type to filter, Enter goes there; '' back to the place before a jump, and forth again",
    hint: { words: "contents", rank: 3 },
  },
  {
    keys: ["/"],
    command: "search",
    help: "search the text; Enter keeps it, Esc clears it",
    hint: { words: "search", rank: 4 },
  },
  {
    keys: ["s"],
    command: "star",
    help: "star the paper that the chosen link cites, or this one",
    hint: { words: "star", rank: 9 },
  },
  { keys: ["L"], command: "later", help: "the same, for Later" },
  { keys: ["u"], command: "undo", help: "undo the last mark; one of an earlier visit is named first" },
  { keys: ["ctrl-r"], command: "redo", help: "redo what u undid" },
  { keys: ["y"], command: "copy", help: "copy: then y the paragraph, t the TeX of the equation" },
  { keys: ["x"], command: "source", help: "formulas as TeX, or as signs" },
  { keys: ["z"], command: "unfold", help: "show or hide affiliations and notes of the authors" },
  { keys: ["o"], command: "page", help: "open the page in the browser, at this place" },
  { keys: ["O"], command: "pdf", help: "open the PDF" },
  { keys: ["f"], command: "read", help: "read the text of a paper opened from a reference" },
  { keys: ["?", "f1"], command: "help", help: "every key" },
  {
    keys: ["q", "escape"],
    command: "leave",
    help: "back to the list, or to the paper it was opened from; Esc first leaves a link or a search, and goes back from a jump",
    hint: { words: "back", rank: 2 },
  },
];

const commands = new Map(
  textKeymap.flatMap(({ keys, command }) => keys.map((key) => [key, command] as const)),
);

/** The command of a key in an open text; `null` where it has none. */
export function textCommandOf(key: string): TextCommand | null {
  return commands.get(key) ?? null;
}
