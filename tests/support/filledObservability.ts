import { createObservability, type Observability, type ObservabilityConfig } from '../../runtime/src/observability.ts';

const OPERATIONS = ['GET /orders/:id', 'POST /orders', 'GET /health', 'POST /login', 'GET /things/:id'];
const AREAS = ['payment', 'stock', 'login', 'search', 'mail', 'report', 'cart', 'price'];

/** How much there is. */
export interface Filling {
  /** Groups of errors, 10,000 at most. */
  readonly groups: number;
  /** Requests that have ended; of fifty one failed. */
  readonly requests: number;
  readonly config?: ObservabilityConfig;
}

/** A runtime that has seen a lot, without traces: what a page or a benchmark looks at. */
export function filledObservability({ groups, requests, config = {} }: Filling): Observability {
  const observability = createObservability({
    tracing: false,
    performance: false,
    ...config,
    requests: { maxBytes: 500_000_000, ...(config.requests || {}) },
    errors: {
      release: '1.4.2',
      uncaught: false,
      loggers: false,
      maxTimeShare: 1,
      maxGroups: 10_000,
      maxBytes: 500_000_000,
      ...(config.errors || {}),
    },
  });
  for (let index = 0; index < groups; index += 1) throwOfGroup(observability, index);
  for (let index = 0; index < requests; index += 1) runRequest(observability, index);
  return observability;
}

/** Captures an error; each index below the number of groups is one of a group of its own. */
export function throwOfGroup({ errors }: Observability, index: number): void {
  const area = AREAS[index % AREAS.length] ?? '';
  const error = Object.assign(new Error(`${area} failed in step ${index} of the plan`), { code: `E_${index}` });
  errors?.capture(error, {
    // Classes by the thousand are not what groups are told apart by in life; a fingerprint is, at will.
    fingerprint: ['plan', String(index)],
    request: { id: `r-${index}`, operation: operationOf(index), userId: userOf(index) },
  });
}

/** A request from start to end. */
export function runRequest({ requests }: Observability, index: number): void {
  const request = requests?.start({
    operation: operationOf(index),
    userId: userOf(index),
    agentId: `agent-${index % 20}`,
  });
  request?.process();
  if (index % 50 === 0) request?.fail({ type: '503' });
  else request?.complete();
}

function operationOf(index: number): string {
  return OPERATIONS[index % OPERATIONS.length] ?? '';
}

function userOf(index: number): string {
  return `user-${(index * 7919) % 500}`;
}
