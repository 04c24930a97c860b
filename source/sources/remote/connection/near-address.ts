import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { hostname as machineName, networkInterfaces } from "node:os";

/** Loopback and "this host" (RFC 1122, 3.2.1.3; RFC 4291, 2.5), also embedded in IPv6. */
const loopback = listOf(
  ["0.0.0.0", 8, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  // `::`, `::1` and the old form of embedded IPv4 addresses, `::127.0.0.1`.
  ["::", 127, "ipv6"],
  ["::7f00:0", 104, "ipv6"],
  // NAT64 (RFC 6052) and 6to4 (RFC 3056); mapped addresses (::ffff:127.0.0.1) match the IPv4 ones.
  ["64:ff9b::7f00:0", 104, "ipv6"],
  ["64:ff9b::", 104, "ipv6"],
  ["2002:7f00::", 24, "ipv6"],
);
/** Link-local addresses, among them the metadata of cloud machines (RFC 3927). */
const linkLocal = listOf(
  ["169.254.0.0", 16, "ipv4"],
  ["fe80::", 10, "ipv6"],
  ["64:ff9b::a9fe:0", 112, "ipv6"],
);

function listOf(...subnets: readonly (readonly [string, number, "ipv4" | "ipv6"])[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of subnets) list.addSubnet(address, bits, family);
  return list;
}

/** The name or IP address of a URL's host: lower case, without IPv6 brackets and a last dot. */
export function bareHost({ hostname }: Pick<URL, "hostname">): string {
  return hostname.toLowerCase().replace(/^\[|\]$|\.$/g, "");
}

/** Whether a host is this machine by its name: `localhost`, or a loopback address in any spelling. */
export function isThisMachine(host: string): boolean {
  if (isIP(host) === 0) return host === "localhost" || host.endsWith(".localhost");
  return isIn(loopback, host) || isIn(ownAddresses(), host);
}

/** The same, and the machine's own name and link-local addresses: no redirect from elsewhere may lead there. */
export function isNear(host: string): boolean {
  if (isIP(host) !== 0 && isIn(linkLocal, host)) return true;
  const own = machineName().toLowerCase();
  return isThisMachine(host) || host === own || host === own.replace(/\..*/, "") || host === `${own}.local`;
}

/** Whether a name has an address for which `isNear` is true; `false` also for a name without a known address. */
export async function resolvesNear(host: string): Promise<boolean> {
  if (isNear(host)) return true;
  try {
    return (await lookup(host, { all: true })).some(({ address }) => isNear(address));
  } catch {
    return false;
  }
}

function ownAddresses(): BlockList {
  const list = new BlockList();
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address, family } of addresses ?? [])
      list.addAddress(address, family === "IPv6" ? "ipv6" : "ipv4");
  }
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
