import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { FetchError } from "./fetch-error.js";
import { checkLength, readBody } from "./http-body.js";
import { sleep } from "./sleep.js";

/** What is known of an earlier answer, so that the server need not send it again (RFC 9110, 13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What came of a request: a new body, or that the earlier one still holds. */
export type Fetched =
  | { readonly status: "fresh"; readonly body: Buffer; readonly validators: Validators }
  | { readonly status: "unchanged" };

export interface FetchOptions {
  /** `papers-tui/1.2.3 (+address)`: who asks, as arXiv and Hugging Face want to know. */
  readonly userAgent: string;
  readonly validators?: Validators;
  readonly signal?: AbortSignal;
  /** Bytes after decoding past which a body is refused. */
  readonly limit?: number;
  /** Milliseconds without a byte after which a request is given up. */
  readonly silence?: number;
  /** Milliseconds that one try may take from its beginning to its end. */
  readonly longest?: number;
  /** How often a request is tried again that may succeed later. */
  readonly retries?: number;
  /** Milliseconds to wait before the first retry; doubled for each one after it. */
  readonly pause?: number;
  /** Told before each wait, for the footer. */
  readonly onWait?: (milliseconds: number, why: string) => void;
  /** Told how many bytes of the body have come, decoded. */
  readonly onProgress?: (bytes: number) => void;
}

const defaults = {
  limit: 64 * 1024 * 1024,
  silence: 15_000,
  longest: 120_000,
  retries: 3,
  pause: 1_000,
};

/** A server that asks to wait longer than this is not waited for. */
const longestWait = 60_000;
const mostRedirects = 3;
const redirects = new Set([301, 302, 303, 307, 308]);
const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Fetches an address over https, or over http from this machine itself. Proxy variables are
 * honoured, bodies may be compressed, at most three redirects are followed and none to plain http;
 * what may pass (429, 5xx, a cut connection) is tried again after a growing pause or after what
 * `Retry-After` asks for. Rejects with a FetchError that says in people's words what failed.
 */
export async function fetchBytes(address: string, options: FetchOptions): Promise<Fetched> {
  const { retries, pause } = { ...defaults, ...options };
  const { no_proxy, NO_PROXY } = process.env;
  // What runs on this machine is not asked through a proxy on another.
  const proxies = new EnvHttpProxyAgent({ noProxy: `${no_proxy ?? NO_PROXY ?? ""},localhost,127.0.0.1,::1` });
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await attemptOnce(address, options, proxies);
      } catch (error) {
        const failure = toFetchError(error, address, options.signal);
        const wait = failure.retryAfter ?? pause * 2 ** attempt * (0.75 + Math.random() / 2);
        if (!failure.mayPass || attempt >= retries || wait > longestWait) throw failure;
        options.onWait?.(wait, failure.message);
        await sleep(wait, options.signal);
      }
    }
  } finally {
    void proxies.close().catch(() => {});
  }
}

async function attemptOnce(address: string, options: FetchOptions, dispatcher: Dispatcher): Promise<Fetched> {
  const { limit, silence, longest } = { ...defaults, ...options };
  const signals = [AbortSignal.timeout(longest), ...(options.signal ? [options.signal] : [])];
  const signal = AbortSignal.any(signals);
  let url = checked(address);
  for (let followed = 0; ; followed += 1) {
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      signal,
      headersTimeout: silence,
      bodyTimeout: silence,
      headers: requestHeaders(options),
    });
    if (statusCode === 304) {
      await body.dump();
      return { status: "unchanged" };
    }
    if (redirects.has(statusCode)) {
      await body.dump();
      const target = one(headers.location);
      if (target === null) throw new FetchError("bad-answer", `${url.host} redirects to nowhere`);
      if (followed >= mostRedirects) {
        throw new FetchError("redirect", `${url.host} redirects more than ${mostRedirects} times`);
      }
      url = checked(new URL(target, url).href, url);
      continue;
    }
    if (statusCode < 200 || statusCode > 299) {
      await body.dump();
      throw statusError(statusCode, url, one(headers["retry-after"]));
    }
    try {
      checkLength(one(headers["content-length"]), limit, url.host);
    } catch (error) {
      body.destroy();
      throw error;
    }
    const bytes = await readBody(body, one(headers["content-encoding"]), {
      limit,
      host: url.host,
      onProgress: options.onProgress,
    });
    const validators = { etag: one(headers.etag), lastModified: one(headers["last-modified"]) };
    return { status: "fresh", body: bytes, validators };
  }
}

function requestHeaders({ userAgent, validators }: FetchOptions): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept:
      "application/json, application/atom+xml, application/rss+xml, text/xml, text/plain;q=0.9, */*;q=0.5",
    "accept-encoding": "gzip, deflate, br",
    ...(validators?.etag ? { "if-none-match": validators.etag } : {}),
    ...(validators?.lastModified ? { "if-modified-since": validators.lastModified } : {}),
  };
}

/** The address as a URL that may be fetched: https, or http on this machine. `from` where it was redirected. */
function checked(address: string, from: URL | null = null): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new FetchError("bad-address", `“${address}” is not an address`);
  }
  const isLocal = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  // A page on the internet must not be able to ask this machine's own servers either.
  const mayBeLocal = from === null || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(from.hostname);
  if (url.protocol === "https:" ? !isLocal || mayBeLocal : url.protocol === "http:" && isLocal && mayBeLocal)
    return url;
  const what = from
    ? `${from.host} redirects to ${url.protocol}//${url.host}`
    : `${url.protocol}//${url.host}`;
  throw new FetchError(from ? "redirect" : "bad-address", `${what}, which is not fetched: only https is`);
}

function statusError(status: number, url: URL, retryAfter: string | null): FetchError {
  const reasons: Record<number, string> = {
    401: "wants a password",
    403: "does not allow it",
    404: "has no such page",
    410: "has no such page any more",
    429: "was asked too often",
  };
  const why = reasons[status] ?? (status >= 500 ? "has a problem of its own" : "refused");
  return new FetchError("status", `${url.host} ${why} (HTTP ${status})`, {
    mayPass: passing.has(status),
    retryAfter: retryAfter === null ? null : waitOf(retryAfter),
    status,
  });
}

/** Milliseconds that `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3). `null` where it is neither. */
function waitOf(header: string): number | null {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function toFetchError(error: unknown, address: string, signal: AbortSignal | undefined): FetchError {
  if (error instanceof FetchError) return error;
  const host = URL.canParse(address) ? new URL(address).host : address;
  if (signal?.aborted) return new FetchError("cancelled", "called off");
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError" || /TIMEOUT|ETIMEDOUT/.test(code ?? "")) {
    return new FetchError("timeout", `${host} does not answer in time`, { mayPass: true });
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "ENETUNREACH" || code === "EHOSTUNREACH") {
    return new FetchError("offline", `${host} is not reached: no network?`);
  }
  if (code === "ECONNREFUSED")
    return new FetchError("offline", `${host} is not reached: it refuses connections`);
  if (/CERT|SSL|TLS/.test(code ?? ""))
    return new FetchError("bad-answer", `${host} is not who it says: ${message}`);
  if (code === "ECONNRESET" || code === "EPIPE" || /^UND_ERR_(SOCKET|ABORTED|RES)|Z_/.test(code ?? "")) {
    return new FetchError("cut", `the connection to ${host} was cut`, { mayPass: true });
  }
  return new FetchError("bad-answer", `${host}: ${message}`);
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
