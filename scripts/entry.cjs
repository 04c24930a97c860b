#!/usr/bin/env node
// The program's first file as it is installed (dist/cli.js): runs main.js beside it from code that
// was compiled by an earlier run. Node's own compile cache keeps only what is compiled while a file
// is loaded, and V8 compiles nearly all functions when they are first called: to compile those anew
// was half of the time to the first screen.
const fs = require("node:fs");
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = fs;
const { Module, enableCompileCache } = require("node:module");
const { homedir } = require("node:os");
const { dirname, isAbsolute, join } = require("node:path");
const vm = require("node:vm");
const { crc32 } = require("node:zlib");

/** What main.js is, so that no other build's code is ever run; the build fills it in. */
const build = "BUILD";
const program = join(__dirname, "main.js");
/** By then everything that belongs to a start has been called, in milliseconds. */
const settled = 1_500;

const isOff = process.env.NODE_DISABLE_COMPILE_CACHE === "1";
run();

function run() {
  // For the files behind the first screen.
  if (!isOff) enableCompileCache?.();
  const file = isOff ? null : cacheFile();
  const cachedData = file === null ? undefined : read(file);
  const source = `(function (module, require, __filename, __dirname, __load) { ${readFileSync(program, "utf8")}\n})`;
  const script = new vm.Script(source, { filename: program, cachedData });
  if (file !== null && (cachedData === undefined || script.cachedDataRejected)) {
    const keep = once(() => write(file, compiled(script)));
    // What was called is kept, so it must have been a start with a screen, and one that went well.
    if (isForScreen()) {
      setTimeout(keep, settled).unref();
      process.once("exit", (code) => void (code === 0 && keep()));
    }
  } else if (file !== null && isForScreen() && hasNewImage(file)) {
    // What was in the kept code still is, and with it what is first called where there are marks.
    process.once("exit", (code) => void (code === 0 && write(file, compiled(script))));
  }
  // The other files ask for it as they would for any module.
  const main = new Module(program, module);
  main.filename = program;
  main.loaded = true;
  require.cache[program] = main;
  const load = (name) => import(name);
  script.runInThisContext()(main, require, program, __dirname, load);
}

/**
 * What V8 has compiled. It takes that back only under the flags under which it was made, so it must be
 * made under those of a start; the program sets this one meanwhile (commands/young-memory.ts).
 */
function compiled(script) {
  const { setFlagsFromString } = require("node:v8");
  const isSet = globalThis.__youngMemoryIsSmall === true;
  if (isSet) setFlagsFromString("--semi-space-growth-factor=2");
  const code = script.createCachedData();
  if (isSet) setFlagsFromString("--semi-space-growth-factor=1");
  return code;
}

/** The file for this build and this Node, in the program's cache; `null` where there is no home for it. */
function cacheFile() {
  const name = `${process.versions.v8}-${process.arch}-${build}`;
  const folder = cacheDirectory();
  // Younger than Node 20.0.
  return folder === null || crc32 === undefined ? null : join(folder, "compiled", name);
}

/** Whether an image of the marks (library/marks-image.ts) was made since the code was kept: a start with it calls more. */
function hasNewImage(file) {
  const madeAt = (path) => fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return madeAt(join(dirname(file), "..", "marks")) > madeAt(file);
}

/** Whether this run shows a screen, as far as that is seen from here: other verbs call other functions. */
function isForScreen() {
  const [verb = ""] = process.argv.slice(2);
  return (
    process.stdout.isTTY &&
    !/^(?:list|export|show|mark|merge|state|sync|completions|keys|paths|doctor|help|-[hV]|--help|--version)$/.test(
      verb,
    )
  );
}

/** As `library/directories.ts` has it, without what only Windows needs to tell apart. */
function cacheDirectory() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, "papers-tui");
  if (process.platform === "win32")
    return LOCALAPPDATA && isAbsolute(LOCALAPPDATA) ? join(LOCALAPPDATA, "papers-tui", "cache") : null;
  try {
    const home = homedir();
    return isAbsolute(home) ? join(home, ".cache", "papers-tui") : null;
  } catch {
    return null;
  }
}

/** The code without its checksum; nothing where the file is not as it was written: V8 would not notice. */
function read(file) {
  try {
    const bytes = readFileSync(file);
    const code = bytes.subarray(4);
    return code.length > 0 && bytes.readUInt32LE(0) === crc32(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Written whole or not at all. That it cannot be written costs time at the next start and nothing else. */
function write(file, code) {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    const head = Buffer.alloc(4);
    head.writeUInt32LE(crc32(code));
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, Buffer.concat([head, code]));
    renameSync(temporary, file);
    for (const name of readdirSync(folder)) if (isOlder(name)) rmSync(join(folder, name), { force: true });
  } catch {}
}

/** Whether it is another build's code for this Node. */
function isOlder(name) {
  return name.startsWith(`${process.versions.v8}-${process.arch}-`) && !name.includes(build);
}

function once(act) {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    act();
  };
}
