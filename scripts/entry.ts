// The program's entry file (dist/cli.js): runs main.js from code that V8 compiled at an earlier start. Node's
// own compile cache keeps only code compiled while a file loads, but V8 compiles nearly all functions when they
// are first called; that took half of the time to the first screen.
//
// Whoever can write this code controls the program, so it is read only from a folder that nobody else can write
// to, and never from the shared temporary folder.
import { closeSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire, enableCompileCache, Module } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import {
  isPrivateFile,
  isPrivateFolder,
  makePrivateFolder,
  writePrivate,
} from "../source/files/private-folder.js";
import { openRegular } from "../source/files/regular.js";
import { directories } from "../source/settings/directories.js";

/** The hash of main.js, so that code of another build never runs; the build fills it in. */
const build = process.env.PAPERS_TUI_BUILD as string;
const program = join(__dirname, "main.js");
/** By then a start has called all its functions, in milliseconds. */
const settled = 1_500;
/**
 * Code is saved again after a day, in milliseconds: by then there are marks, and reading them calls more
 * functions.
 */
const renewAfter = 86_400_000;

run();

function run(): void {
  const folder = codeFolder();
  const file = folder && join(folder, `${process.versions.v8}-${process.arch}-${build}`);
  // For the files loaded after the first screen. It gets its own folder in ours.
  if (folder) enableNodeCache(join(folder, `node-${build}`));
  const kept = file === null ? null : read(file);
  const script = new Script(readFileSync(program, "latin1"), {
    filename: program,
    ...(kept && { cachedData: kept.code }),
  });
  const isOld = kept === null || script.cachedDataRejected || Math.abs(Date.now() - kept.madeAt) > renewAfter;
  // The code of called functions is saved, so this must be a start with a screen that succeeded.
  if (file !== null && isOld && isForScreen()) {
    const keep = once(() => write(file, script.createCachedData()));
    setTimeout(keep, settled).unref();
    process.once("exit", (code) => void (code === 0 && keep()));
  }
  // The other files require it like any module.
  const main = new Module(program, module);
  main.filename = program;
  main.loaded = true;
  const require = createRequire(__filename);
  require.cache[program] = main;
  const load = (path: string) => import(path);
  script.runInThisContext()(main, require, program, __dirname, load);
}

/**
 * Turns on Node's compile cache in a folder. Node would wait for ever for a pipe there, and would run what another
 * user left there when the folder was open.
 */
function enableNodeCache(folder: string): void {
  // Since Node 22.1.
  if (enableCompileCache === undefined) return;
  try {
    for (const name of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })]) {
      const path = join(folder, name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      const isOurFolder = stats?.isDirectory() && (!process.getuid || stats.uid === process.getuid());
      if (stats && !isOurFolder && !isPrivateFile(stats)) rmSync(path, { recursive: true, force: true });
    }
  } catch {} // Does not exist yet.
  enableCompileCache(folder);
}

/** The folder of compiled code; `null` if it is not private, or switched off. */
function codeFolder(): string | null {
  // crc32 exists since Node 20.15.
  if (process.env.NODE_DISABLE_COMPILE_CACHE === "1" || crc32 === undefined) return null;
  try {
    const folder = join(directories(process.env, process.platform, homedir()).cache, "compiled");
    const isOurs = isForScreen() ? makePrivateFolder(folder) : isPrivateFolder(folder);
    return isOurs ? folder : null;
  } catch {
    return null; // No home, a file in the way, no permission.
  }
}

/** Whether this run shows a screen, as far as known here: other verbs call other functions. */
function isForScreen(): boolean {
  const [verb = ""] = process.argv.slice(2);
  return (
    process.stdout.isTTY &&
    !/^(?:list|export|show|mark|merge|state|sync|completions|keys|paths|doctor|help|-[hV]|--help|--version)$/.test(
      verb,
    )
  );
}

/** The code without its checksum; `null` if the file is damaged, which V8 would not notice. */
function read(path: string): { code: Buffer; madeAt: number } | null {
  try {
    const { file, stats } = openRegular(path);
    try {
      const bytes = readFileSync(file);
      const code = bytes.subarray(4);
      // A file that others may write to was put here by someone else.
      if (!isPrivateFile(stats)) return null;
      const isWhole = code.length > 0 && bytes.readUInt32LE(0) === crc32(code);
      return isWhole ? { code, madeAt: stats.mtimeMs } : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Saves the code, and removes that of other builds. If this fails, the next start is slower; nothing is lost. */
function write(path: string, code: Buffer): void {
  const folder = dirname(path);
  try {
    // The folder may have been replaced or opened to others since the start.
    if (!makePrivateFolder(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(`-${build}`)) rmSync(join(folder, name), { recursive: true, force: true });
    }
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(code));
    writePrivate(path, [checksum, code]);
  } catch {}
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
