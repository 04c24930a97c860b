import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { userDirectories, wantsColor } from "../../app/environment.js";
import { version } from "../../app/version.js";
import { describeFsError } from "../../files/fs-errors.js";
import { isOwnFolder, isPrivateFolder } from "../../files/private-folder.js";
import { lstatSafely } from "../../files/real-path.js";
import { filesCalled } from "../../library/journal/read.js";
import { openLibrary } from "../../library/library.js";
import { SeenPapers } from "../../library/papers-seen.js";
import { keptAside } from "../../settings/config-file.js";
import { thisMachine } from "../../settings/machine.js";
import { openCacheFolder } from "../../settings/open-folders.js";
import { defaultSettings, readConfig } from "../../settings/settings.js";
import { proxyFault, withoutPassword } from "../../sources/remote/connection/proxy.js";
import { brokenState, mendState } from "../../sync/move.js";
import { finishMove, unfinishedMove, unfinishedMoveProblem } from "../../sync/unfinished-move.js";
import { clipboardTools } from "../../terminal/clipboard.js";
import { knowsLinks } from "../../terminal/links.js";
import { clean } from "../../text/clean.js";
import { counted } from "../../text/numbers.js";
import type { Invocation } from "../arguments/arguments.js";

/** One line: the subject, the finding, and whether something is to be done. */
interface Finding {
  readonly what: string;
  readonly text: string;
  readonly isWrong?: boolean;
}

/** With less free disk space than this, marks may soon not be saved, in bytes. */
const littleRoom = 16 * 2 ** 20;

/**
 * Prints the state of this machine: the terminal, marks, settings, cache. Makes no requests. It names no paper,
 * so that people can share it when they ask for help. With `fix` it first repairs what it can. Returns the exit
 * code: 1 if something is to be done.
 */
export function doctor({ fix }: Extract<Invocation, { verb: "doctor" }>): number {
  const repairs = fix ? repair() : [];
  const findings = [
    program(),
    ...terminal(),
    ...repairs,
    ...marks(),
    settings(),
    cache(),
    ...nodeCache(),
    ...network(),
  ].flat();
  for (const { what, text, isWrong } of findings) {
    process.stdout.write(`${isWrong ? "!" : " "} ${what.padEnd(10)} ${clean(text)}\n`);
  }
  return findings.some(({ isWrong }) => isWrong) ? 1 : 0;
}

function program(): Finding {
  const { node, v8 } = process.versions;
  return {
    what: "program",
    text: `papers-tui ${version}, Node ${node} (V8 ${v8}), ${process.platform} ${process.arch}`,
  };
}

function terminal(): Finding[] {
  const { TERM = "not set", COLORTERM, TMUX, STY, SSH_CONNECTION, LC_ALL, LC_CTYPE, LANG } = process.env;
  const { stdin, stdout } = process;
  const locale = LC_ALL || LC_CTYPE || LANG || "";
  // Windows and macOS use UTF-8 whatever the variables say.
  const isUtf8 = process.platform !== "linux" || /utf-?8/i.test(locale);
  const inside = [TMUX && "tmux", STY && "screen", SSH_CONNECTION && "SSH"].filter(Boolean).join(", ");
  const size = stdout.isTTY ? `${stdout.columns}×${stdout.rows}` : "output is not a terminal";
  const tools = clipboardTools(process.env, process.platform).map(([command]) => command);
  return [
    {
      what: "terminal",
      text: [`TERM ${TERM}`, COLORTERM && `COLORTERM ${COLORTERM}`, size, inside && `in ${inside}`]
        .filter(Boolean)
        .join(", "),
    },
    ...(stdout.isTTY && !stdin.isTTY
      ? [{ what: "keys", text: "input is not a terminal: they are read from /dev/tty" }]
      : []),
    {
      what: "letters",
      text: isUtf8
        ? `UTF-8 (${locale || process.platform})`
        : `the locale (${locale || "none is set"}) is not UTF-8: set LANG to C.UTF-8, or start with --ascii`,
      isWrong: !isUtf8,
    },
    {
      what: "shows",
      text: [
        wantsColor(null, "auto", stdout.isTTY) ? "colours" : "no colours",
        knowsLinks() ? "links" : "no links",
        `copies by ${["OSC 52", ...tools].join(", ")}`,
      ].join(", "),
    },
  ];
}

