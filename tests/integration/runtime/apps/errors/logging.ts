// Logs errors with pino and winston, and prints what was captured. LOADED says how the loggers are loaded, WHEN whether before or
// after errors are tracked, TRACED that everything is traced, with the hooks that this takes.
import { createRequire } from 'node:module';
import { createObservability } from '@tracewright/runtime';
import type * as Pino from 'pino';
import type Winston from 'winston';

const require = createRequire(import.meta.url);
const isRequired = process.env['LOADED'] === 'require';
const isBefore = process.env['WHEN'] === 'before';

async function makeLoggers() {
  const { pino } = isRequired ? (require('pino') as typeof Pino) : await import('pino');
  const winston = isRequired ? (require('winston') as typeof Winston) : (await import('winston')).default;
  return {
    fast: pino({ base: null, timestamp: false }),
    slow: winston.createLogger({ transports: [new winston.transports.Console()] }),
  };
}

const tracing = process.env['TRACED'] === 'yes' && (await import('@tracewright/runtime/register')).tracing;
const early = isBefore ? await makeLoggers() : undefined;
const observability = createObservability({ tracing, performance: false });
const { fast, slow } = early ?? (await makeLoggers());

fast.info('pino starts');
fast.child({ library: 'pino' }).error(new RangeError('pino alone'));
fast.fatal({ err: new RangeError('pino with text') }, 'fatal text');
fast.warn(new RangeError('pino warns'));
slow.info('winston starts');
slow.child({ library: 'winston' }).error(new RangeError('winston alone'));
slow.error('text of', new RangeError('winston with text'));
slow.warn(new RangeError('winston warns'));
await observability.stop();
fast.error(new RangeError('pino after the end'));
slow.error(new RangeError('winston after the end'));

const { groups = [] } = observability.errors?.groups.query({}, { order: 'firstSeen' }) ?? {};
const captured = groups.toReversed().map(({ type, count, events: [event] }) => ({
  type,
  count,
  said: event?.error.message,
  source: event?.source,
  isHandled: event?.isHandled,
  context: event?.context,
  breadcrumbs: event?.breadcrumbs.map(({ kind, message, data }) => `${kind} ${String(data?.['level'])}: ${message}`),
}));
process.stdout.write(`captured ${JSON.stringify(captured)}\n`);
