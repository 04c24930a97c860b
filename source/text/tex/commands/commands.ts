import { mathAccents } from "../tables/accents.js";
import { alphabets } from "../tables/alphabets.js";
import { symbols } from "../tables/symbols.js";
import type { Command } from "./command-table.js";
import { formulaCommands } from "./formulas.js";
import { letterCommands } from "./letters.js";
import { textCommands } from "./text.js";

/** Every command that is more than a symbol, by name. */
export const commands: ReadonlyMap<string, Command> = new Map([
  ...letterCommands,
  ...formulaCommands,
  ...textCommands,
]);

/** Whether a command belongs only to formulas; the others are used in prose too. */
export function isFormulaCommand(name: string): boolean {
  if (alwaysFormula.has(name) || mathAccents.has(name) || alphabets.has(name)) return true;
  const kind = symbols.get(name)?.kind;
  return kind !== undefined && kind !== "letter" && name.length > 1 && !proseSigns.test(name);
}
const alwaysFormula = new Set(
  "frac tfrac dfrac sqrt binom operatorname mathrm mathbf mathsf mathit boldsymbol bm text left right overset underset stackrel mathop quad".split(
    " ",
  ),
);
const proseSigns =
  /^(?:text.*|ie|eg|Ie|Eg|etal|etc|cf|vs|wrt|iid|aka|viz|TeX|LaTeX|dag|ddag|ldots|dots|copyright|pounds|micro|AA)$/;
