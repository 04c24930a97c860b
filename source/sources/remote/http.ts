import { Agent, type Dispatcher, request } from "undici";
import { connectorFor, nearError } from "./connection/connect.js";
import { bareHost, isNear, isThisMachine, resolvesNear } from "./connection/near-address.js";
import { proxyFor } from "./connection/proxy.js";
import { statusError, toFetchError } from "./failure-messages.js";
import { FetchError } from "./fetch-error.js";
import { type BodyLimits, checkLength, readBody } from "./http-body.js";
import { sleep } from "./sleep.js";

/** The validators of an earlier response, so that the server need not send it again (RFC 9110, 13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** The result of a request: a new body, or "not modified", each with its validators. */
export type Fetched =
  | { readonly status: "fresh"; readonly body: Buffer; readonly validators: Validators }
  | { readonly status: "unchanged"; readonly validators: Validators };

/**
 * Who named an address: the person (typed, in the settings or in the environment), or a page, a listing or an
 * answer, with its own address ("" if it has none).
 */
export type NamedBy = "person" | { readonly page: string };

export interface FetchOptions extends Partial<BodyLimits> {
  /** The user agent, as arXiv and Hugging Face request: `papers-tui/1.2.3 (+address)`. */
  readonly userAgent: string;
  /** What a page names may lead to the page's own origin, and else nowhere near (`isNear`). */
  readonly namedBy: NamedBy;
  readonly validators?: Validators;
  readonly signal?: AbortSignal;
  /** The limit without a byte, in milliseconds. */
  readonly silence?: number;
  /** The limit of one attempt, after which no other begins, in milliseconds. */
  readonly longest?: number;
  /** How often to retry a request that may succeed later. */
  readonly retries?: number;
  /** The delay before the first retry, in milliseconds; doubled for each further one. */
  readonly pause?: number;
  /** Called before each wait, with a clause that "in 2 s" may follow: "… (HTTP 503), retrying". */
  readonly onWait?: (milliseconds: number, why: string) => void;
  /** Called with the number of decoded bytes so far. */
  readonly onProgress?: (bytes: number) => void;
}

const defaults = {
  limit: 64 * 1024 * 1024,
  wanted: "a listing",
  silence: 15_000,
  longest: 90_000,
  grace: 15_000,
  slowest: 2,
  retries: 3,
  pause: 1_000,
};

/** The longest delay of a server that is respected. */
const longestWait = 60_000;
/** Decoded bytes that wait to be taken: as chunks of one byte each they take some milliseconds. */
const heldBytes = 16 * 1024;
const mostRedirects = 3;
const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches an address over https, or over http from this machine itself. Uses proxy variables, accepts
 * compressed bodies, and follows at most three redirects: none to plain http, and none from elsewhere to this
 * machine. An address that a page names is treated like such a redirect, unless it has the page's own origin.
 * Retries temporary failures (429, 5xx, a cut connection) after a growing delay or after
 * `Retry-After`.
 *
 * @throws FetchError only, with a message for people
 */
export async function fetchBytes(address: string, options: FetchOptions): Promise<Fetched> {
  const { retries, pause, longest } = { ...defaults, ...options };
  const begun = performance.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptOnce(address, options);
    } catch (error) {
      const failure = toFetchError(error, address, options.signal, null);
      // A server that was silent twice will be silent again.
      const most = failure.failure === "timeout" ? Math.min(1, retries) : retries;
      const wait = failure.retryAfter ?? pause * 2 ** attempt * (0.75 + Math.random() / 2);
      const isLate = performance.now() - begun > longest;
      if (!failure.mayPass || attempt >= most || wait > longestWait || isLate) throw failure;
      options.onWait?.(wait, `${failure.message}, retrying`);
      await sleep(wait, options.signal);
    }
  }
}

async function attemptOnce(address: string, options: FetchOptions): Promise<Fetched> {
  const { longest } = { ...defaults, ...options };
  const signals = [AbortSignal.timeout(longest), ...(options.signal ? [options.signal] : [])];
  const signal = AbortSignal.any(signals);
  const { namedBy } = options;
  let trail: Trail = { namedBy, from: null, isFromElsewhere: false };
  let url = checked(address, trail);
  for (let followed = 0; ; followed += 1) {
    const proxy = proxyFor(url, process.env);
    // The address that a proxy connects to is unknown, so check the one that this machine would use.
    const refused = mayBeNear(url, trail) ? null : wayOf(trail);
    if (refused !== null && proxy !== null && (await resolvesNear(bareHost(url))))
      throw nearError(refused, url.host);
    const route = { proxy, refusesNear: proxy === null ? refused : null };
    const agent = new Agent({ connect: connectorFor(route), maxHeaderSize: 32 * 1024 });
    try {
      const answer = await ask(url, agent, signal, options);
      if (!("redirect" in answer)) return answer;
      if (followed >= mostRedirects) {
        throw new FetchError("redirect", `${url.host} redirects more than ${mostRedirects} times`);
      }
      const isFromElsewhere = trail.isFromElsewhere || !isThisMachine(bareHost(url));
      trail = { namedBy, from: url, isFromElsewhere };
      url = checked(answer.redirect, trail);
    } catch (error) {
      throw ofHost(toFetchError(error, url, options.signal, proxy), url, new URL(address));
    } finally {
      // Not awaited: a refused response may never end.
      void agent.destroy().catch(() => {});
    }
  }
}

