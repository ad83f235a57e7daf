import { metrics, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterEach, expect, it } from 'vitest';
import { createObservability, type Observability } from '../../../runtime/src/observability.ts';
import { createTracing } from '../../../runtime/src/tracing/createTracing.ts';
import type { Tracing } from '../../../runtime/src/tracing/tracing.ts';
import { FakeHost } from '../../support/fakeHost.ts';

const customers = { name: 'customer', pattern: /\bC-\d{4}\b/g };

let running: Observability | undefined;
let sent: ReadableSpan[];

afterEach(async () => {
  await running?.stop();
  running = undefined;
  metrics.disable();
});

function startTracing(): Tracing {
  sent = [];
  return createTracing(
    { serviceName: 'shop', instrumentations: [], logCorrelation: [], crashRecordFile: false },
    {
      host: new FakeHost(),
      createTransport: () => ({
        destination: 'the test',
        send: (spans) => {
          sent.push(...spans);
          return Promise.resolve({ sent: spans.length, dropped: {}, trimmed: 0 });
        },
        close: () => Promise.resolve(),
      }),
    },
  );
}

it("says the application's rules once for every signal", async () => {
  const tracing = startTracing();
  running = createObservability({ tracing, textRules: [customers], performance: { system: false } });
  const { errors, requests, performance } = running;
  const request = requests?.start({ operation: 'bill C-1234', attributes: { of: 'C-1234' } }).process();
  errors?.addBreadcrumb('look', 'up C-1234', { of: 'C-1234' });
  const id = errors?.capture(new Error('no bill of C-1234'), { context: { of: 'C-1234' } })?.groupId ?? '';
  const span = trace.getTracer('shop').startSpan('bill C-1234', { attributes: { of: 'C-1234' } });
  span.addEvent('paid by C-1234');
  span.recordException(new Error('no bill of C-1234'));
  span.end();
  request?.fail({ type: 'no C-1234' });
  metrics.getMeter('shop').createCounter('bills').add(1, { of: 'C-1234' });
  errors?.groups.resolve(id, { note: 'C-1234 is told' });
  await tracing.flush();
  const spans = sent.map(({ name, attributes, events }) => ({ name, attributes, events }));
  const kept = {
    spans,
    requests: requests?.find().requests,
    groups: errors?.groups.query().groups,
    metrics: await performance?.collect(),
  };
  const texts = Object.values(kept).map((each) => JSON.stringify(each));
  expect(texts.filter((text) => /C-\d{4}/.test(text))).toEqual([]);
  expect(texts.map((text) => text.split('[redacted]').length > 1)).toEqual([true, true, true, true]);
  expect(spans).toMatchObject([{ name: 'bill [redacted]', attributes: { of: '[redacted]' } }]);
  expect(errors?.groups.snapshot(id)).toMatchObject({
    message: 'no bill of [redacted]',
    history: [{ note: '[redacted] is told' }],
  });
});

it('tells of a rule that throws, keeps nothing of its text, and fails nothing of the application', async () => {
  const broken = {
    ...customers,
    replace: (): string => {
      throw new Error('broken');
    },
  };
  const problems: string[] = [];
  running = createObservability({
    tracing: startTracing(),
    textRules: [broken],
    performance: false,
    onError: ({ message }) => void problems.push(message),
  });
  const { errors, requests, tracing } = running;
  trace.getTracer('shop').startSpan('bill C-1234').end();
  const { operation } = requests?.start({ operation: 'bill C-1234' }) ?? {};
  errors?.capture(new Error('no bill of C-1234'));
  await tracing?.flush();
  expect([sent[0]?.name, operation, errors?.groups.query().groups[0]?.message]).toEqual(Array(3).fill('[redacted]'));
  expect(new Set(problems)).toEqual(new Set(['the text rule customer failed']));
});

it('leaves rules that tracing was told of before, where it has none', async () => {
  const tracing = startTracing();
  running = createObservability({
    tracing,
    textRules: [customers],
    performance: false,
    requests: false,
    errors: false,
  });
  createObservability({ tracing, performance: false, requests: false, errors: false });
  const lastUnfinished = tracing.watchUnfinishedSpans();
  const span = trace.getTracer('shop').startSpan('bill C-1234');
  expect(lastUnfinished(span.spanContext().traceId)?.name).toBe('bill [redacted]');
  span.end();
  await tracing.flush();
  expect(sent[0]?.name).toBe('bill [redacted]');
});
