import { hostname } from "node:os";
import { readText } from "../files/regular.js";

/** systemd, and dbus before it, keep a machine's identity here. */
const machineIdFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/**
 * The machine name in a journal's file name: the host name, made safe for any file system, and six hexadecimal
 * digits that distinguish two machines called "laptop".
 *
 * @param hostname the system's host name; only the part before the first dot is used, because the rest changes
 *   with the network on some systems
 * @param machineId the machine's identity, or `null`; only its hash with our name is written, as machine-id(5)
 *   asks
 */
export function machineName(hostname: string, machineId: string | null): string {
  const host = hostname.split(".", 1)[0] ?? "";
  const slug = host
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return `${slug || "machine"}-${digest(`papers-tui:${machineId ?? host}`)}`;
}

/**
 * Six hexadecimal digits of a text: 32-bit FNV-1a (Fowler, Noll and Vo), cut to 24 bits, which cannot reveal an
 * identity of 128 bits. Loading node:crypto instead would cost the first screen 6 ms.
 */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash >>> 8).toString(16).padStart(6, "0");
}

/** The name of this machine; the same at every start. */
export function thisMachine(): string {
  return machineName(hostname(), readMachineId(machineIdFiles));
}

/**
 * The machine's identity from the first of `files` that has one, or `null`. In an image that was never started
 * the file says "uninitialized", which does not count.
 */
export function readMachineId(files: readonly string[]): string | null {
  for (const file of files) {
    try {
      const id = readText(file).trim();
      if (/^[0-9a-f-]{32,36}$/i.test(id)) return id;
    } catch {
      // Not every system has the file; the next one or the host name is enough.
    }
  }
  return null;
}
