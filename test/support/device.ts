import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Puts a link to a device that never ends at a path. Root gets a device of its own: a fault in what is tested
 * could put a file in the place of the system's, which others may not touch.
 */
export function linkToDevice(path: string): void {
  if (process.getuid?.() !== 0) {
    symlinkSync("/dev/zero", path);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "papers-tui-device-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const device = join(folder, "zero");
  execFileSync("mknod", ["-m", "666", device, "c", "1", "5"]);
  symlinkSync(device, path);
}