/** Repairs a state folder that an earlier version made a link to itself, and brings back what a move has left. */
function repair(): Finding[] {
  const { state } = userDirectories();
  const broken = brokenState(state);
  try {
    const done = broken === null ? [] : [mendState(state, broken)];
    if (unfinishedMove(state).length > 0) done.push(finishMove(state, thisMachine()));
    if (done.length === 0) done.push("nothing to repair");
    return done.map((text) => ({ what: "repair", text }));
  } catch (error) {
    return [{ what: "repair", text: `not repaired: ${describeFsError(error, state)}`, isWrong: true }];
  }
}

function marks(): Finding[] {
  const { state } = userDirectories();
  const broken = brokenState(state);
  if (broken !== null) {
    const kept = broken.backup === null ? "" : `, and your marks are in ${broken.backup}`;
    const text = `${state} is a link that leads back to itself${kept}; papers-tui doctor --fix repairs it`;
    return [{ what: "marks", text, isWrong: true }];
  }
  const unfinished = unfinishedMoveProblem(state);
  const interrupted = unfinished === null ? [] : [{ what: "marks", text: unfinished, isWrong: true }];
  if (lstatSafely(state) === undefined) {
    if (unfinished !== null) return interrupted;
    const parent = nearestThere(state);
    const fault = writeFault(parent);
    if (fault === null) return [{ what: "marks", text: `${state}: none yet` }];
    return [{ what: "marks", text: `${state} cannot be made: ${fault}`, isWrong: true }];
  }
  const { library, problems } = openLibrary(state, thisMachine(), Date.now);
  const seen = new SeenPapers(state, thisMachine(), Date.now);
  const journals = journalsIn(state);
  const summary = [
    `marks of ${counted(library.size, "paper")}`,
    counted(journals.length, "journal"),
    bytes(journals.reduce((sum, path) => sum + sizeOf(path), 0)),
  ];
  const fault = writeFault(state);
  const room = roomOn(state);
  const found: Finding[] = [
    {
      what: "marks",
      text: `${state}: ${summary.join(", ")}; this machine is ${thisMachine()}`,
    },
    ...shared("marks", state),
    ...interrupted,
    ...[...problems, ...seen.problems].map((text) => ({ what: "marks", text, isWrong: true })),
  ];
  if (fault !== null) found.push({ what: "marks", text: `nothing can be saved: ${fault}`, isWrong: true });
  if (room !== null && room < littleRoom) {
    found.push({ what: "disk", text: `${bytes(room)} are free where marks are saved`, isWrong: true });
  }
  return found;
}

/** Says where others can change what is in a folder; it may be meant to be shared, or be on a drive without owners. */
function shared(what: string, folder: string): Finding[] {
  if (!existsSync(folder) || isOwnFolder(folder)) return [];
  return [{ what, text: `other users can change or replace ${folder}; if they should not, chmod go-w it` }];
}

function settings(): Finding[] {
  const { config } = userDirectories();
  const path = join(config, "config.json");
  const { settings, problems, unknown, places } = readConfig(config, Date.now);
  const names = Object.keys(defaultSettings) as (keyof typeof defaultSettings)[];
  const changed = names.filter((name) => !isDeepStrictEqual(settings[name], defaultSettings[name]));
  const positions = Object.keys(places).length;
  const said = [
    changed.length === 0 ? "all settings are the defaults" : `changed: ${changed.join(", ")}`,
    ...(positions === 0 ? [] : [`it also remembers where you were in ${counted(positions, "listing")}`]),
  ];
  const text = existsSync(path) ? `${path}: ${said.join("; ")}` : `${path}: no such file yet, all defaults`;
  return [
    { what: "settings", text },
    ...shared("settings", config),
    ...keptAside(config).map((name) => ({
      what: "settings",
      text: `${join(config, name)}: settings that could not be read; correct it and name it config.json, or delete it`,
    })),
    ...problems.map((one) => ({ what: "settings", text: one, isWrong: true })),
    ...(unknown.length === 0
      ? []
      : [
          {
            what: "settings",
            text: `unknown settings, which have no effect: ${unknown.join(", ")}`,
          },
        ]),
  ];
}

