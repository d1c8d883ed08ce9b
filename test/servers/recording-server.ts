import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What both protocol servers share: a server on a free loopback port that keeps every byte it received, and says when a
 * client hung up. Times are `performance.now()` milliseconds.
 */
export interface RecordedRequest {
  readonly method: string;
  /** Path with its query, as the client sent it. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Head and body as they arrived, after TLS. */
  readonly raw: Buffer;
  /** The body's bytes alone, without chunked framing. */
  readonly bytes: Buffer;
  /** The body parsed as JSON; undefined when it is none. */
  readonly body: unknown;
  readonly receivedAt: number;
  /** When the last byte of the answer was written; undefined while it is not. */
  readonly answeredAt: number | undefined;
  /** When the client closed its socket before the answer was whole; undefined when it did not. */
  readonly hungUpAt: number | undefined;
  /** Settles when the exchange is over, however it ended. */
  readonly over: Promise<void>;
}

export interface TlsOptions {
  readonly key: string;
  readonly cert: string;
  /** With it, only clients with a certificate of this authority are let in. */
  readonly clientCa?: string;
}

export interface Listening {
  /** A free port unless given. */
  readonly port?: number;
  readonly tls?: TlsOptions;
}

export interface RecordingServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly origin: string;
  readonly port: number;
  /** In order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Sockets that are open now. */
  readonly connections: number;
  /** Everything that any client ever sent, as Latin-1 text: search it for what must not have left. */
  received(): string;
  /** The request number `index`, counted from 0, as soon as it has arrived. */
  request(index: number): Promise<RecordedRequest>;
  /** Cuts what is open and frees the port. */
  close(): Promise<void>;
}

/** One request and the means to answer it, as a server's routes see it. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: http.ServerResponse;
  /** Aborted when the client hangs up or the server closes. */
  readonly gone: AbortSignal;
}

export type Routes = (exchange: Exchange) => Promise<void>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Starts a server on 127.0.0.1. An exception in `routes` becomes a 500 that names it, so that a test sees it. */
export async function startRecordingServer(
  routes: Routes,
  { port: wanted = 0, tls }: Listening = {},
): Promise<RecordingServer> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const everything: Buffer[] = [];
  const pending = new WeakMap<Socket, Buffer[]>();
  const closing = new AbortController();
  const arrivals = new EventTarget();

  const listen = (socket: Socket) => {
    pending.set(socket, []);
    socket.on('data', (bytes: Buffer) => {
      everything.push(bytes);
      pending.get(socket)?.push(bytes);
    });
    socket.on('error', () => socket.destroy());
  };
  const answer = async (incoming: http.IncomingMessage, response: http.ServerResponse) => {
    const exchange = await recorded(incoming, response, {
      closing: closing.signal,
      takeRaw: () => {
        const raw = Buffer.concat(pending.get(incoming.socket) ?? []);
        pending.set(incoming.socket, []);
        return raw;
      },
    });
    requests.push(exchange.request);
    arrivals.dispatchEvent(new Event('request'));
    await routes(exchange).catch((error: unknown) => complain(response, error));
  };
  const server = createServer((incoming, response) => void answer(incoming, response), tls);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on(tls ? 'secureConnection' : 'connection', listen);
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    get connections() {
      return sockets.size;
    },
    received: () => Buffer.concat(everything).toString('latin1'),
    async request(index) {
      for (;;) {
        const found = requests[index];
        if (found) return found;
        await once(arrivals, 'request');
      }
    },
    async close() {
      closing.abort();
      server.close();
      for (const socket of sockets) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Waits, and gives up early when the exchange is over. */
export async function pause(ms: number, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    gone.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Answers with a whole body at once. */
export function respond(
  exchange: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  exchange.response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text).toString(),
    ...headers,
  });
  exchange.response.end(text);
}

function createServer(listener: http.RequestListener, tls: TlsOptions | undefined): http.Server | https.Server {
  if (!tls) return http.createServer(listener);
  const { key, cert, clientCa } = tls;
  const client = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  return https.createServer({ key, cert, ...client }, listener);
}

async function recorded(
  incoming: http.IncomingMessage,
  response: http.ServerResponse,
  connection: { readonly closing: AbortSignal; readonly takeRaw: () => Buffer },
): Promise<Exchange> {
  const receivedAt = performance.now();
  const hungUp = new AbortController();
  let record: Mutable<RecordedRequest> | undefined;
  const over = new Promise<void>((resolve) => {
    response.on('finish', () => {
      if (record) record.answeredAt = performance.now();
    });
    response.on('close', () => {
      if (record && !response.writableFinished && !connection.closing.aborted) record.hungUpAt = performance.now();
      hungUp.abort();
      resolve();
    });
  });
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  record = {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    raw: connection.takeRaw(),
    bytes,
    body: parsed(bytes),
    receivedAt,
    answeredAt: undefined,
    hungUpAt: undefined,
    over,
  };
  return { request: record, response, gone: AbortSignal.any([hungUp.signal, connection.closing]) };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function complain(response: http.ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`the test server failed: ${String(error)}`);
}
