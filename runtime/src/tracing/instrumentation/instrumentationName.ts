/** The libraries that are instrumented by themselves, unless the configuration says otherwise. */
export const INSTRUMENTATION_NAMES = ['http', 'undici', 'express', 'fastify', 'pg', 'ioredis', 'redis'] as const;

/**
 * A library that is instrumented by itself: `http` (Node's `http` and `https`, both ways), `undici` (`fetch` and the
 * undici package, outgoing), `express` 4 and 5, `fastify` 4 and 5, `pg` (PostgreSQL, with its pool), `ioredis` and
 * `redis`.
 */
export type InstrumentationName = (typeof INSTRUMENTATION_NAMES)[number];

/** Whether the runtime brings the instrumentation of that name. */
export function isInstrumentationName(name: string): name is InstrumentationName {
  return INSTRUMENTATION_NAMES.some((known) => known === name);
}
