import { expect, test } from 'vitest';
import { TracingNamespace } from '../../../../infra/components/tracingNamespace.ts';
import { deployed } from './deployed.ts';

test('a namespace says which stack it belongs to, so that no other stack deploys into it', async () => {
  const { object } = await deployed(
    (options) => new TracingNamespace('tracing', { name: 'tracing' }, options),
    'staging',
  );
  expect(object('Namespace', 'tracing')).toMatchObject({
    metadata: { labels: { 'tracewright.dev/stack': 'staging' } },
  });
});
