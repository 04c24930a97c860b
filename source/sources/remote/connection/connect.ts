import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchError } from "../fetch-error.js";
import { isNear } from "./near-address.js";
import type { ProxyServer } from "./proxy.js";
import { openTunnel } from "./tunnel.js";

/** The limit for opening a connection, also through a proxy, in milliseconds. */
const connectTimeout = 10_000;

/** What led to an address that the person did not name. */
type Way = "page" | "redirect";

/** How a connection to a server is opened. */
export interface Route {
  /** The proxy, or `null`. */
  readonly proxy: ProxyServer | null;
  /**
   * What led here, if addresses of this machine and its link (`isNear`) are refused after resolving the server's
   * name; `null` if they are allowed.
   */
  readonly refusesNear: Way | null;
}

/** Opens connections on a route, for undici's `connect`. Fails with a FetchError if the route is at fault. */
export function connectorFor({ proxy, refusesNear }: Route): buildConnector.connector {
  const direct = buildConnector({
    timeout: connectTimeout,
    ...(refusesNear ? { lookup: lookupElsewhere(refusesNear) } : {}),
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

/** `dns.lookup` for an address that the person did not name: it must not lead to this machine. */
const lookupElsewhere =
  (way: Way): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const near = error ? undefined : addresses.find(({ address }) => isNear(address));
      if (error) callback(error, "", 0);
      else if (near) callback(nearError(way, hostname, near.address), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? "", addresses[0]?.family);
    });
  };

/**
 * The error for an address that leads to this machine and must not.
 * @param address what the host resolved to, if it is a name
 */
export function nearError(way: Way, host: string, address: string | null = null): FetchError {
  const where = `${host}, which is this machine${address === null ? "" : ` (${address})`}`;
  return way === "redirect"
    ? new FetchError("redirect", `a redirect leads to ${where}: not followed`)
    : new FetchError("bad-answer", `an address leads to ${where}: not fetched`);
}
