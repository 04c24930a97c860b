import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { machineName, readMachineId, thisMachine } from "../../source/settings/machine.js";
import { temporaryDirectory } from "../library/support.js";

const someId = "0123456789abcdef0123456789abcdef";

test("a machine's name is its host name and six digits, safe in a file name", () => {
  assert.match(machineName("Ada's MacBook Pro (2)", someId), /^ada-s-macbook-pro-2-[0-9a-f]{6}$/);
  assert.match(machineName("../../etc/passwd", someId), /^[a-z0-9-]+$/);
  assert.match(machineName("机器", someId), /^machine-[0-9a-f]{6}$/);
  assert.match(machineName("", null), /^machine-[0-9a-f]{6}$/);
  assert.ok(machineName("x".repeat(300), someId).length < 60);
});

test("the name stays the same when the network gives the host another domain", () => {
  assert.equal(machineName("laptop.local", null), machineName("laptop.lan", null));
  assert.equal(thisMachine(), thisMachine());
});

test("two machines called the same have different names", () => {
  assert.notEqual(machineName("laptop", someId), machineName("laptop", someId.replace("0", "f")));
  assert.notEqual(machineName("laptop", null), machineName("desktop", null));
});

test("the machine's identity is not given away by the name", () => {
  assert.ok(!machineName("laptop", someId).includes(someId.slice(0, 6)));
});

test("the identity is read from the first file that holds one", (t) => {
  const directory = temporaryDirectory(t);
  const [missing, image, right] = ["missing", "image", "right"].map((name) => join(directory, name));
  writeFileSync(image as string, "uninitialized\n");
  writeFileSync(right as string, `${someId}\n`);
  assert.equal(readMachineId([missing as string, image as string, right as string]), someId);
  assert.equal(readMachineId([missing as string, image as string]), null);
});
