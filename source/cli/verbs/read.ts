import { spawn } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromHome, userDirectories, wantsColor } from "../../app/environment.js";
import { textOptions } from "../../app/texts/text-options.js";
import type { PaperText } from "../../fulltext/blocks.js";
import type { RowSpan, RowStyle } from "../../fulltext/rows/row.js";
import { paperRows } from "../../fulltext/rows/rows.js";
import { paperMarkdown } from "../../fulltext/write-markdown.js";
import { textIdOf } from "../../papers/identity.js";
import { readConfig } from "../../settings/settings.js";
import { SourceError } from "../../sources/source.js";
import { fetchText } from "../../sources/texts/fetch-text.js";
import { readTextBytes, readTextFile } from "../../sources/texts/local-text.js";
import { clean } from "../../text/clean.js";
import { forPrinting, jsonForPrinting } from "../../text/shown.js";
import type { Invocation } from "../arguments/arguments.js";
import { print } from "../print.js";

/** A readable line width, in cells; wider terminals leave space beside the text. */
const longestLine = 96;

type ReadInvocation = Extract<Invocation, { verb: "read" }>;

/**
 * Prints a paper's text: formatted for the terminal, through the pager if it is longer than the screen, or as
 * Markdown with TeX into a pipe. Resolves to the exit code: 1 if there is no text.
 */
export async function readPaper({ paper, as, width, options }: ReadInvocation): Promise<number> {
  const { settings } = readConfig(userDirectories().config, Date.now);
  const path = fromHome(paper);
  const isFile = paper === "-" || existsSync(path);
  const found = isFile ? await fromFile(path) : await fromServers(paper, settings);
  if (typeof found === "string") {
    process.stderr.write(`papers-tui: ${found}\n`);
    return 1;
  }
  if (found.hasLostFormulas)
    process.stderr.write("papers-tui: only plain text was found, without its formulas\n");
  const { isTTY = false, columns, rows = 24 } = process.stdout;
  if (as === "json") {
    await print([jsonForPrinting(JSON.stringify(found, null, 1)), "\n"]);
    return 0;
  }
  if (as === "markdown" || (as === null && width === null && !isTTY)) {
    await print([forPrinting(paperMarkdown(found))]);
    return 0;
  }
  const cells = width ?? Math.min(longestLine, columns || 80);
  const isColored = wantsColor(options.color, settings.color, isTTY);
  const lines = paperRows(found, {
    measure: cells,
    room: Math.max(cells, isTTY ? columns || cells : cells),
    asSource: false,
    ascii: options.ascii || settings.ascii,
    isUnfolded: true,
  }).map(
    ({ spans }) =>
      `${spans
        .map((span) => styled(span, isColored))
        .join("")
        .trimEnd()}\n`,
  );
  const pager = isTTY && lines.length > rows - 1 ? pagerOf(process.env) : null;
  if (pager !== null) return page(pager, lines.join(""));
  await print(lines);
  return 0;
}

async function fromFile(path: string): Promise<PaperText | string> {
  const isPiped = path === "-" || statSync(path).isFIFO();
  const found = isPiped ? await readTextBytes(await piped(path), path) : await readTextFile(path);
  return found.ok
    ? found.text
    : `cannot read ${path === "-" ? "standard input" : clean(path)}: ${found.reason}`;
}

/** The bytes of standard input, or of a named pipe as a shell makes it for `<(…)`. */
async function piped(path: string): Promise<Buffer> {
  if (path === "-" && process.stdin.isTTY)
    throw new SourceError("nothing is piped in: standard input is the terminal");
  return buffer(path === "-" ? process.stdin : createReadStream(path));
}

async function fromServers(
  named: string,
  settings: ReturnType<typeof readConfig>["settings"],
): Promise<PaperText | string> {
  const id = textIdOf({ id: named.trim(), url: named.trim() });
  if (id === null)
    throw new SourceError(`“${clean(named)}” is not a file, an arXiv id, a DOI, a PMC number or an address`);
  const found = await fetchText(id, textOptions(settings), {
    onWait: (milliseconds, why) => {
      if (milliseconds >= 1_000)
        process.stderr.write(`papers-tui: ${why} in ${Math.round(milliseconds / 1_000)} s\n`);
    },
  });
  if (found.ok) {
    if (found.notKept !== null) process.stderr.write(`papers-tui: ${clean(found.notKept)}\n`);
    return found.text;
  }
  return found.isOnlyPdf && !id.includes(":")
    ? `arXiv has ${id} only as a PDF: https://arxiv.org/pdf/${id}`
    : // What keys do is said on the screen only.
      found.reason.replace(/ · [oOf] .*$/, "");
}

/** The style codes of ECMA-48; underlining, bold and italics are not colours. */
function styled({ text, style }: RowSpan, isColored: boolean): string {
  const codes = isColored ? codesOf(style) : [];
  return codes.length === 0 ? text : `\x1b[${codes.join(";")}m${text}\x1b[0m`;
}

const colorCodes = { cyan: 36, yellow: 33, green: 32 } as const;

function codesOf({ bold, dim, italic, underline, color }: RowStyle): number[] {
  return [
    ...(bold ? [1] : []),
    ...(dim ? [2] : []),
    ...(italic ? [3] : []),
    ...(underline ? [4] : []),
    ...(color ? [colorCodes[color]] : []),
  ];
}

/**
 * The pager's command: `$PAGER`, else `less` where it is installed and keys can be typed. `null` for none, as
 * with an empty `$PAGER`.
 */
function pagerOf({ PAGER, PATH = "" }: NodeJS.ProcessEnv): string | null {
  if (PAGER !== undefined) return PAGER.trim() === "" ? null : PAGER;
  const isThere = PATH.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, "less")));
  return isThere && process.stdin.isTTY ? "less" : null;
}

/** Shows a text in the user's pager; prints it if the pager does not start. */
function page(pager: string, text: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(pager, {
      shell: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...process.env, LESS: process.env.LESS ?? "-R" },
    });
    // An interrupt is for the pager and must not end this program first.
    const ignore = (): void => {};
    process.on("SIGINT", ignore);
    child.stdin.on("error", () => {});
    child.once("error", () => {
      process.stdout.write(text);
      resolve(0);
    });
    child.once("close", () => {
      process.off("SIGINT", ignore);
      resolve(0);
    });
    child.stdin.end(text);
  });
}
