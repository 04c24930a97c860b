/** An element of MathML with its children, or a text node (no name). */
export interface MathNode {
  readonly name: string;
  readonly attributes: string;
  readonly text: string;
  readonly children: readonly MathNode[];
}

/** Special characters of TeX. */
const signs: Readonly<Record<string, string>> = {
  "\\": "\\backslash ",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "{\\text{^}}",
  "~": "∼",
};
/** TeX accents by the character that MathML puts over the base. */
const over: Readonly<Record<string, string>> = {
  "¯": "overline",
  "‾": "overline",
  ˉ: "bar",
  _: "overline",
  "^": "hat",
  ˆ: "hat",
  "~": "tilde",
  "˜": "tilde",
  "∼": "tilde",
  "→": "vec",
  "⃗": "vec",
  "⟶": "vec",
  "˙": "dot",
  ".": "dot",
  "¨": "ddot",
  ˇ: "check",
  "˘": "breve",
  "´": "acute",
  "`": "grave",
  "⏞": "overbrace",
};
const under: Readonly<Record<string, string>> = {
  _: "underline",
  "¯": "underline",
  "‾": "underline",
  "⏟": "underbrace",
};
/** Operators whose limits are written as scripts. */
const operator =
  /^(?:[∑∏∐∫∮⋃⋂⨁⨂⋁⋀]|\\operatorname\{(?:lim|max|min|sup|inf|arg ?max|arg ?min|lim ?sup|lim ?inf)\})$/;
/** The deepest nesting. */
const deepest = 40;

/** The TeX of MathML elements, for `plainTex` to render on one line. https://www.w3.org/TR/mathml-core/ */
export function mathTex(nodes: readonly MathNode[], depth = 0): string {
  if (depth > deepest) return "";
  return nodes.map((node) => nodeTex(node, depth)).join("");
}

function nodeTex(node: MathNode, depth: number): string {
  const { name, attributes, children } = node;
  const parts = () => children.filter((child) => child.name !== "").map((child) => nodeTex(child, depth + 1));
  const all = () => mathTex(children, depth + 1);
  switch (name) {
    case "":
    case "mn":
    case "mo":
    case "ms":
      return escaped(wordsOf(node));
    case "mi":
      return identifier(wordsOf(node));
    case "mtext":
      return `\\text{${escaped(wordsOf(node, false))}}`;
    case "mspace":
      return "\\ ";
    case "annotation":
    case "annotation-xml":
    case "mphantom":
    case "none":
      return "";
    case "mfrac": {
      const [above = "", below] = parts();
      if (below === undefined) return above;
      return /linethickness\s*=\s*["']?0/.test(attributes)
        ? `\\binom{${above}}{${below}}`
        : `\\frac{${above}}{${below}}`;
    }
    case "msqrt":
      return `\\sqrt{${all()}}`;
    case "mroot": {
      const [inner = "", degree = ""] = parts();
      return `\\sqrt[${degree}]{${inner}}`;
    }
    case "msup": {
      const [base = "", raised = ""] = parts();
      return `${grouped(base)}^{${raised}}`;
    }
    case "msub": {
      const [base = "", lowered = ""] = parts();
      return `${grouped(base)}_{${lowered}}`;
    }
    case "msubsup":
    case "munderover": {
      const [base = "", lowered = "", raised = ""] = parts();
      return `${grouped(base)}_{${lowered}}^{${raised}}`;
    }
    case "mover": {
      const [base = "", above = ""] = parts();
      const accent = over[wordsOf(children.filter((child) => child.name !== "")[1])];
      if (accent !== undefined) return `\\${accent}{${base}}`;
      return operator.test(base) ? `${base}^{${above}}` : `\\overset{${above}}{${base}}`;
    }
    case "munder": {
      const [base = "", below = ""] = parts();
      const accent = under[wordsOf(children.filter((child) => child.name !== "")[1])];
      if (accent !== undefined) return `\\${accent}{${base}}`;
      return operator.test(base) ? `${base}_{${below}}` : `\\underset{${below}}{${base}}`;
    }
    case "mmultiscripts":
      return multiscripts(children, depth);
    case "mfenced":
      return fenced(parts(), attributes);
    case "mtable":
      return rows(children, depth);
    default:
      return all();
  }
}

/** The text of an element and its descendants. */
function wordsOf(node: MathNode | undefined, trims = true): string {
  if (node === undefined) return "";
  const text = node.text + node.children.map((child) => wordsOf(child, false)).join("");
  return trims ? text.trim() : text.replace(/\s+/g, " ");
}

function identifier(text: string): string {
  if (/^\p{L}{2,}$/u.test(text)) return `\\operatorname{${text}}`;
  return escaped(text);
}

/** Text with TeX's special characters escaped. Undecoded references (`&alpha;`) stay. */
function escaped(text: string): string {
  return text.replace(/&#?\w{1,30};|[\\{}$&#%_^~]/g, (sign) => signs[sign] ?? sign);
}

/** A base of several characters as a group, so that the script belongs to all of it. */
function grouped(base: string): string {
  return base.length <= 1 || base.startsWith("\\") ? base : `{${base}}`;
}

/** A base with scripts on both sides: ¹⁴C. Pairs of a lower and an upper one; those after `mprescripts` come first. */
function multiscripts(children: readonly MathNode[], depth: number): string {
  const elements = children.filter((child) => child.name !== "");
  const [base, ...scripts] = elements;
  if (base === undefined) return "";
  const split = scripts.findIndex(({ name }) => name === "mprescripts");
  const after = split < 0 ? scripts : scripts.slice(0, split);
  const before = split < 0 ? [] : scripts.slice(split + 1);
  const pairs = (all: readonly MathNode[]) =>
    all
      .map((one, at) => {
        const tex = nodeTex(one, depth + 1);
        return tex === "" ? "" : `${at % 2 === 0 ? "_" : "^"}{${tex}}`;
      })
      .join("");
  return `${before.length > 0 ? `{}${pairs(before)}` : ""}${grouped(nodeTex(base, depth + 1))}${pairs(after)}`;
}

function fenced(parts: readonly string[], attributes: string): string {
  const said = (name: string, otherwise: string) =>
    new RegExp(`\\b${name}\\s*=\\s*["']([^"']{0,20})["']`).exec(attributes)?.[1] ?? otherwise;
  const separators = [...said("separators", ",").replace(/\s/g, "")];
  let inner = "";
  for (const [at, part] of parts.entries()) {
    inner += part;
    if (at < parts.length - 1) inner += escaped(separators[Math.min(at, separators.length - 1)] ?? "");
  }
  return `${escaped(said("open", "("))}${inner}${escaped(said("close", ")"))}`;
}

/** The rows of a table, with semicolons between them, and commas between its cells. */
function rows(children: readonly MathNode[], depth: number): string {
  const elements = (of: readonly MathNode[]) => of.filter(({ name }) => name !== "");
  return elements(children)
    .map((row) =>
      elements(row.children)
        .map((cell) => mathTex([cell], depth + 1))
        .join(","),
    )
    .join(";");
}
