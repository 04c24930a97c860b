import { type MathNode, mathTex } from "../../text/mathml.js";
import { type Element, element } from "./element.js";

/** Deeper elements of a formula are skipped. */
const deepestMath = 60;
const mathText = /^(?:mi|mn|mo|mtext|ms)$/;

type OpenMath = { name: string; attributes: string; text: string; children: MathNode[] };

/** The TeX of one `<math>`: its `alttext`, its annotation, or the text of its elements. */
export class FormulaReader {
  readonly #attributes: Record<string, string>;
  #annotation = "";
  #inAnnotation = 0;
  #depth = 0;
  readonly #tree: OpenMath[] = [{ name: "math", attributes: "", text: "", children: [] }];

  constructor(attributes: Record<string, string>) {
    this.#attributes = attributes;
  }

  opened(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#inAnnotation > 0) this.#inAnnotation += 1;
    else if (name === "annotation" || name === "annotation-xml") {
      this.#inAnnotation = attributes.encoding === "application/x-tex" ? 1 : 1_000;
    } else if (this.#attributes.alttext === undefined && this.#depth < deepestMath) {
      const one = { name, attributes: written(attributes), text: "", children: [] };
      (this.#tree.at(-1) as OpenMath).children.push(one);
      this.#tree.push(one);
    }
  }

  text(text: string): void {
    if (this.#inAnnotation > 0) {
      if (this.#inAnnotation < 900) this.#annotation += text;
    } else if (this.#attributes.alttext === undefined && mathText.test(this.#tree.at(-1)?.name ?? "")) {
      (this.#tree.at(-1) as OpenMath).children.push({
        name: "",
        attributes: "",
        text,
        children: [],
      });
    }
  }

  /** Whether that was the end of the formula. */
  closed(name: string): boolean {
    if (this.#depth === 0 || name === "math") return true;
    this.#depth -= 1;
    if (this.#inAnnotation > 0) {
      if (this.#inAnnotation === 1 || this.#inAnnotation === 1_000) this.#inAnnotation = 0;
      else this.#inAnnotation -= 1;
    } else if (
      this.#tree.length > 1 &&
      this.#attributes.alttext === undefined &&
      this.#depth + 1 < deepestMath
    )
      this.#tree.pop();
    return false;
  }

  finish(): Element {
    const { alttext, display } = this.#attributes;
    const given = alttext ?? this.#annotation;
    const tex = given.trim() === "" ? mathTex((this.#tree[0] as MathNode).children) : given;
    const one = element("math", { tex, ...(display ? { display } : {}) });
    return one;
  }
}

function written(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(" ");
}
