import dns from "node:dns";
import { createRequire, syncBuiltinESMExports } from "node:module";

const promises = createRequire(import.meta.url)("node:dns/promises") as typeof dns.promises;
const resolvers = { lookup: dns.lookup, promised: promises.lookup };

/** Makes names resolve to the addresses given, also where there is no network; every other name is unknown. */
export function resolveTo(addresses: Readonly<Record<string, string>>): void {
  const unknown = () => Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  const familyOf = (address: string) => (address.includes(":") ? 6 : 4);
  dns.lookup = ((name: string, given: object, done: (...all: unknown[]) => void) => {
    const address = addresses[name];
    if (address === undefined) return done(unknown());
    const family = familyOf(address);
    return (given as { all?: boolean }).all ? done(null, [{ address, family }]) : done(null, address, family);
  }) as typeof dns.lookup;
  promises.lookup = (async (name: string) => {
    const address = addresses[name];
    if (address === undefined) throw unknown();
    return [{ address, family: familyOf(address) }];
  }) as unknown as typeof promises.lookup;
  syncBuiltinESMExports();
}

/** Makes names resolve as they do outside of tests. */
export function resolveAsUsual(): void {
  dns.lookup = resolvers.lookup;
  promises.lookup = resolvers.promised;
  syncBuiltinESMExports();
}
