import type { Reply } from './route.ts';

/** Says whether something that a service needs answers; rejects when it does not. */
export type HealthCheck = () => Promise<void>;

const CHECK_TIMEOUT_MILLIS = 1000;

/** Whether a path is one of the three. */
export function isHealthPath(path: string): boolean {
  return ['/livez', '/startupz', '/readyz'].includes(path);
}

/**
 * The three questions of Kubernetes' probes, each with an answer of its own: `/livez` (does the process answer at all),
 * `/startupz` (has it ever become ready), `/readyz` (can it take requests now). The runtime makes no spans for them.
 */
export class Health {
  readonly #checks: Readonly<Record<string, HealthCheck>>;
  #state: 'starting' | 'started' | 'stopping' = 'starting';

  constructor(checks: Readonly<Record<string, HealthCheck>>) {
    this.#checks = checks;
  }

  /** The service has done what it does once, before its first request. */
  markStarted(): void {
    if (this.#state === 'starting') this.#state = 'started';
  }

  /** The service is about to end: no new requests, please. */
  markStopping(): void {
    this.#state = 'stopping';
  }

  /** The answer to a health request, or `undefined` when `path` is none. */
  async reply(path: string): Promise<Reply | undefined> {
    switch (path) {
      case '/livez':
        return { status: 200, body: { live: true } };
      case '/startupz':
        return this.#state === 'starting'
          ? { status: 503, body: { started: false } }
          : { status: 200, body: { started: true } };
      case '/readyz':
        return this.#readiness();
      default:
        return undefined;
    }
  }

  async #readiness(): Promise<Reply> {
    if (this.#state !== 'started') return { status: 503, body: { ready: false, state: this.#state } };
    const entries = await Promise.all(
      Object.entries(this.#checks).map(async ([name, check]) => [name, await outcome(check)] as const),
    );
    const ready = entries.every(([, result]) => result === 'ok');
    return { status: ready ? 200 : 503, body: { ready, checks: Object.fromEntries(entries) } };
  }
}

async function outcome(check: HealthCheck): Promise<string> {
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MILLIS} ms`), CHECK_TIMEOUT_MILLIS).unref();
  });
  try {
    return await Promise.race([check().then(() => 'ok'), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
