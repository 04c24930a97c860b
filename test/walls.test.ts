import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../source/", import.meta.url));

/** Which rooms a room may import from, besides itself. The map is in ARCHITECTURE.md. */
const allowed: Record<string, readonly string[]> = {
  papers: [],
  text: ["papers"],
  formats: ["papers", "text"],
  fulltext: ["papers", "text"],
  files: [],
  sources: ["papers", "text", "formats", "fulltext", "files"],
  settings: ["papers", "text", "files"],
  library: ["papers", "text", "files", "settings"],
  sync: ["files", "settings", "library"],
  ranking: ["papers", "text"],
  search: ["papers", "text", "ranking"],
  exports: ["papers", "text"],
  reader: ["papers", "text", "search", "fulltext", "ranking"],
  screen: ["papers", "text", "search", "reader", "fulltext", "ranking"],
  terminal: ["text", "reader"],
  ui: ["reader", "screen", "text"],
  app: [
    "papers",
    "text",
    "files",
    "formats",
    "fulltext",
    "sources",
    "settings",
    "library",
    "sync",
    "ranking",
    "search",
    "exports",
    "reader",
    "screen",
    "terminal",
    "ui",
  ],
  cli: [
    "app",
    "papers",
    "text",
    "files",
    "formats",
    "fulltext",
    "sources",
    "settings",
    "library",
    "sync",
    "ranking",
    "search",
    "exports",
    "reader",
    "terminal",
  ],
};

/** Rooms that know nothing of files, clock, network, environment or terminal. */
const pure = ["papers", "text", "formats", "fulltext", "ranking", "search", "exports", "reader", "screen"];

/** Packages, and the rooms that may use them. */
const packages: Record<string, readonly string[]> = {
  ink: ["ui"],
  react: ["ui"],
  "ink-text-input": ["ui"],
  conf: ["settings"],
  "fuse.js": ["search"],
  "get-east-asian-width": ["text"],
  entities: ["text"],
  unicode2latex: ["text"],
  saxes: ["formats"],
  yaml: ["formats"],
  htmlparser2: ["fulltext"],
  undici: ["sources"],
  "supports-hyperlinks": ["terminal"],
};

interface File {
  readonly path: string;
  readonly room: string;
  readonly code: string;
  readonly imports: readonly string[];
}

const files: readonly File[] = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((path) => {
    const code = readFileSync(join(source, path), "utf8");
    // A comment may say what derives from "adapt".
    const withoutComments = code.replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
    const imports = [
      ...withoutComments.matchAll(/\bfrom\s+"([^"]+)"|\bimport\s*\(\s*"([^"]+)"\s*\)|\bimport\s+"([^"]+)"/g),
    ];
    return {
      path,
      room: path.includes("/") ? (path.split("/")[0] as string) : path.replace(/\.tsx?$/, ""),
      code: code.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
      imports: imports.map((found) => (found[1] ?? found[2] ?? found[3]) as string),
    };
  });

test("every file is in a room of the map", () => {
  assert.ok(files.length > 50);
  for (const { path, room } of files) assert.ok(room in allowed, path);
});

test("ARCHITECTURE.md draws the same walls", () => {
  const document = readFileSync("ARCHITECTURE.md", "utf8");
  const rooms = [...document.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)];
  const drawn = rooms
    .filter(([, room]) => (room as string) in allowed)
    .map(([, room, others]) => [
      room,
      [...(others as string).matchAll(/`(\w+)`/g)].map((one) => one[1]).sort(),
    ]);
  const held = Object.entries(allowed)
    .filter(([room]) => room !== "cli" && room !== "app")
    .map(([room, others]) => [room, [...others].sort()]);
  assert.deepEqual(
    Object.fromEntries(drawn.filter(([room]) => room !== "cli" && room !== "app")),
    Object.fromEntries(held),
  );
});

test("rooms import only from the rooms they may", () => {
  for (const { path, room, imports } of files) {
    for (const name of imports.filter((one) => one.startsWith("."))) {
      const target = relative(source, join(source, path, "..", name)).split("/")[0] as string;
      const isHome = target === room;
      assert.ok(isHome || allowed[room]?.includes(target), `${path} imports ${name}`);
    }
  }
});

test("packages are used only where they belong", () => {
  for (const { path, room, imports } of files) {
    for (const name of imports.filter((one) => !one.startsWith(".") && !one.startsWith("node:"))) {
      assert.ok(packages[name]?.includes(room), `${path} imports ${name}`);
    }
  }
});

