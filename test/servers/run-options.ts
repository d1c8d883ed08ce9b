import { parseArgs } from 'node:util';

export interface RunOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly model: string;
  readonly fim: string;
}

/** The options of a server that is started by hand; exits with a sentence when they make no sense. */
export function runOptions(defaults: RunOptions, usage: string): RunOptions {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: String(defaults.port) },
        model: { type: 'string', default: defaults.model },
        fim: { type: 'string', default: defaults.fim },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
    return { port, model: values.model, fim: values.fim };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

/** Prints each request as it arrives, and closes the server on Ctrl-C. */
export async function serveUntilStopped(server: {
  readonly requests: readonly { readonly method: string; readonly path: string; readonly bytes: Buffer }[];
  request(index: number): Promise<{ readonly method: string; readonly path: string; readonly bytes: Buffer }>;
  close(): Promise<void>;
}): Promise<void> {
  process.once('SIGINT', () => void server.close().then(() => process.exit(0)));
  process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
  for (let index = 0; ; index++) {
    const { method, path, bytes } = await server.request(index);
    console.log(`${new Date().toLocaleTimeString()} ${method} ${path} ${bytes.length} bytes`);
  }
}
