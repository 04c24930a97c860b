/**
 * The TeX of a field's value, without its delimiters: of `{a}`, `"a"`, `12` and `"a" # jan # {b}`. Takes linear
 * time.
 */
export function fieldText(written: string): string {
  let text = "";
  for (let at = 0; at < written.length; ) {
    const sign = written[at] as string;
    if (sign === "{" || sign === '"') {
      const end = delimitedEnd(written, at);
      text += written.slice(at + 1, end - 1);
      at = end;
    } else if (/[\s#]/.test(sign)) at += 1;
    else {
      const word = /[^\s#{"]+/y;
      word.lastIndex = at;
      const found = word.exec(written)?.[0] ?? sign;
      text += found;
      at += found.length;
    }
  }
  return text;
}

/** The end of a value in braces or quotes, after its delimiter. */
function delimitedEnd(text: string, at: number): number {
  const opener = text[at];
  let depth = 0;
  for (let place = at + 1; place < text.length; place += 1) {
    const sign = text[place];
    if (sign === "{") depth += 1;
    else if (depth === 0 && sign === (opener === "{" ? "}" : '"')) return place + 1;
    else if (sign === "}") depth -= 1;
  }
  return text.length + 1;
}
