const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/**
 * Plain text as TeX: special characters become commands, and ligatures are prevented. So are the line breaks and
 * code points that other exporters write as "\n" and "\u2019", and that our reader takes for those.
 */
export function escapedTex(text: string): string {
  return text
    .replace(/[\\{}~^&%#_$]/g, (sign) => commands[sign] ?? `\\${sign}`)
    .replace(/-(?=-)|'(?=')|[`?!](?=`)|\\textbackslash\{\}(?=[nru])/g, "$&{}");
}
