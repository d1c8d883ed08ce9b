/** The shape of `fetch`. Later a proxy or a client certificate comes in through it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface Pin {
  /** The only origin that is ever asked. */
  readonly origin: string;
  /** Every header that is sent, besides those that the transport needs. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Longest error body that is read, in bytes. */
const MAX_ERROR_BODY = 65_536;

/**
 * A fetch that asks one origin and nothing else: redirects are returned as they are, and headers which an SDK adds by
 * itself or takes from the environment are left out. Bodies of errors are cut to a bounded length.
 */
export function pinnedFetch(fetch: Fetch, pin: Pin): Fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== pin.origin) throw new Error('a request for another origin than its endpoint');
    const response = await fetch(url, { ...init, headers: pin.headers, redirect: 'manual' });
    return response.ok ? response : bounded(response);
  };
}

async function bounded(response: Response): Promise<Response> {
  const { status, headers } = response;
  const redirected = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
  if (redirected) {
    await response.body?.cancel();
    return new Response(null, { status: status === 0 ? 302 : status, headers });
  }
  return new Response(await firstBytes(response, MAX_ERROR_BODY), { status, headers });
}

/** The first bytes of a body; the rest is not read. */
export async function firstBytes(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    size += piece.length;
    if (size >= most) break;
  }
  const bytes = new Uint8Array(Math.min(size, most));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.subarray(0, most - at), at);
    at += Math.min(piece.length, most - at);
  }
  return bytes;
}
