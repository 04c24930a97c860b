import { TexTypesetter } from "../typesetter.js";

/** A formula on one line, without delimiters: `\frac{a}{b}` is `a/b`. Never throws. */
export function lineOfFormula(source: string): string {
  const setter = new TexTypesetter(source, true, true);
  setter.formula(0, source.length);
  return setter.out.finish().text.trim();
}
