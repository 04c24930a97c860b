import { rmSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment } from "../test/support/environment.js";
import { Probe } from "./probe.js";
import { papersTui, wordsOnFirstScreen } from "./subject.js";
const strip = (w: string) => w.replace(/\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, "");
const size = { columns: 120, rows: 40 };
const runs = Number(process.env.RUNS ?? 15);
const marks = Number(process.env.MARKS ?? 0);
const programs = process.argv.slice(2);
const subs = [];
for (const p of programs) {
  const env = cleanEnvironment();
  if (marks > 0) {
    const dir = join(env.home, ".local/state/papers-tui"); mkdirSync(dir, { recursive: true });
    const lines = [];
    for (let i = 0; i < marks; i++) lines.push(JSON.stringify({ v: 1, at: new Date(1.7e12 + i * 1000).toISOString(), id: `bench:${i + 1}`, label: "starred", papers: [{ paper: `2401.${String(i).padStart(5, "0")}`, title: "A title of a paper that was starred some day", starred: true }] }));
    writeFileSync(join(dir, "journal-bench.jsonl"), lines.join("\n") + "\n");
  }
  subs.push({ p, s: p === "node" ? null : p.endsWith(".mjs")||p.endsWith(".cjs") ? { ...papersTui(p, env.variables) , raw: true} : papersTui(p, env.variables), env });
}
const words = new Map<string, string[]>();
for (const { p, s } of subs) if (s && !(s as any).raw) words.set(p, await wordsOnFirstScreen(s, size));
const times = new Map<string, number[]>(programs.map((p) => [p, []]));
for (let run = -3; run < runs; run++) for (const { p, s, env } of subs) {
  const args = s ? s.args : ["-e", "console.log(1)"];
  const r = new Probe({ command: process.execPath, args, ...size, environment: env.variables });
  const need = words.get(p) ?? ["1"];
  if (!words.has(p)) await r.ended(); else await r.quiet(150);
  let at = NaN, w = ""; const d = new TextDecoder(); let missing = need;
  for (const piece of r.pieces) { w += d.decode(piece.data, { stream: true }); const plain = strip(w); missing = missing.filter((x) => !plain.includes(x)); if (missing.length === 0) { at = piece.at - r.startedAt; break; } }
  if (words.has(p)) { r.write("q"); await r.ended(); }
  await r.kill();
  if (run >= 0) times.get(p)!.push(at);
}
const med = (v: number[]) => v.sort((a, b) => a - b)[v.length >> 1]!;
const base = med(times.get(programs[0]!)!);
for (const [p, v] of times) { const m = med(v); console.log(p.padEnd(40), m.toFixed(1), `min ${v[0]!.toFixed(1)}`, `p95 ${v[Math.floor(v.length * .95)]!.toFixed(1)}`, `ratio ${(m / base).toFixed(2)}`); }
for (const { env } of subs) rmSync(env.home, { recursive: true, force: true });
