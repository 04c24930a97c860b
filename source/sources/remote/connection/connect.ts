import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchError } from "../fetch-error.js";
import { isNear } from "./near-address.js";
import type { ProxyServer } from "./proxy.js";
import { openTunnel } from "./tunnel.js";

/** Milliseconds that a connection may take to be there, also through a proxy. */
const connectTimeout = 10_000;

/** How a connection to a server is opened. */
export interface Route {
  /** The proxy to ask, `null` for none. */
  readonly proxy: ProxyServer | null;
  /** Refuses addresses of this machine and next to it (`isNear`), once the server's name is resolved. */
  readonly refusesNear: boolean;
}

/** What opens connections on a route, for undici's `connect`. Fails with a FetchError where the route is to blame. */
export function connectorFor({ proxy, refusesNear }: Route): buildConnector.connector {
  const direct = buildConnector({
    timeout: connectTimeout,
    ...(refusesNear ? { lookup: lookupElsewhere } : {}),
  });
  if (proxy === null) return direct;
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
    openTunnel(proxy, { host: options.hostname, port }, connectTimeout).then(
      (socket) => {
        // Only https is asked through a proxy (`checked` in http.ts).
        direct({ ...options, httpSocket: socket }, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

/** `dns.lookup` for an address that nobody here has typed: it must not lead to this machine. */
const lookupElsewhere: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const near = error ? undefined : addresses.find(({ address }) => isNear(address));
    if (error) callback(error, "", 0);
    else if (near) callback(refusal(hostname, near.address), "", 0);
    else if (options.all) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
  });
};

function refusal(host: string, address: string): FetchError {
  return new FetchError(
    "redirect",
    `a redirect leads to ${host}, which is this machine (${address}): not followed`,
  );
}
