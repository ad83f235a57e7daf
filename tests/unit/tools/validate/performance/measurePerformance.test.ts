import { expect, it } from 'vitest';
import type { V1Pod } from '@kubernetes/client-node';
import { measurePerformance } from '../../../../../tools/validate/performance/measurePerformance.ts';
import { parseStackConfig } from '../../../../../infra/schema/parseStackConfig.ts';
import { startApiServer } from '../support/apiServer.ts';
import { fakeDeployment } from '../support/fakeDeployment.ts';

const collector: V1Pod = {
  metadata: { namespace: 'tracing', name: 'one', labels: { 'app.kubernetes.io/name': 'jaeger-collector' } },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};
const config = parseStackConfig(
  { 'kubernetes:enableConfigMapMutable': 'true', 'kubernetes:enableSecretMutable': 'true' },
  'dev',
);

it('keeps what the pipeline came to when the user ends it while the example is loaded', async () => {
  const abort = new AbortController();
  const { kube, close } = await startApiServer({});
  let times = 0;
  const deployment = fakeDeployment({
    kube: () => {
      times += 1;
      if (times === 1) return Promise.resolve(kube);
      abort.abort(new Error('ended by SIGINT'));
      return Promise.reject(new Error('ended by SIGINT'));
    },
    config: () => Promise.resolve(config),
    pods: () => Promise.resolve([collector]),
  });
  // No step at all: the bound lies beneath the first.
  const bounds = { first: 2, most: 1, stepSeconds: 1 };
  const context = { deployment, signal: abort.signal, nowMillis: Date.now, report: () => undefined };
  const { results, tables = [] } = await measurePerformance(context, { spans: bounds, orders: bounds });
  close();
  expect(results.map(({ check }) => check)).toEqual(['performance-pipeline']);
  expect(tables.map(({ title }) => title)).toEqual(['Load on the pipeline']);
});
