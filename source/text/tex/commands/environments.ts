/** The text that an environment writes around its content, between its rows and between its columns. */
export interface Environment {
  readonly isMath: boolean;
  readonly open: string;
  readonly close: string;
  readonly row: string;
  readonly column: string;
  /** How many arguments follow its name: the column specification of a table. */
  readonly takes: number;
}

const matrix = (open: string, close: string): Environment => ({
  isMath: true,
  open,
  close,
  row: "; ",
  column: " ",
  takes: 0,
});
const displayed: Environment = { isMath: true, open: " ", close: " ", row: "; ", column: "", takes: 0 };
const prose: Environment = { isMath: false, open: " ", close: " ", row: " ", column: " ", takes: 0 };
const table: Environment = { isMath: false, open: " ", close: " ", row: "; ", column: " ", takes: 1 };

const known = new Map<string, Environment>([
  ["matrix", matrix("(", ")")],
  ["smallmatrix", matrix("(", ")")],
  ["pmatrix", matrix("(", ")")],
  ["psmallmatrix", matrix("(", ")")],
  ["bmatrix", matrix("[", "]")],
  ["Bmatrix", matrix("{", "}")],
  ["vmatrix", matrix("|", "|")],
  ["Vmatrix", matrix("‖", "‖")],
  ["cases", { isMath: true, open: "{", close: "}", row: "; ", column: ", ", takes: 0 }],
  ["dcases", { isMath: true, open: "{", close: "}", row: "; ", column: ", ", takes: 0 }],
  ["rcases", { isMath: true, open: "{", close: "}", row: "; ", column: ", ", takes: 0 }],
  ["array", { isMath: true, open: "", close: "", row: "; ", column: " ", takes: 1 }],
  ["tabular", table],
  ["subarray", { isMath: true, open: "", close: "", row: ", ", column: " ", takes: 1 }],
  ["alignat", { ...displayed, takes: 1 }],
]);
for (const name of "equation align gather multline eqnarray displaymath math aligned gathered split flalign".split(
  " ",
))
  known.set(name, displayed);

/** The environment of a name, with or without a star; unknown ones only group text. */
export function environmentOf(name: string): Environment {
  return known.get(name.endsWith("*") ? name.slice(0, -1) : name) ?? prose;
}
