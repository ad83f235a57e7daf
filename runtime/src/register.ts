import { createTracing } from './tracing/createTracing.ts';
import type { Tracing } from './tracing/tracing.ts';

/**
 * What `node --import @tracewright/runtime/register` (or `--require`) started, configured by the environment and the stack
 * outputs' file. An application that ends itself imports it to flush: `await tracing.stop()`.
 */
export const tracing: Tracing = createTracing();
