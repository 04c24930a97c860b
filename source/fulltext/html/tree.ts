import { Parser } from "htmlparser2";
import { type ClassKind, classKind, type Element, element, isVoid, noClasses } from "./element.js";
import { FormulaReader } from "./formula.js";
import { Stack } from "./stack.js";

export interface Page {
  readonly root: Element;
  readonly title: string;
  /** `<base href>`. */
  readonly base: string | null;
  /** Whether the end of the document was missing. */
  readonly isCut: boolean;
  /** Whether an error mark says that the conversion broke off. */
  readonly hasFailed: boolean;
  /** Whether LaTeXML made the page. */
  readonly isLatexml: boolean;
  /** Whether it is arXiv's page about a paper and not the paper. */
  readonly isAbstractPage: boolean;
  /** Whether it asks for something, as a login page does. */
  readonly hasForm: boolean;
}

/** The deepest level of the tree; deeper elements become siblings of their parent. */
const deepest = 160;

/** Most pages are less deep, and arrays are faster for them. */
const usualDepth = 400;
const stackNames = ["stack", "foreignContext"] as const;

const skippedNames = new Set(
  "script style svg nav footer dialog button noscript template form select textarea input iframe object audio video canvas".split(
    " ",
  ),
);
/**
 * Reads HTML, however broken, into a small tree: navigation, scripts, pictures that are drawn and error
 * marks are left out, and a formula is one element `math` with its TeX. Streams through htmlparser2, which
 * knows the elements that need no closing tag. Never throws.
 */
export class PageReader {
  readonly #root: Element = element("root", {});
  readonly #open: Element[] = [this.#root];
  /** What was found of the classes so far: a page has few. */
  readonly #kinds = new Map<string, ClassKind>();
  /** Elements beyond the deepest level that are open. */
  #beyond = 0;
  /** How many elements are open within one that is left out. */
  #skipping = 0;
  #error = "";
  #inError = false;
  #math: FormulaReader | null = null;
  /** The TeX of a script that MathJax reads, while one is open. */
  #script: { tex: string; readonly display: string } | null = null;
  /** Whether MathJax's formulas have their TeX as a label: then its scripts say the same again. */
  #hasLabels = false;
  #titleText = "";
  #inTitle = false;
  #base: string | null = null;
  #isCut = true;
  #hasFailed = false;
  #isLatexml = false;
  #isAbstractPage = false;
  #hasForm = false;
  readonly #isXml: boolean;
  readonly #parser: Parser;
  /** Elements of htmlparser2 that are open. */
  #depth = 0;
  /** The parser's stacks, once a page is deeper than pages are. */
  #stacks: Record<(typeof stackNames)[number], Stack<unknown>> | null = null;

