/** The libraries that are instrumented by themselves. */
export const INSTRUMENTATION_NAMES = ['http', 'undici', 'pg', 'ioredis', 'redis'] as const;

/**
 * A library that is instrumented by itself: `http` (Node's `http` and `https`, both ways), `undici` (`fetch` and the
 * undici package, outgoing), `pg` (PostgreSQL), `ioredis` and `redis`.
 */
export type InstrumentationName = (typeof INSTRUMENTATION_NAMES)[number];
