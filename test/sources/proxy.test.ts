import assert from "node:assert/strict";
import { test } from "node:test";
import { proxyFault, proxyFor, withoutPassword } from "../../source/sources/remote/connection/proxy.js";

const url = new URL("https://huggingface.co/api");
const proxy = (https_proxy: string) => proxyFor(url, { https_proxy });

test("a proxy's address is taken as people write it", () => {
  const expected: Record<string, [string, string, number, string | null]> = {
    "proxy:3128": ["http:", "proxy", 3128, null],
    "proxy.example.org:3128/": ["http:", "proxy.example.org", 3128, null],
    proxy: ["http:", "proxy", 80, null],
    "10.0.0.1:8080": ["http:", "10.0.0.1", 8080, null],
    "  http://proxy:3128  ": ["http:", "proxy", 3128, null],
    "HTTP://Proxy:80": ["http:", "proxy", 80, null],
    "https://proxy": ["https:", "proxy", 443, null],
    "https://proxy:80": ["https:", "proxy", 80, null],
    "[::1]:3128": ["http:", "::1", 3128, null],
    "http://[fd00::1]:3128": ["http:", "fd00::1", 3128, null],
    "ada:secret@proxy:3128": ["http:", "proxy", 3128, "ada:secret"],
    "http://ada:p%40ss%3a@proxy:3128": ["http:", "proxy", 3128, "ada:p@ss:"],
    "http://ada:p@ss#/?w@proxy:3128": ["http:", "proxy", 3128, "ada:p@ss#/?w"],
    "http://ada:100%@proxy:3128": ["http:", "proxy", 3128, "ada:100%"],
    "http://ada@proxy:3128": ["http:", "proxy", 3128, "ada:"],
    "socks5://proxy": ["socks5:", "proxy", 1080, null],
    "socks5h://proxy:9050": ["socks5:", "proxy", 9050, null],
    "socks://proxy:80": ["socks5:", "proxy", 80, null],
  };
  for (const [address, [protocol, host, port, user]] of Object.entries(expected)) {
    const found = proxy(address);
    assert.deepEqual(
      found && [
        found.protocol,
        found.host,
        found.port,
        found.user && `${found.user.name}:${found.user.password}`,
      ],
      [protocol, host, port, user],
      address,
    );
  }
});

test("what cannot be a proxy's address is a sentence that names the variable and no password", () => {
  const wrong = [
    "http://",
    ":3128",
    "http://:3128",
    "proxy:99999",
    "proxy:0",
    "http://pro xy:3128",
    "proxy:port",
    "://",
    "http://a:secret@",
    "http://ada:secret@pro xy:1",
    "http://proxy:3128/proxy.pac",
    "::::",
  ];
  for (const address of wrong) {
    const fault = proxyFault({ HTTPS_PROXY: address }) ?? "";
    assert.match(
      fault,
      /^HTTPS_PROXY is not a proxy's address \(.*\); set it to http:\/\/HOST:PORT$/,
      address,
    );
    assert.ok(!fault.includes("secret"), fault);
  }
  for (const address of [
    "socks4://proxy:1080",
    "ftp://proxy",
    "quic://ada:secret@proxy",
    "file:///etc/passwd",
  ]) {
    const fault = proxyFault({ ALL_PROXY: address }) ?? "";
    assert.match(fault, /^ALL_PROXY names a \w+ proxy, which is not supported/, address);
    assert.ok(!fault.includes("secret"), fault);
  }
  assert.equal(proxyFault({}), null);
  assert.equal(proxyFault({ https_proxy: "proxy:3128" }), null);
});

