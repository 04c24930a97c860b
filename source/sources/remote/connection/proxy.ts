import { BlockList, isIP } from "node:net";
import { FetchError } from "../fetch-error.js";
import { bareHost, isThisMachine } from "./near-address.js";

/**
 * Variables that name a proxy for https; the first that is set counts. undici and older programs use the last,
 * too.
 */
const variables = [
  "https_proxy",
  "HTTPS_PROXY",
  "all_proxy",
  "ALL_PROXY",
  "http_proxy",
  "HTTP_PROXY",
] as const;
/** The default ports of proxies. */
const usualPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443, "socks5:": 1080 };

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy that the environment names. */
export interface ProxyServer {
  readonly protocol: "http:" | "https:" | "socks5:";
  readonly host: string;
  readonly port: number;
  /** `null` if its address has none. */
  readonly user: { readonly name: string; readonly password: string } | null;
  /** The variable that contains it. */
  readonly variable: string;
}

/**
 * The proxy for an address; `null` for this machine and the hosts in NO_PROXY.
 *
 * @throws FetchError that names the variable if its value is not the address of a proxy
 */
export function proxyFor(url: URL, environment: Environment): ProxyServer | null {
  const named = variables.find((name) => environment[name]?.trim());
  const host = bareHost(url);
  if (named === undefined || isThisMachine(host)) return null;
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  const exceptions = environment.no_proxy?.trim() || environment.NO_PROXY?.trim() || "";
  if (isExcepted(host, port, exceptions)) return null;
  const proxy = readProxy((environment[named] as string).trim());
  if (typeof proxy === "string") throw new FetchError("bad-address", `${named} ${proxy}`);
  return { ...proxy, variable: named };
}

/** A sentence about an invalid proxy in the environment; `null` if it is valid. */
export function proxyFault(environment: Environment): string | null {
  try {
    proxyFor(new URL("https://huggingface.co"), { ...environment, no_proxy: "", NO_PROXY: "" });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A proxy's address as it may be printed: without name and password. */
export function withoutPassword(address: string): string {
  return address.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1…@");
}

/** The parts of a proxy's address, with `http://` by default; or else a clause to follow the variable's name. */
function readProxy(text: string): Omit<ProxyServer, "variable"> | string {
  const wrong = `is not a proxy's address (${withoutPassword(text)}); set it to http://HOST:PORT`;
  const [, scheme = "http", rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? [];
  const protocol = `${scheme.toLowerCase().replace(/^socks(?:5h)?$/, "socks5")}:`;
  if (!(protocol in usualPorts)) {
    return `names a ${scheme} proxy, which is not supported; use http://, https:// or socks5://`;
  }
  // A password may contain any character, even those that end a host.
  const at = rest.lastIndexOf("@");
  const place = `http://${rest.slice(at + 1)}`;
  if (!URL.canParse(place)) return wrong;
  const { hostname, port, pathname, search } = new URL(place);
  if (hostname === "" || pathname !== "/" || search !== "") return wrong;
  // `new URL` drops the default port of http, which is not the default of the other kinds.
  const given = /:(\d+)\/?$/.exec(rest.slice(at + 1))?.[1];
  if (given === undefined ? port !== "" : Number(given) === 0) return wrong;
  return {
    protocol: protocol as ProxyServer["protocol"],
    host: bareHost({ hostname }),
    port: Number(given ?? usualPorts[protocol]),
    user: at < 0 ? null : readUser(rest.slice(0, at)),
  };
}

function readUser(text: string): ProxyServer["user"] {
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  return { name: decoded(name), password: colon < 0 ? "" : decoded(text.slice(colon + 1)) };
}

/** A part of an address with its escapes decoded; unchanged if they are invalid. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Whether NO_PROXY matches a host: a name and its subdomains (with or without a dot or `*.` before it), an
 * address (`::1`, `[::1]`), a range of addresses (`10.0.0.0/8`), each with or without a port, or `*`.
 * https://about.gitlab.com/blog/we-need-to-talk-no-proxy/
 */
function isExcepted(host: string, port: number, exceptions: string): boolean {
  return exceptions
    .toLowerCase()
    .split(/[\s,;]+/)
    .some((one) => {
      if (one === "") return false;
      if (one === "*") return true;
      const range = /^\[?([\da-f.:]+)\]?\/(\d{1,3})$/.exec(one);
      if (range) return isInRange(host, range[1] as string, Number(range[2]));
      // An IPv6 address has colons: only brackets separate it from a port.
      const [, inBrackets, plain, wanted] =
        isIP(one) === 6 ? [null, one, null, null] : (/^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(one) ?? []);
      if (wanted && Number(wanted) !== port) return false;
      const name = inBrackets ?? plain?.replace(/^\*?\./, "").replace(/\.$/, "");
      if (!name) return false;
      if (isIP(name) !== 0) return isInRange(host, name, isIP(name) === 6 ? 128 : 32);
      return host === name || host.endsWith(`.${name}`);
    });
}

function isInRange(host: string, start: string, bits: number): boolean {
  const family = isIP(start);
  if (isIP(host) === 0 || family === 0 || bits > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(start, bits, family === 6 ? "ipv6" : "ipv4");
  return list.check(host, isIP(host) === 6 ? "ipv6" : "ipv4");
}
