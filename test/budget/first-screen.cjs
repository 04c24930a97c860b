// Loaded before the program (NODE_OPTIONS=--require): notes what is loaded and opened before the first
// frame is written, and puts it into the file that BUDGET_REPORT names.
const fs = require("node:fs");
const tty = require("node:tty");

// What every program with a terminal needs is not the budget's affair.
void [process.stdin, process.stdout];
const before = new Set(process.moduleLoadList);
const looks = [];
const { writeFileSync } = fs;
let isShown = false;

for (const name of Object.keys(fs)) {
  const original = fs[name];
  const isLook = /^(?:open|readFile|exists|readdir|l?stat|access|opendir|readlink|watch)(?:Sync)?$/.test(
    name,
  );
  if (!isLook) continue;
  fs[name] = function look(...given) {
    if (!isShown) looks.push(String(given[0]));
    return original.apply(this, given);
  };
}

const { write } = tty.WriteStream.prototype;
tty.WriteStream.prototype.write = function first(text, ...rest) {
  if (!isShown && String(text).includes("\x1b[?2026h")) {
    isShown = true;
    const modules = process.moduleLoadList.filter(
      (name) => name.startsWith("NativeModule") && !before.has(name),
    );
    writeFileSync(process.env.BUDGET_REPORT, JSON.stringify({ looks, modules }));
  }
  return write.call(this, text, ...rest);
};