test("the variables count in their order, and an empty one counts as not set", () => {
  const named = (environment: Record<string, string>) => proxyFor(url, environment)?.variable ?? null;
  assert.equal(
    named({ https_proxy: "a:1", HTTPS_PROXY: "b:1", ALL_PROXY: "c:1", http_proxy: "d:1" }),
    "https_proxy",
  );
  assert.equal(named({ https_proxy: "", HTTPS_PROXY: "b:1", all_proxy: "c:1" }), "HTTPS_PROXY");
  assert.equal(named({ ALL_PROXY: "c:1", http_proxy: "d:1" }), "ALL_PROXY");
  assert.equal(named({ all_proxy: "c:1", ALL_PROXY: "d:1" }), "all_proxy");
  assert.equal(named({ HTTP_PROXY: "d:1", https_proxy: "  " }), "HTTP_PROXY");
  assert.equal(named({ https_proxy: "" }), null);
});

test("NO_PROXY names hosts, ranges, addresses and ports, and this machine is never asked through a proxy", () => {
  const direct = (address: string, no_proxy: string) =>
    proxyFor(new URL(address), { https_proxy: "proxy:3128", no_proxy }) === null;
  const cases: [string, string, boolean][] = [
    ["https://huggingface.co/", "huggingface.co", true],
    ["https://huggingface.co/", ".huggingface.co", true],
    ["https://cdn.huggingface.co/", "huggingface.co", true],
    ["https://cdn.huggingface.co/", "*.huggingface.co", true],
    ["https://HuggingFace.CO/", "HUGGINGFACE.co", true],
    ["https://huggingface.co./", "huggingface.co", true],
    ["https://huggingface.co/", "huggingface.co.", true],
    ["https://nothuggingface.co/", "huggingface.co", false],
    ["https://huggingface.co.evil.org/", "huggingface.co", false],
    ["https://huggingface.co/", "*", true],
    ["https://huggingface.co/", "example.org, *", true],
    ["https://huggingface.co/", "example.org  huggingface.co", true],
    ["https://huggingface.co/", "huggingface.co:443", true],
    ["https://huggingface.co/", "huggingface.co:8443", false],
    ["https://huggingface.co:8443/", "huggingface.co:8443", true],
    ["https://huggingface.co/", "", false],
    ["https://huggingface.co/", ",,", false],
    ["https://10.1.2.3/", "10.0.0.0/8", true],
    ["https://11.1.2.3/", "10.0.0.0/8", false],
    ["https://10.1.2.3/", "10.1.2.3", true],
    ["https://10.1.2.3/", "10.1.2.3:443", true],
    ["https://10.1.2.3/", "10.1.2.3:80", false],
    ["https://10.1.2.3/", "10.0.0.0/99", false],
    ["https://[fd00::5]/", "fd00::/8", true],
    ["https://[fd00::5]/", "[fd00::5]", true],
    ["https://[fd00::5]/", "fd00:0:0::5", true],
    ["https://[fd00::5]/", "[fd00::5]:443", true],
    ["https://[fd00::5]/", "[fd00::5]:80", false],
    ["https://[fd00::5]/", "fe00::/8", false],
    ["https://[2001:db8::1]/", "[2001:db8::]/32", true],
    ["https://localhost/", "", true],
    ["https://a.localhost/", "", true],
    ["https://127.9.9.9/", "", true],
    ["https://[::1]/", "", true],
    ["https://[::ffff:127.0.0.1]/", "", true],
  ];
  for (const [address, exceptions, expected] of cases) {
    assert.equal(direct(address, exceptions), expected, `${address} with ${exceptions}`);
  }
  assert.equal(proxyFor(url, { https_proxy: "a:1", NO_PROXY: "huggingface.co" }), null);
  assert.equal(proxyFor(url, { https_proxy: "a:1", no_proxy: "  ", NO_PROXY: "huggingface.co" }), null);
});

test("names and passwords are never printed", () => {
  for (const address of [
    "http://ada:secret@proxy:3128",
    "ada:secret@proxy:3128",
    "socks5://ada:sec@ret/secret@proxy",
    "http://ada:secret\n@proxy",
    "//ada:secret@proxy",
  ]) {
    const shown = withoutPassword(address);
    assert.ok(!/secret|ada/.test(shown) && shown.includes("…@"), shown);
  }
  assert.equal(withoutPassword("http://proxy:3128"), "http://proxy:3128");
});
