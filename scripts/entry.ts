// The program's first file as it is installed (dist/cli.js): runs main.js beside it from code that V8
// compiled at an earlier start. Node's own compile cache keeps only what is compiled while a file is
// loaded, and V8 compiles nearly all functions when they are first called: compiling those again took half
// of the time to the first screen.
//
// Whoever can write such code has the program run it, so it is read only from a folder that nobody else
// can write to, and is never looked for in the shared temporary folder.
import { closeSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire, enableCompileCache, Module } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { isPrivateFolder, makePrivateFolder } from "../source/files/private-folder.js";
import { openRegular } from "../source/files/regular.js";
import { writeAtomic } from "../source/files/write-atomic.js";
import { directories } from "../source/library/settings/directories.js";

/** The hash of main.js, so that no other build's code is ever run; the build fills it in. */
const build = process.env.PAPERS_TUI_BUILD as string;
const program = join(__dirname, "main.js");
/** A start has called all its functions by then, in milliseconds. */
const settled = 1_500;
/** Code is kept again after a day, in milliseconds: by then there are marks, whose reading calls more. */
const renewAfter = 86_400_000;

run();

function run(): void {
  const folder = codeFolder();
  const file = folder && join(folder, `${process.versions.v8}-${process.arch}-${build}`);
  // For the files that are loaded after the first screen. It keeps to a folder of its own in ours.
  if (folder) enableNodeCache(join(folder, `node-${build}`));
  const kept = file === null ? null : read(file);
  const script = new Script(readFileSync(program, "latin1"), {
    filename: program,
    ...(kept && { cachedData: kept.code }),
  });
  const isOld = kept === null || script.cachedDataRejected || Math.abs(Date.now() - kept.madeAt) > renewAfter;
  // What was called is kept, so it must have been a start with a screen, and one that went well.
  if (file !== null && isOld && isForScreen()) {
    const keep = once(() => write(file, script.createCachedData()));
    setTimeout(keep, settled).unref();
    process.once("exit", (code) => void (code === 0 && keep()));
  }
  // The other files ask for it as they would for any module.
  const main = new Module(program, module);
  main.filename = program;
  main.loaded = true;
  const require = createRequire(__filename);
  require.cache[program] = main;
  const load = (path: string) => import(path);
  script.runInThisContext()(main, require, program, __dirname, load);
}

/** Has Node keep what it compiles in a folder. It would wait for ever for a pipe that lies there. */
function enableNodeCache(folder: string): void {
  // It came with Node 22.1.
  if (enableCompileCache === undefined) return;
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() && !entry.isDirectory()) rmSync(join(entry.parentPath, entry.name));
    }
  } catch {} // Not there yet.
  enableCompileCache(folder);
}

/** The folder of compiled code; `null` where there is none that is private, or where it is switched off. */
function codeFolder(): string | null {
  // crc32 came with Node 20.15.
  if (process.env.NODE_DISABLE_COMPILE_CACHE === "1" || crc32 === undefined) return null;
  try {
    const folder = join(directories(process.env, process.platform, homedir()).cache, "compiled");
    const isOurs = isForScreen() ? makePrivateFolder(folder) : isPrivateFolder(folder);
    return isOurs ? folder : null;
  } catch {
    return null; // No home, a file in the way, no permission.
  }
}

/** Whether this run shows a screen, as far as that is known here: other verbs call other functions. */
function isForScreen(): boolean {
  const [verb = ""] = process.argv.slice(2);
  return (
    process.stdout.isTTY &&
    !/^(?:list|export|show|mark|merge|state|sync|completions|keys|paths|doctor|help|-[hV]|--help|--version)$/.test(
      verb,
    )
  );
}

/** The code without its checksum; `null` where the file is not as it was written: V8 would not notice. */
function read(path: string): { code: Buffer; madeAt: number } | null {
  try {
    const { file, stats } = openRegular(path);
    try {
      const bytes = readFileSync(file);
      const code = bytes.subarray(4);
      // One that others may write to was put here from elsewhere.
      if (process.getuid && (stats.uid !== process.getuid() || (stats.mode & 0o022) !== 0)) return null;
      const isWhole = code.length > 0 && bytes.readUInt32LE(0) === crc32(code);
      return isWhole ? { code, madeAt: stats.mtimeMs } : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Keeps the code, and removes that of other builds. If this fails, the next start is slower; nothing is lost. */
function write(path: string, code: Buffer): void {
  const folder = dirname(path);
  try {
    // It may have been replaced or opened to others since the start.
    if (!makePrivateFolder(folder)) return;
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(`-${build}`)) rmSync(join(folder, name), { recursive: true, force: true });
    }
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32LE(crc32(code));
    writeAtomic(path, [checksum, code]);
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
