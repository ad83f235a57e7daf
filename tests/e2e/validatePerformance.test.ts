// @spec S6.2
import { CoreV1Api } from '@kubernetes/client-node';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { readStackConfigFile } from '../../tools/stack/stackConfigFile.ts';
import { measurePerformance } from '../../tools/validate/performance/measurePerformance.ts';
import { checkout } from '../support/commands.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const namespace = 'tracing';

test('a load in steps tells what was taken, how soon it was found, what was lost and what was busy, of the pipeline and the example', async () => {
  const deployment = {
    stack: 'dev',
    kube: () => Promise.resolve(kube),
    config: () => readStackConfigFile(join(checkout, 'Pulumi.dev.yaml'), 'dev', checkout),
    pods: async () => (await kube.makeApiClient(CoreV1Api).listNamespacedPod({ namespace })).items,
  };
  const reported: string[] = [];
  const {
    results,
    plots = [],
    tables = [],
  } = await measurePerformance(
    {
      deployment,
      signal: new AbortController().signal,
      nowMillis: Date.now,
      report: (text) => reported.push(text),
    },
    { spans: { first: 50, most: 100, stepSeconds: 5 }, orders: { first: 2, most: 4, stepSeconds: 5 } },
  );
  expect(results.map(({ check, outcome }) => [check, outcome])).toEqual([
    ['performance-pipeline', 'ok'],
    ['performance-application', 'ok'],
  ]);
  expect(results.flatMap(({ findings }) => findings.map(({ found }) => found))).toEqual([
    '100 spans a second were carried; then: the bound of 100 spans a second',
    '4 orders a second were carried; then: the bound of 4 orders a second',
  ]);
  expect(reported.map((text) => text.split(':')[0])).toEqual([
    '50 spans a second',
    '100 spans a second',
    '2 orders a second',
    '4 orders a second',
  ]);
  const found = plots.find(({ title }) => title === 'From a span to its being found');
  expect(found?.series.map(({ name, points }) => [name, points.map(([offered]) => offered)])).toEqual([
    ['median', [50, 100]],
    ['slowest', [50, 100]],
  ]);
  const lost = plots.find(({ title }) => title === 'Spans lost');
  expect(lost?.series.flatMap(({ points }) => points.map(([, spans]) => spans))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(tables.map(({ rows }) => rows.map(([offered]) => offered))).toEqual([
    [50, 100],
    [2, 4],
  ]);
});
