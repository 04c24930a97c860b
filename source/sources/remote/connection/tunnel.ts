import { once } from "node:events";
import { type IncomingMessage, type RequestOptions, request as requestPlainly } from "node:http";
import { request as requestByTls } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { FetchError } from "../fetch-error.js";
import type { ProxyServer } from "./proxy.js";

interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a connection to a server through a proxy: by CONNECT (RFC 9110, 9.3.6) or SOCKS 5 (RFC 1928).
 *
 * @param timeout in milliseconds
 * @throws FetchError that names the proxy and its variable
 */
export async function openTunnel(proxy: ProxyServer, target: Target, timeout: number): Promise<Socket> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  try {
    return proxy.protocol === "socks5:"
      ? await throughSocks(proxy, target, controller.signal)
      : await throughConnect(proxy, target, controller.signal);
  } catch (error) {
    throw error instanceof FetchError ? error : toFetchError(error, proxy, controller.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

/** "the proxy proxy.example.org:3128 (HTTPS_PROXY)", without name and password. */
export function proxyName({ host, port, variable }: ProxyServer): string {
  return `the proxy ${isIP(host) === 6 ? `[${host}]` : host}:${port} (${variable})`;
}

function toFetchError(error: unknown, proxy: ProxyServer, isLate: boolean): FetchError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const who = proxyName(proxy);
  if (isLate || code === "ETIMEDOUT")
    return new FetchError("timeout", `${who} does not answer in time`, { mayPass: true });
  if (/WRONG_VERSION|EPROTO|PACKET_LENGTH|RECORD_LAYER/.test(code)) {
    return new FetchError("proxy", `${who} does not speak TLS: write http:// instead of https://`);
  }
  if (/CERT|VERIFY|SSL|TLS/.test(code)) {
    return new FetchError("proxy", `${who} has a certificate that is not trusted (${message})`);
  }
  if (/^HPE_/.test(code)) return new FetchError("proxy", `${who} does not answer as an HTTP proxy`);
  if (code === "ECONNREFUSED") return new FetchError("offline", `${who} refuses connections`);
  if (/^(ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/.test(code)) {
    return new FetchError("offline", `cannot reach ${who} (offline, or a wrong name?)`);
  }
  if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/.test(code)) {
    return new FetchError("proxy", `${who} closes the connection without an answer`, { mayPass: true });
  }
  return new FetchError("proxy", `${who}: ${message}`);
}

async function throughConnect(proxy: ProxyServer, target: Target, signal: AbortSignal): Promise<Socket> {
  const request = proxy.protocol === "https:" ? requestByTls : requestPlainly;
  const place = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`;
  const credentials =
    proxy.user && Buffer.from(`${proxy.user.name}:${proxy.user.password}`).toString("base64");
  const options: RequestOptions = {
    host: proxy.host,
    port: proxy.port,
    method: "CONNECT",
    path: place,
    agent: false,
    signal,
    headers: { host: place, ...(credentials ? { "proxy-authorization": `Basic ${credentials}` } : {}) },
  };
  return new Promise((resolve, reject) => {
    const asked = request(options);
    asked.once("error", reject);
    asked.once("response", (answer: IncomingMessage) => {
      // A web page as the reply to CONNECT means that it is not a proxy.
      answer.destroy();
      reject(refusal(proxy, target, answer.statusCode ?? 0));
    });
    asked.once("connect", ({ statusCode = 0 }: IncomingMessage, socket: Socket, head: Buffer) => {
      if (statusCode >= 200 && statusCode <= 299) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(refusal(proxy, target, statusCode));
    });
    asked.end();
  });
}

function refusal(proxy: ProxyServer, { host }: Target, status: number): FetchError {
  const who = proxyName(proxy);
  if (status === 407) {
    const what = proxy.user === null ? "needs a name and a password" : "rejects this name and password";
    return new FetchError("proxy", `${who} ${what} (HTTP 407): write them as http://NAME:PASSWORD@HOST:PORT`);
  }
  const mayPass = status === 502 || status === 503 || status === 504;
  return new FetchError("proxy", `${who} cannot connect to ${host} (HTTP ${status})`, { mayPass, status });
}

/** The meaning of SOCKS 5 replies (RFC 1928, 6). */
const failures: Readonly<Record<number, string>> = {
  1: "it failed",
  2: "its rules forbid it",
  3: "it does not reach the network",
  4: "it does not reach the server",
  5: "the server refuses connections",
  6: "it took too long",
};

async function throughSocks(proxy: ProxyServer, target: Target, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port, signal });
  // The waiting reader has its own listener.
  socket.on("error", () => {});
  try {
    await once(socket, "connect");
    const replies = new Replies(socket);
    const { user } = proxy;
    socket.write(user === null ? Buffer.of(5, 1, 0) : Buffer.of(5, 2, 0, 2));
    const [version, method] = await replies.take(2);
    if (version !== 5)
      throw new FetchError("proxy", `${proxyName(proxy)} does not answer as a SOCKS 5 proxy`);
    if (method === 2 && user !== null) {
      // RFC 1929.
      socket.write(Buffer.concat([Buffer.of(1), withLength(user.name), withLength(user.password)]));
      const [, status] = await replies.take(2);
      if (status !== 0) throw new FetchError("proxy", `${proxyName(proxy)} rejects this name and password`);
    } else if (method !== 0) {
      throw new FetchError(
        "proxy",
        `${proxyName(proxy)} needs a name and a password: write socks5://NAME:PASSWORD@HOST:PORT`,
      );
    }
    // The proxy resolves the name: it may know more names than this machine.
    const port = Buffer.of(target.port >> 8, target.port & 0xff);
    socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3), withLength(target.host), port]));
    const [, reply = 1, , kind] = await replies.take(4);
    if (reply !== 0) {
      const why = failures[reply] ?? `reply ${reply}`;
      throw new FetchError("proxy", `${proxyName(proxy)} cannot connect to ${target.host}: ${why}`);
    }
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await replies.take(1))[0] ?? 0);
    await replies.take(length + 2);
    replies.release();
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** A text of at most 255 bytes, after its length. */
function withLength(text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

/** Reads exact numbers of bytes from a socket. */
class Replies {
  readonly #socket: Socket;
  #held = Buffer.alloc(0);
  #isEnded = false;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", this.#hold);
    socket.on("end", this.#end);
    socket.on("close", this.#end);
  }

  /** The next `count` bytes. Throws ECONNRESET if the connection ends before. */
  async take(count: number): Promise<Buffer> {
    while (this.#held.length < count) {
      if (this.#isEnded) throw Object.assign(new Error("the connection ended"), { code: "ECONNRESET" });
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const bytes = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return bytes;
  }

  /** Leaves further bytes to others. */
  release(): void {
    this.#socket.pause();
    this.#socket.off("data", this.#hold);
    this.#socket.off("end", this.#end);
    this.#socket.off("close", this.#end);
    if (this.#held.length > 0) this.#socket.unshift(this.#held);
  }

  readonly #hold = (chunk: Buffer) => {
    this.#held = Buffer.concat([this.#held, chunk]);
    this.#wake();
  };

  readonly #end = () => {
    this.#isEnded = true;
    this.#wake();
  };
}