/** A failure without its status if another host answered, as a network's login page: it says nothing of the address. */
function ofHost(failure: FetchError, url: URL, asked: URL): FetchError {
  if (failure.status === null || url.host === asked.host) return failure;
  const { mayPass, retryAfter, message } = failure;
  return new FetchError("status", message, { mayPass, retryAfter });
}

/** Requests one address. Returns the response, or the target of a redirect. */
async function ask(
  url: URL,
  dispatcher: Dispatcher,
  signal: AbortSignal,
  options: FetchOptions,
): Promise<Fetched | { readonly redirect: string }> {
  const { limit, wanted, silence, grace, slowest } = { ...defaults, ...options };
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    signal,
    headersTimeout: silence,
    bodyTimeout: silence,
    highWaterMark: heldBytes,
    headers: requestHeaders(options),
  });
  // This ends the connection; an error of a body that nobody reads does not matter.
  const leave = () => void body.on("error", () => {}).destroy();
  const validators = { etag: one(headers.etag), lastModified: one(headers["last-modified"]) };
  if (statusCode === 304) {
    leave();
    return { status: "unchanged", validators };
  }
  if (redirects.has(statusCode)) {
    leave();
    const target = one(headers.location);
    if (target === null || !URL.canParse(target, url.href)) {
      throw new FetchError("bad-answer", `${url.host} redirects to nowhere (HTTP ${statusCode})`);
    }
    return { redirect: new URL(target, url).href };
  }
  if (statusCode !== 200 && statusCode !== 203) {
    leave();
    throw statusError(statusCode, url, one(headers["retry-after"]));
  }
  try {
    checkLength(one(headers["content-length"]), { limit, wanted }, url.host);
    const encoding = one(headers["content-encoding"]);
    const { onProgress } = options;
    const bytes = await readBody(body, encoding, {
      limit,
      wanted,
      grace,
      slowest,
      host: url.host,
      onProgress,
    });
    return { status: "fresh", body: bytes, validators };
  } catch (error) {
    leave();
    throw error;
  }
}

function requestHeaders({ userAgent, validators }: FetchOptions): Record<string, string> {
  return {
    "user-agent": userAgent,
    accept:
      "application/json, application/atom+xml, application/rss+xml, text/xml, text/plain;q=0.9, */*;q=0.5",
    "accept-encoding": "gzip, br",
    ...(validators?.etag ? { "if-none-match": validators.etag } : {}),
    ...(validators?.lastModified ? { "if-modified-since": validators.lastModified } : {}),
  };
}

/** How an address was reached. */
interface Trail {
  readonly namedBy: NamedBy;
  /** The address that redirects to it; `null` for the first. */
  readonly from: URL | null;
  /** Whether a server on another machine redirected; it may not lead to this one. */
  readonly isFromElsewhere: boolean;
}

/** Whether an address may be one of this machine: the person named it, or a page of the same origin. */
function mayBeNear(url: URL, { namedBy, isFromElsewhere }: Trail): boolean {
  if (isFromElsewhere) return false;
  if (namedBy === "person") return true;
  // Of other schemes, such as `file:`, all addresses have the origin "null".
  return URL.canParse(namedBy.page) && url.origin !== "null" && new URL(namedBy.page).origin === url.origin;
}

const wayOf = ({ from }: Trail): "page" | "redirect" => (from === null ? "page" : "redirect");

/** The address as a URL that may be fetched: https, or http on this machine, and near only if it may be. */
function checked(address: string, trail: Trail): URL {
  const { from } = trail;
  if (!URL.canParse(address)) throw new FetchError("bad-address", `“${address}” is not an address`);
  const url = new URL(address);
  const host = bareHost(url);
  if (!mayBeNear(url, trail) && isNear(host)) throw nearError(wayOf(trail), url.host);
  if (url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(host))) return url;
  const what = from
    ? `${from.host} redirects to ${url.protocol}//${url.host}`
    : `${url.protocol}//${url.host}`;
  throw new FetchError(
    from ? "redirect" : "bad-address",
    `${what}, which is not fetched: only https is allowed`,
  );
}

function one(header: string | string[] | undefined): string | null {
  return (Array.isArray(header) ? header[0] : header) ?? null;
}
