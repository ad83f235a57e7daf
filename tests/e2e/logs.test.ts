// @spec S2.4 S7.1
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readTrace } from '../../tools/up/readTrace.ts';
import { requestExample } from '../../tools/up/traceRequest.ts';
import { listPodLines, unformedLines } from './support/podLogs.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const queryUrl = String(inject('up')['uiUrl']);

test('every line of every container of the stack is in the one form, and so are those of the example', async () => {
  const [stack, example] = [await listPodLines(kube, 'tracing'), await listPodLines(kube, 'checkout')];
  const writers = new Set(stack.map(({ container }) => container));
  for (const writer of ['elasticsearch', 'wait-for-elasticsearch', 'wait-for-collector', 'jaeger-collector'])
    expect(writers).toContain(writer);
  expect(unformedLines([...stack, ...example])).toEqual([]);
});

test('a line that a service writes within a request leads to the trace, and to the span that Jaeger shows', async () => {
  const { traceId, spanCount } = await requestExample(kube, () => undefined);
  const { spans } = await readTrace(queryUrl, traceId, spanCount, 60, () => undefined);
  const lines = (await listPodLines(kube, 'checkout')).filter(({ formed }) => formed?.traceId === traceId);
  const told = lines.flatMap(({ workload, formed }) => {
    const span = spans.find(({ spanID }) => spanID === formed?.spanId);
    return [[workload, formed?.fields['service.name'], formed?.message, span?.operationName]];
  });
  expect(told.sort()).toEqual([
    ['orders', 'orders', 'order taken', 'POST /orders'],
    ['orders', 'orders', 'request answered', 'POST /orders'],
    ['storefront', 'storefront', 'request answered', 'POST /checkout'],
  ]);
});
