import { context, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog, errorFields } from '../../../../examples/checkout/src/service/log.ts';
import { formedLine } from '../../../support/formedLine.ts';

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterAll(() => context.disable());

function written(message: string, fields?: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  createLog('orders', (line) => lines.push(line))('warn', message, fields);
  return lines.join('');
}

it('a line has level, message, service and the time in seconds, and whatever fields it is given', () => {
  const before = Date.now() / 1000;
  const line = written('not "prepared"\n yet', { port: 8080 });
  const { ts, ...rest } = formedLine(line)?.fields ?? {};
  expect(rest).toEqual({ level: 'warn', msg: 'not "prepared"\n yet', 'service.name': 'orders', port: 8080 });
  expect(Number(ts)).toBeGreaterThanOrEqual(before);
  expect(Number(ts)).toBeLessThanOrEqual(Date.now() / 1000);
  expect(line.split('\n')).toHaveLength(2);
});

it('a line within a span has its IDs, also where the trace is not sampled', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spanId = 'b7ad6b7169203331';
  const span = trace.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.NONE });
  const line = context.with(trace.setSpan(context.active(), span), () => written('order taken'));
  expect(formedLine(line)).toMatchObject({ message: 'order taken', traceId, spanId });
});

it.each([
  [new TypeError('no', { cause: new Error('why') }), { error: 'no', error_type: 'TypeError', cause: 'why' }],
  ['thrown text', { error: 'thrown text' }],
])('of %s it says what went wrong', (error, fields) => {
  expect(errorFields(error)).toEqual(fields);
});
