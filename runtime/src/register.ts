import { installModuleHooks } from './core/adapters/installModuleHooks.ts';
import { createTracing } from './tracing/createTracing.ts';
import type { Tracing } from './tracing/tracing.ts';

// What the instrumentations of createInstrumentations patch.
installModuleHooks([
  'http',
  'https',
  'pg',
  'pg-pool',
  'ioredis',
  'redis',
  '@redis/client',
  '@node-redis/client',
  'undici',
]);

/**
 * What `node --import @tracewright/runtime/register` started, configured by the environment and the stack outputs' file.
 * An application that ends itself imports it to flush: `await tracing.shutdown()`.
 */
export const tracing: Tracing = createTracing();
