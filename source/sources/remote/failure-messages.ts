import { crossrefDoi } from "./addresses.js";
import type { ProxyServer } from "./connection/proxy.js";
import { proxyName } from "./connection/tunnel.js";
import { FetchError } from "./fetch-error.js";

/** Statuses after which a retry may succeed. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * The failure that a response without a listing means.
 * @param retryAfter its header `Retry-After`
 */
export function statusError(status: number, url: URL, retryAfter: string | null): FetchError {
  const reasons: Record<number, string> = {
    204: "sends no content",
    205: "sends no content",
    206: "sends only a part",
    401: "wants a password",
    403: "does not allow it",
    404: "has no such page",
    410: "no longer has this page",
    429: "was asked too often",
    511: "wants you to log in to the network",
  };
  if (status === 404 && crossrefDoi(url.href) !== null) {
    const text =
      "Crossref does not know this DOI; another agency, such as DataCite, may have registered it (HTTP 404)";
    return new FetchError("status", text, { mayPass: false, retryAfter: null, status });
  }
  const why = reasons[status] ?? (status >= 500 ? "has a server error" : "refused");
  return new FetchError("status", `${url.host} ${why} (HTTP ${status})`, {
    mayPass: passing.has(status),
    retryAfter: retryAfter === null ? null : waitOf(retryAfter),
    status,
  });
}

/** The delay of `Retry-After`, in milliseconds: seconds, or a date (RFC 9110, 10.2.3). `null` if it is neither. */
function waitOf(header: string): number | null {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

/**
 * The failure that a failed request means.
 * @param error thrown by undici, Node or `readBody`
 * @param address the requested address
 * @param signal the user's cancellation
 * @param proxy the proxy in use, which may be at fault
 */
export function toFetchError(
  error: unknown,
  address: string | URL,
  signal: AbortSignal | undefined,
  proxy: ProxyServer | null,
): FetchError {
  if (signal?.aborted) return new FetchError("cancelled", "cancelled");
  if (error instanceof FetchError) return error;
  const name = URL.canParse(`${address}`) ? new URL(address).host : `${address}`;
  const host = proxy === null ? name : `${name}, through ${proxyName(proxy)},`;
  const { name: kind, code = "", message } = error as NodeJS.ErrnoException;
  if (kind === "TimeoutError" || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return new FetchError("timeout", `${host} does not answer in time`, { mayPass: true });
  }
  if (/^(ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/.test(code)) {
    return new FetchError("offline", `cannot reach ${host} (offline?)`);
  }
  if (code === "ECONNREFUSED") {
    return new FetchError("offline", `cannot reach ${host}: it refuses connections`);
  }
  if (/WRONG_VERSION|EPROTO|PACKET_LENGTH|RECORD_LAYER/.test(code)) {
    return new FetchError("bad-answer", `${host} does not speak TLS (${message.split("\n")[0]})`);
  }
  if (/CERT|VERIFY|SSL|TLS/.test(code)) {
    return new FetchError(
      "bad-answer",
      `the certificate of ${host} is not trusted: ${message.split("\n")[0]} (NODE_EXTRA_CA_CERTS names a file of your own authorities)`,
    );
  }
  if (
    /^Z_BUF_ERROR|^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$|^UND_ERR_(SOCKET|ABORTED|RES)/.test(code)
  ) {
    return new FetchError("cut", `the connection to ${host} was cut`, { mayPass: true });
  }
  if (/^Z_|^ERR_.*BROTLI|^ERR__ERROR_/.test(code)) {
    return new FetchError("bad-answer", `${host} sends a body that cannot be decompressed`);
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new FetchError("bad-answer", `${host} sends headers that are too long`);
  }
  if (kind === "HTTPParserError" || /^HPE_/.test(code))
    return new FetchError("bad-answer", `${host} sends an invalid HTTP response`);
  return new FetchError("bad-answer", `${host}: ${message}`);
}