test("pure rooms touch no file, clock, network, environment or terminal", () => {
  const forbidden = [
    /\bDate\.now\b/,
    /\bnew Date\(\s*\)/,
    /\bprocess\b/,
    /\bperformance\./,
    /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/,
    /\bfetch\s*\(/,
    /\bMath\.random\b/,
    /\bconsole\b/,
    /\bglobalThis\b/,
  ];
  // The entry of the thread that searches: it only hands messages to and from what is pure.
  const isThread = (path: string) => /^search\/worker\/worker\.ts$/.test(path);
  assert.equal(files.filter((one) => isThread(one.path)).length, 1);
  for (const { path, room, code, imports } of files.filter(
    (one) => pure.includes(one.room) && !isThread(one.path),
  )) {
    assert.deepEqual(
      imports.filter((name) => name.startsWith("node:")),
      [],
      `${path} (${room})`,
    );
    for (const pattern of forbidden) assert.doesNotMatch(code, pattern, path);
  }
});

test("pure rooms keep no state in modules", () => {
  // Constants that are made on first use are `Lazy`; what is kept from key to key is in the model's caches.
  const state = [
    /^(?:export )?let\b.*$/m,
    /^(?:export )?const \w+(?:: (?!Readonly)[^=]*)? = new \w*(?:Map|Set|Cache)(?:<.*>)?\(\).*$/m,
  ];
  for (const { path, code } of files.filter(({ room }) => pure.includes(room))) {
    for (const pattern of state) assert.doesNotMatch(code, pattern, path);
  }
});

test("the searching thread knows of the world only how threads talk", () => {
  const [thread] = files.filter((one) => one.path === "search/worker/worker.ts");
  assert.deepEqual(
    thread?.imports.filter((name) => name.startsWith("node:")),
    ["node:worker_threads"],
  );
  assert.ok(files.every(({ imports }) => !imports.some((name) => name.endsWith("worker/worker.js"))));
});

test("components decide nothing about the world either", () => {
  for (const { path, code, imports } of files.filter(({ room }) => room === "ui")) {
    assert.deepEqual(
      imports.filter((name) => name.startsWith("node:") && name !== "node:events"),
      [],
      path,
    );
    assert.doesNotMatch(code, /\bDate\b|\bprocess\.|\bsetTimeout\b/, path);
  }
});

test("no file imports itself by way of others", () => {
  const imported = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .filter((name) => name.startsWith("."))
        .map((name) => join(path, "..", name).replace(/\.js$/, ""))
        .map((name) => files.find((one) => one.path.replace(/\.tsx?$/, "") === name)?.path as string),
    ]),
  );
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) assert.fail([...way.slice(start), path].join(" → "));
    if (done.has(path)) return;
    for (const next of imported.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
});

test("no folder has more than twelve files beside each other", () => {
  const folders = new Map<string, number>();
  const tests = readdirSync(new URL(".", import.meta.url), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ path: join(entry.parentPath, entry.name) }));
  for (const { path } of [...files, ...tests])
    folders.set(dirname(path), (folders.get(dirname(path)) ?? 0) + 1);
  for (const [folder, count] of folders) assert.ok(count <= 12, `${folder} has ${count} files`);
});

test("tests that share a process set no hooks for each other", () => {
  // With one process for many files, a hook outside a suite runs for the tests of all of them.
  const tests = fileURLToPath(new URL(".", import.meta.url));
  for (const name of readdirSync(tests, { recursive: true, encoding: "utf8" })) {
    if (!/\.test\.tsx?$/.test(name) || /^sources[\\/]/.test(name)) continue;
    const hooks =
      readFileSync(join(tests, name), "utf8").match(/^(?:before|beforeEach|afterEach)\(.*/gm) ?? [];
    // Unmounting what a test has mounted harms nobody.
    assert.deepEqual(
      hooks.filter((hook) => hook !== "afterEach(() => cleanup());"),
      [],
      name,
    );
  }
});

test("the names of files are plain", (t) => {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z", ".."], { cwd: source, encoding: "utf8" });
  if (status !== 0) return t.skip("this is no git checkout");
  const odd = stdout.split("\0").filter((name) => !/^[\w.@/+-]*$/.test(name));
  assert.deepEqual(odd, []);
});
