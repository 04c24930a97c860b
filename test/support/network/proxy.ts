import { createServer, type IncomingMessage } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";

export interface TestProxy {
  readonly port: number;
  /** What it was asked to connect to, `host:port`. */
  readonly asked: string[];
  /** The names and passwords it was given, as `name:password`. */
  readonly given: string[];
  close(): void;
}

async function listening(server: Server): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/**
 * An HTTP proxy that connects whatever name it is asked for to this machine: no test goes further.
 * @param refuse what it answers in place of connecting
 */
export async function httpProxy(refuse?: (request: IncomingMessage) => string | null): Promise<TestProxy> {
  const asked: string[] = [];
  const given: string[] = [];
  const server = createServer((_, response) => response.writeHead(500).end("this is a proxy"));
  server.on("connect", (request, socket, head) => {
    const target = request.url ?? "";
    asked.push(target);
    const credentials = /^Basic (.+)$/.exec(request.headers["proxy-authorization"] ?? "")?.[1];
    if (credentials) given.push(Buffer.from(credentials, "base64").toString());
    socket.on("error", () => {});
    const refusal = refuse?.(request) ?? null;
    if (refusal !== null) return socket.end(refusal);
    const there = connect({ host: "127.0.0.1", port: Number(target.replace(/.*:/, "")) }, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      there.write(head);
      there.pipe(socket).pipe(there);
    });
    there.on("error", () => socket.destroy());
  });
  return { ...(await listening(server)), asked, given };
}

/** A SOCKS 5 proxy that does the same. @param user `name:password` that it wants */
export async function socksProxy(user: string | null = null, reply = 0): Promise<TestProxy> {
  const asked: string[] = [];
  const given: string[] = [];
  const server = createTcpServer(async (socket) => {
    socket.on("error", () => {});
    const chunks = socket[Symbol.asyncIterator]();
    const next = async (): Promise<Buffer> => (await chunks.next()).value ?? Buffer.alloc(0);
    const greeting = await next();
    const method = user === null ? 0 : 2;
    const isOffered = greeting.subarray(2).includes(method);
    socket.write(Buffer.of(5, isOffered ? method : 0xff));
    if (!isOffered) return socket.end();
    if (user !== null) {
      const bytes = await next();
      const length = bytes[1] ?? 0;
      const name = bytes.subarray(2, 2 + length).toString();
      const password = bytes.subarray(3 + length).toString();
      given.push(`${name}:${password}`);
      socket.write(Buffer.of(1, `${name}:${password}` === user ? 0 : 1));
      if (`${name}:${password}` !== user) return socket.end();
    }
    const request = await next();
    const host = request.subarray(5, 5 + (request[4] ?? 0)).toString();
    const port = request.readUInt16BE(request.length - 2);
    asked.push(`${host}:${port}`);
    if (reply !== 0) return socket.end(Buffer.of(5, reply, 0, 1, 0, 0, 0, 0, 0, 0));
    const there = connect({ host: "127.0.0.1", port }, async () => {
      // A byte at a time, as a slow network may send it.
      for (const byte of [5, 0, 0, 1, 127, 0, 0, 1, 0, 80]) {
        socket.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      there.on("data", (data) => socket.write(data));
      there.on("end", () => socket.end());
      for (let data = await next(); data.length > 0; data = await next()) there.write(data);
      there.end();
    });
    there.on("error", () => socket.destroy());
  });
  return { ...(await listening(server)), asked, given };
}
