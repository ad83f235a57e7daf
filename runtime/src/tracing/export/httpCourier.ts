import { CollectorAnswerError } from './collectorAnswerError.ts';
import { CollectorUnreachableError } from './collectorUnreachableError.ts';
import type { Courier, Verdict } from './courier.ts';
import { errorCode } from './errorCode.ts';
import type { HttpAnswer, HttpClient } from './httpClient.ts';

const PAYLOAD_TOO_LARGE = 413;
const BUSY_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);
// What passes by itself. Anything else, such as a certificate that is not trusted or an answer that is not HTTP, does not.
const PASSING_CODES: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
]);

/** Carries requests over HTTP. */
export class HttpCourier implements Courier {
  readonly #destination: string;
  readonly #client: HttpClient;

  constructor(destination: string, client: HttpClient) {
    this.#destination = destination;
    this.#client = client;
  }

  async carry(body: Uint8Array, signal: AbortSignal): Promise<Verdict> {
    try {
      return this.#judge(await this.#client.post(body, signal));
    } catch (cause) {
      const error = new CollectorUnreachableError(this.#destination, cause);
      return { kind: signal.aborted || isPassing(cause) ? 'later' : 'refused', error };
    }
  }

  close(): void {
    this.#client.close();
  }

  #judge({ status, body, retryAfterMillis }: HttpAnswer): Verdict {
    if (status >= 200 && status < 300) return { kind: 'taken', answer: body };
    const error = new CollectorAnswerError({ destination: this.#destination, status, body });
    if (status === PAYLOAD_TOO_LARGE) return { kind: 'tooLarge', error };
    if (!BUSY_STATUSES.has(status)) return { kind: 'refused', error };
    return retryAfterMillis === undefined
      ? { kind: 'later', error }
      : { kind: 'later', error, afterMillis: retryAfterMillis };
  }
}

function isPassing(cause: unknown): boolean {
  return PASSING_CODES.has(errorCode(cause)) || (cause instanceof Error && cause.name === 'TimeoutError');
}