function cache(): Finding[] {
  const { cache: folder } = userDirectories();
  if (!existsSync(folder)) {
    const fault = writeFault(nearestThere(folder));
    return fault === null
      ? [{ what: "cache", text: `${folder}: nothing cached yet` }]
      : [
          {
            what: "cache",
            text: `${folder} cannot be made, so nothing can be cached: ${fault}`,
            isWrong: true,
          },
        ];
  }
  const fault = writeFault(folder);
  const files = filesUnder(folder);
  const size = files.reduce((sum, path) => sum + sizeOf(path), 0);
  const isCompiled = files.some((path) => path.includes("compiled"));
  const text = `${folder}: ${counted(files.length, "file")}, ${bytes(size)}; ${isCompiled ? "compiled code is kept" : "no compiled code is kept yet"}`;
  const wrong = { what: "cache", text: `nothing can be cached: ${fault}`, isWrong: true };
  // Makes a folder private if others can only read it, as every start does.
  const open = openCacheFolder(folder);
  const unsafe = {
    what: "cache",
    text: `others can write to ${open}, so it is not used: move it away, or remove the write permission of others from it and the folders above it (chmod go-w)`,
    isWrong: true,
  };
  return [
    { what: "cache", text },
    ...(fault === null ? [] : [wrong]),
    ...(open === null || fault !== null ? [] : [unsafe]),
  ];
}

/** Node's own cache of compiled code, which Node uses before any line of this program is run. */
function nodeCache(): Finding[] {
  const { NODE_COMPILE_CACHE: folder, NODE_DISABLE_COMPILE_CACHE: off } = process.env;
  if (!folder || off === "1") return [];
  const what = "NODE_COMPILE_CACHE";
  // Node makes a subfolder for its version, which may not exist yet.
  if (isPrivateFolder(nearestThere(resolve(folder)))) return [{ what: "node", text: `${what}=${folder}` }];
  const text = `${what}=${folder} is a folder that others can reach: Node runs the compiled code in it before this program starts; unset it, or set it to a private folder (chmod 700)`;
  return [{ what: "node", text, isWrong: true }];
}

/** The servers and proxies in the environment; makes no requests. */
function network(): Finding[] {
  const names = ["HF_ENDPOINT", "HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY", "NO_PROXY", "NODE_EXTRA_CA_CERTS"];
  const set = names.flatMap((name) => [name, name.toLowerCase()]).filter((name) => process.env[name]);
  // A proxy's address may contain a password.
  const variables = set.map((name) => `${name}=${withoutPassword(process.env[name] as string)}`);
  const fault = proxyFault(process.env);
  return [
    ...(variables.length > 0 ? [{ what: "network", text: variables.join(", ") }] : []),
    ...(fault === null ? [] : [{ what: "network", text: `nothing can be fetched: ${fault}`, isWrong: true }]),
  ];
}

function journalsIn(state: string): readonly string[] {
  try {
    return filesCalled("marks", state);
  } catch {
    return [];
  }
}

/** The folder, or its nearest existing parent. */
function nearestThere(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** Why a folder cannot be written to; `null` if it can. */
function writeFault(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return `a file is in the way, ${folder}; move it away`;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return describeFsError(error, folder);
  }
}

/** The free bytes for this user; `null` if the system does not say. */
function roomOn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

function filesUnder(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
  } catch {
    return [];
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  } catch {
    return 0;
  }
}

function bytes(count: number): string {
  if (count < 1024) return counted(count, "byte");
  return count < 2 ** 20 ? `${Math.round(count / 1024)} KiB` : `${(count / 2 ** 20).toFixed(1)} MiB`;
}
