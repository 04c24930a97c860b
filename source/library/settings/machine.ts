import { hostname } from "node:os";
import { readRegular } from "../../files/regular.js";

/** Where systemd, and dbus before it, keep the identity a machine was given when it was installed. */
const machineIdFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/**
 * The name a machine's journal is kept under: the host name as people know it, made safe for a file
 * name on any system, and six hexadecimal digits that tell apart two machines called "laptop".
 *
 * @param hostname as the system says it; only the part before the first dot counts, because the rest
 *   changes with the network on some systems and the name must not
 * @param machineId the machine's own identity, or `null` where the system has none; it is only ever
 *   written down hashed together with our name, as its makers ask
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
 * Six hexadecimal digits of a text: 32-bit FNV-1a (Fowler, Noll and Vo), cut to 24 bits, of which no
 * way leads back to a machine's identity of 128. Not node:crypto, whose loading costs the first
 * screen 6 ms.
 */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return (hash >>> 8).toString(16).padStart(6, "0");
}

/** The name of the machine this runs on; the same at every start. */
export function thisMachine(): string {
  return machineName(hostname(), readMachineId(machineIdFiles));
}

/**
 * The machine's identity from the first of `files` that holds one; `null` where none does.
 * An image that was never started says "uninitialized", which is no identity.
 */
export function readMachineId(files: readonly string[]): string | null {
  for (const file of files) {
    try {
      const id = readRegular(file).toString().trim();
      if (/^[0-9a-f-]{32,36}$/i.test(id)) return id;
    } catch {
      // Not every system has the file; the next place, or the host name, will do.
    }
  }
  return null;
}
