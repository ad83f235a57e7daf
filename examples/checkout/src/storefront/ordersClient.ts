import type { TokenSource } from '../failures/badToken.ts';
import { RefusedError } from '../service/refusedError.ts';
import type { Reply, RouteRequest } from '../service/route.ts';

/** How the orders service is called. */
export interface OrdersClientOptions {
  /** Its base URL. */
  readonly url: string;
  /** How long it may take. */
  readonly timeoutMillis: number;
  /** What says who calls. @defaultValue nothing does */
  readonly tokens?: TokenSource | undefined;
}

/** Hands requests on to the orders service. */
export class OrdersClient {
  readonly #options: OrdersClientOptions;

  constructor(options: OrdersClientOptions) {
    this.#options = options;
  }

  /** Whatever it answers. @throws RefusedError 504 when it does not in time, 502 when it cannot be asked. */
  async forward(message: RouteRequest['message'], path: string, body?: unknown): Promise<Reply> {
    const { url, timeoutMillis } = this.#options;
    try {
      const response = await fetch(new URL(path, url), {
        method: body === undefined ? 'GET' : 'POST',
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: this.#headers(message),
        signal: AbortSignal.timeout(timeoutMillis),
      });
      return { status: response.status, body: await response.json() };
    } catch (cause) {
      if (cause instanceof Error && cause.name === 'TimeoutError')
        throw new RefusedError(504, 'the orders service does not answer in time', { cause });
      throw new RefusedError(502, 'the orders service does not answer', { cause });
    }
  }

  #headers({ headers }: RouteRequest['message']): Record<string, string> {
    const { tokens } = this.#options;
    return {
      'content-type': 'application/json',
      // The customer's program, not this one: orders are looked at by it, too.
      ...(headers['user-agent'] !== undefined && { 'user-agent': headers['user-agent'] }),
      ...(tokens && { authorization: `Bearer ${tokens.create('storefront')}` }),
    };
  }
}