  /** `isXml`: elements are as they are written and none closes itself, as in JATS. */
  constructor(isXml = false) {
    this.#isXml = isXml;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => {
          this.#depth += 1;
          if (this.#depth > usualDepth && this.#stacks === null) this.#makeStacks();
          this.#opened(name.replace(/^mml:/, ""), attributes);
        },
        ontext: (text) => this.#text(text),
        onclosetag: (name, isImplied) => {
          this.#depth -= 1;
          this.#closed(name.replace(/^mml:/, ""), isImplied);
        },
      },
      { decodeEntities: true, xmlMode: isXml },
    );
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  end(): Page {
    // The end goes through what is still open by index.
    if (this.#stacks)
      for (const name of stackNames) Reflect.set(this.#parser, name, this.#stacks[name].toArray());
    this.#parser.end();
    return {
      root: this.#root,
      title: this.#titleText,
      base: this.#base,
      isCut: this.#isCut,
      hasFailed: this.#hasFailed,
      isLatexml: this.#isLatexml,
      isAbstractPage: this.#isAbstractPage,
      hasForm: this.#hasForm,
    };
  }

  /**
   * The parser's own stacks are arrays with the innermost first: each step costs the depth, so a page of elements
   * in elements took time in the square of its length.
   */
  #makeStacks(): void {
    const made = (name: string) => new Stack<unknown>(Reflect.get(this.#parser, name));
    this.#stacks = { stack: made("stack"), foreignContext: made("foreignContext") };
    for (const name of stackNames) Reflect.set(this.#parser, name, this.#stacks[name]);
  }

  #opened(name: string, attributes: Record<string, string>): void {
    if (this.#math) {
      this.#math.opened(name, attributes);
      return;
    }
    if (name === "title" && !this.#isXml && !this.#titleText) this.#inTitle = true;
    if (name === "base" && !this.#isXml) this.#base ??= attributes.href ?? null;
    if (this.#skipping > 0) {
      this.#skipping += this.#isVoid(name) ? 0 : 1;
      return;
    }
    if (name === "head") return;
    const one = this.#element(name, attributes);
    this.#note(one);
    if (skippedNames.has(name) || this.#kindOf(attributes.class).isSkipped) {
      this.#inError = one.classes.includes("ltx_ERROR");
      if (name === "script" && attributes.type?.startsWith("math/tex") && !this.#hasLabels)
        this.#script = { tex: "", display: /mode=display/.test(attributes.type) ? "block" : "inline" };
      this.#skipping = this.#isVoid(name) ? 0 : 1;
      return;
    }
    if (!this.#isXml && /^(?:meta|link|base|title)$/.test(name)) return;
    if (name === "math") {
      this.#math = new FormulaReader(attributes);
      return;
    }
    const label = attributes["aria-label"];
    if (
      label !== undefined &&
      one.classes.some((found) => /^(?:mjx-math|MathJax|mjx-container)$/.test(found))
    ) {
      this.#hasLabels = true;
      this.#add(element("math", { tex: label }));
      this.#skipping = 1;
      return;
    }
    // MathJax draws a formula in these elements; its content is in MathML or a script beside them.
    if (name === "mjx-math" || one.classes.includes("MathJax")) {
      this.#skipping = 1;
      return;
    }
    if (this.#isVoid(name)) this.#add(one);
    else if (this.#open.length < deepest) {
      this.#add(one);
      this.#open.push(one);
    } else {
      // Its text goes to its parent, so it must not be a cell or a title, which would be read as empty.
      const { id } = attributes;
      this.#add(element(one.isBlock ? "div" : "span", id === undefined ? {} : { id }));
      this.#beyond += 1;
    }
  }

  /** What an element says of the page as a whole. */
  #note({ name, attributes, classes }: Element): void {
    if (!this.#isLatexml && classes.some((found) => found.startsWith("ltx_"))) this.#isLatexml = true;
    if (name === "meta" && attributes.name === "citation_arxiv_id") this.#isAbstractPage = true;
    if (name === "form" || name === "input") this.#hasForm = true;
    if (classes.includes("abstract") && classes.includes("mathjax")) this.#isAbstractPage = true;
  }

  #text(text: string): void {
    if (this.#math) {
      this.#math.text(text);
      return;
    }
    if (this.#inTitle && this.#titleText.length < 1_000) this.#titleText += text;
    if (this.#skipping > 0) {
      if (this.#script) this.#script.tex += text;
      if (this.#inError && this.#error.length < 400) this.#error += text;
      return;
    }
    if (this.#inTitle) return;
    const { children } = this.#open.at(-1) as Element;
    const last = children.length - 1;
    if (typeof children[last] === "string") children[last] += text;
    else children.push(text);
  }

  #closed(name: string, isImplied: boolean): void {
    if (name === "html" || name === "article") this.#isCut = this.#isCut && isImplied;
    if (this.#math) {
      if (!this.#math.closed(name)) return;
      this.#add(this.#math.finish());
      this.#math = null;
      return;
    }
    if (name === "title") this.#inTitle = false;
    if (this.#isVoid(name)) return;
    if (this.#skipping > 0) {
      this.#skipping -= 1;
      if (this.#skipping === 0 && this.#inError) this.#endError();
      if (this.#skipping === 0 && this.#script) {
        this.#add(element("math", { ...this.#script }));
        this.#script = null;
      }
      return;
    }
    if (!this.#isXml && (name === "head" || name === "title")) return;
    if (this.#beyond > 0) {
      this.#beyond -= 1;
      return;
    }
    const closed = this.#open.at(-1) as Element;
    if (this.#open.length === 1) return;
    this.#open.pop();
    if (closed.isBlock) (this.#open.at(-1) as Element).isBlock = true;
  }

  #endError(): void {
    if (/Fatal error|truncated or damaged/i.test(this.#error)) this.#hasFailed = true;
    this.#error = "";
    this.#inError = false;
  }

  #kindOf(given: string | undefined): ClassKind {
    if (given === undefined) return noClasses;
    let kind = this.#kinds.get(given);
    if (kind === undefined) {
      kind = classKind(given);
      // A page that has another class for each element must not be kept whole.
      if (this.#kinds.size < 5_000) this.#kinds.set(given, kind);
    }
    return kind;
  }

  #element(name: string, attributes: Record<string, string>): Element {
    return element(name, attributes, this.#kindOf(attributes.class));
  }

  #isVoid(name: string): boolean {
    return !this.#isXml && isVoid(name);
  }

  #add(one: Element): void {
    const parent = this.#open.at(-1) as Element;
    parent.children.push(one);
    if (one.isBlock) parent.isBlock = true;
  }
}
