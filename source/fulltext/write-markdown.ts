import { greatest } from "../text/numbers.js";
import type { Block, PaperText, TableCell, TextSpan } from "./blocks.js";

/** A paper as Markdown, its formulas as TeX between dollars. */
export function paperMarkdown({ blocks, isTruncated }: PaperText): string {
  const pieces: string[] = [];
  let before: Block | undefined;
  for (const block of blocks) {
    const piece = blockMarkdown(block);
    if (piece === "") continue;
    const isTight = block.kind === "item" && before?.kind === "item";
    pieces.push(pieces.length === 0 ? piece : `${isTight ? "\n" : "\n\n"}${piece}`);
    before = block;
  }
  if (isTruncated) pieces.push("\n\n*The text ends here: its conversion failed.*");
  return `${pieces.join("")}\n`;
}

function blockMarkdown(block: Block): string {
  const text = inline(block.spans);
  const label = block.label ?? "";
  switch (block.kind) {
    case "title":
      return `# ${text}`;
    case "authors":
      return [text, ...(block.panels ?? []).map((panel) => `*${inline(panel)}*`)]
        .filter(Boolean)
        .join("  \n");
    case "heading":
      return `${"#".repeat(Math.max(2, Math.min(6, block.level)))} ${[escaped(label), text].filter(Boolean).join(" ")}`;
    case "theorem":
    case "proof":
      return `**${text.replaceAll("**", "")}**`;
    case "item": {
      const isNumber = /^\d{1,9}[.)]$/.test(label);
      const marker = label === "" ? "  " : isNumber ? `${label} ` : "- ";
      const term = label !== "" && !isNumber && !/^[•–*∗·-]$/.test(label) ? `${escaped(label)} ` : "";
      return `${"  ".repeat(Math.max(0, block.level))}${marker}${term}${text}`;
    }
    case "equation":
      return (block.equation ?? [])
        .map(({ cells, number, plain }) => {
          if (plain) return [...cells, number ?? ""].join(" ").trim();
          const tag = number === null ? "" : ` \\tag{${number.replace(/^\(|\)$/g, "")}}`;
          return `$$\n${cells.join("")}${tag}\n$$`;
        })
        .join("\n\n");
    case "table":
    case "figure":
      return floatMarkdown(block);
    case "code":
    case "algorithm": {
      const lines = (block.lines ?? []).map((line) =>
        line.map((span) => (span.tex === undefined ? span.text : `$${span.tex}$`)).join(""),
      );
      const fence = "`".repeat(
        greatest(
          3,
          lines.map((line) => (/^`{3,}/.exec(line.trim())?.[0].length ?? 0) + 1),
        ),
      );
      return [caption(block), `${fence}\n${lines.join("\n")}\n${fence}`].filter(Boolean).join("\n\n");
    }
    case "footnote":
      return `[^${label}]: ${text}`;
    case "reference":
      return [escaped(label), text].filter(Boolean).join(" ");
    default:
      return block.within === "quote" ? `> ${text}` : text;
  }
}

function caption(block: Block): string {
  const text = inline(block.spans);
  return [block.label ? `**${escaped(block.label)}**` : "", text].filter(Boolean).join(" ");
}

function floatMarkdown(block: Block): string {
  const pictures = (block.pictures ?? [])
    .filter(({ source }) => source !== "")
    .map(({ source, alt }) => `![${escaped(alt)}](${encodeURI(source)})`);
  const panels = (block.panels ?? []).map(inline);
  const tables = (block.tables ?? []).map(tableMarkdown);
  return [...pictures, ...panels, ...tables, caption(block)].filter(Boolean).join("\n\n");
}

function tableMarkdown(rows: readonly (readonly TableCell[])[]): string {
  const lines = rows.map((row) =>
    row.flatMap((cell) => [
      inline(cell.spans).replaceAll("|", "\\|"),
      ...Array((cell.columns ?? 1) - 1).fill(""),
    ]),
  );
  const columns = greatest(
    1,
    lines.map((line) => line.length),
  );
  const written = lines.map(
    (line) => `| ${[...line, ...Array(columns - line.length).fill("")].join(" | ")} |`,
  );
  return [written[0], `|${" --- |".repeat(columns)}`, ...written.slice(1)].join("\n");
}

function inline(spans: readonly TextSpan[]): string {
  return spans.map(span).join("");
}

function span({ text, tex, note, bold, italic, code, script, href }: TextSpan): string {
  if (note !== undefined) return `[^${note}]`;
  let written = tex !== undefined ? `$${tex}$` : code ? `\`${text}\`` : escaped(text);
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(written) ?? [];
  if (inner === "") return written;
  written = inner;
  if (script) written = `<su${script === "^" ? "p" : "b"}>${written}</su${script === "^" ? "p" : "b"}>`;
  if (italic && tex === undefined) written = `*${written}*`;
  if (bold && tex === undefined) written = `**${written}**`;
  if (href && /^https?:/.test(href))
    written = href === text ? `<${href}>` : `[${written}](${href.replaceAll(")", "%29")})`;
  return before + written + after;
}

/** What Markdown would take for marks of its own is escaped. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]$<]/g, (sign, at: number, whole: string) => {
    // A low line within a word is only one, and so is a bracket that no address follows.
    if (sign === "_" && /\w/.test(whole.charAt(at - 1)) && /\w/.test(whole.charAt(at + 1))) return sign;
    if (sign === "[" || sign === "]") return sign;
    return `\\${sign}`;
  });
}
