import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchError } from "../fetch-error.js";
import { isNear } from "./near-address.js";
import type { ProxyServer } from "./proxy.js";
import { openTunnel } from "./tunnel.js";

/** The limit for opening a connection, also through a proxy, in milliseconds. */
const connectTimeout = 10_000;

/** How a connection to a server is opened. */
export interface Route {
  /** The proxy, or `null`. */
  readonly proxy: ProxyServer | null;
  /** Refuses addresses of this machine and its link (`isNear`) after resolving the server's name. */
  readonly refusesNear: boolean;
}

/** Opens connections on a route, for undici's `connect`. Fails with a FetchError if the route is at fault. */
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
        // Only https goes through a proxy (`checked` in http.ts).
        direct({ ...options, httpSocket: socket }, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}

/** `dns.lookup` for an address that the user did not type: it must not lead to this machine. */
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
