// Logs with every library before, in and after a span. LOADED says how the libraries are loaded, BY_HAND that they are
// given the span's IDs by the functions for bundled applications.
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { correlateWinston, pinoMixin } from '@tracewright/runtime';
import '@tracewright/runtime/register';
import type * as Pino from 'pino';
import type Winston from 'winston';

const require = createRequire(import.meta.url);
const isRequired = process.env['LOADED'] === 'require';
const byHand = process.env['BY_HAND'] === 'yes';
const { pino } = isRequired ? (require('pino') as typeof Pino) : await import('pino');
const winston = isRequired ? (require('winston') as typeof Winston) : (await import('winston')).default;

const fast = pino({ base: null, timestamp: false, ...(byHand ? { mixin: pinoMixin } : {}) });
const made = winston.createLogger({ format: winston.format.json(), transports: [new winston.transports.Console()] });
const slow = byHand ? correlateWinston(made) : made;

function log(when: string): void {
  fast.child({ library: 'pino' }).info(when);
  slow.child({ library: 'winston' }).info(when);
  console.log('console: %s', when);
}

log('before');
await trace.getTracer('logs').startActiveSpan('work', async (span) => {
  await delay(1);
  log('in');
  span.end();
});
log('after');
