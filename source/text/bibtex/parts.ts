/**
 * Splits a text at separators outside braces. Takes linear time.
 *
 * @param separator a global pattern that matches no braces; its matches outside braces are removed
 */
export function topLevelParts(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  let counted = text.includes("{") ? 0 : text.length;
  separator.lastIndex = 0;
  for (let found = separator.exec(text); found !== null; found = separator.exec(text)) {
    const at = found.index;
    for (; counted < at; counted += 1) {
      const sign = text[counted];
      if (sign === "{") depth += 1;
      else if (sign === "}") depth = Math.max(0, depth - 1);
    }
    if (depth > 0) separator.lastIndex = at + 1;
    else {
      parts.push(text.slice(from, at));
      from = separator.lastIndex;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Whether the text is a single pair of braces with content. */
export function isOneGroup(text: string): boolean {
  if (!text.startsWith("{") || !text.endsWith("}")) return false;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}") depth -= 1;
    if (depth === 0) return false;
  }
  return true;
}

/**
 * The items of a list of keywords, as TeX: split at commas and semicolons outside braces. Some databases put
 * braces around the whole list.
 */
export function texItems(text: string): string[] {
  const list = isOneGroup(text.trim()) ? text.trim().slice(1, -1) : text;
  return topLevelParts(list, /[,;]/g);
}
