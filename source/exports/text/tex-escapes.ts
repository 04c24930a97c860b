const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Plain text as TeX: special characters become commands, and ligatures are prevented. */
export function escapedTex(text: string): string {
  return text
    .replace(/[\\{}~^&%#_$]/g, (sign) => commands[sign] ?? `\\${sign}`)
    .replace(/-(?=-)|'(?=')|[`?!](?=`)/g, "$&{}");
}
