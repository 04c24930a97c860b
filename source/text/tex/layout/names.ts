export const bigOperators = new Set(
  "sum prod coprod bigcup bigcap bigsqcup bigvee bigwedge bigoplus bigotimes bigodot biguplus".split(" "),
);
export const limitNames = new Set(
  "lim max min sup inf limsup liminf argmax argmin det gcd Pr varlimsup varliminf".split(" "),
);
export const textCommands = new Set(
  "text textrm textbf textit textsf texttt mbox hbox operatorname mathrm label ref eqref color textcolor url href".split(
    " ",
  ),
);
export const relations = new Set(
  "leq geq le ge neq ne approx sim simeq equiv propto to rightarrow Rightarrow leftarrow mapsto longrightarrow Longrightarrow iff implies in notin subset subseteq supset supseteq ll gg triangleq coloneqq cong succeq preceq succ prec leftrightarrow Leftrightarrow leqslant geqslant lesssim gtrsim".split(
    " ",
  ),
);
export const operators = new Set("pm mp cup cap oplus otimes wedge vee setminus".split(" "));
export const matrixSigns: Readonly<Record<string, readonly [string, string]>> = {
  pmatrix: ["(", ")"],
  bmatrix: ["[", "]"],
  Bmatrix: ["{", "}"],
  vmatrix: ["|", "|"],
  Vmatrix: ["‖", "‖"],
  psmallmatrix: ["(", ")"],
  bsmallmatrix: ["[", "]"],
  matrix: ["", ""],
  smallmatrix: ["", ""],
  array: ["", ""],
  subarray: ["", ""],
  tabular: ["", ""],
  cases: ["{", ""],
  dcases: ["{", ""],
  rcases: ["", "}"],
};
export const signNames: Readonly<Record<string, string>> = {
  "\\{": "{",
  "\\}": "}",
  "\\lbrace": "{",
  "\\rbrace": "}",
  "\\lbrack": "[",
  "\\rbrack": "]",
  "\\|": "‖",
  "\\Vert": "‖",
  "\\lVert": "‖",
  "\\rVert": "‖",
  "\\vert": "|",
  "\\lvert": "|",
  "\\rvert": "|",
  "\\langle": "⟨",
  "\\rangle": "⟩",
  "\\lceil": "⌈",
  "\\rceil": "⌉",
  "\\lfloor": "⌊",
  "\\rfloor": "⌋",
  "<": "⟨",
  ">": "⟩",
};
