// @spec S4.5 S7.1
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { serviceNames } from '../../infra/jaeger/endpoints.ts';
import { adminPorts } from '../../infra/jaeger/ports.ts';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { exampleNamespace } from '../../tools/up/example.ts';
import { readStackOutputs } from '../../tools/up/readStackOutputs.ts';
import { hastened } from '../support/hastened.ts';
import { panelQuestions, withoutData } from '../support/panelQueries.ts';
import { ends, fires } from './support/alerts.ts';
import { answeringPods, runningPods } from './support/monitoredPods.ts';
import { openPort } from './support/openPort.ts';
import { requestPod } from '../../tools/kube/requestPod.ts';
import { MonitoringNamespace, type Prometheus } from './support/prometheus.ts';
import { withoutPods } from './support/withoutPods.ts';
import { annotationScrapeConfig, haste, readStackMonitoring, type StackMonitoring } from './support/stackMonitoring.ts';
import { secondsUntil } from './support/statusOf.ts';
import { switchBug } from './support/storefrontReplicas.ts';
import { isHealthy } from './support/waitingCause.ts';

const kube = loadKubeConfig({ kubeconfigPath: inject('kubeconfigPath') });
const queryUrl = String(inject('up')['uiUrl']);
const { namespace } = readStackOutputs(inject('up')['outputs']);
const jaeger = [serviceNames.agent, serviceNames.collector, serviceNames.query];
const applications = ['orders', 'storefront'];
const resources = new AsyncDisposableStack();
let deployed: StackMonitoring;
let monitoring: MonitoringNamespace;
let prometheus: Readonly<Record<'annotated' | 'plain', Prometheus>>;

beforeAll(async () => {
  // The namespace whose pods the example lets at its metrics; the dev stack lets nobody.
  monitoring = resources.use(await MonitoringNamespace.start(kube, 'monitoring'));
  for (const part of ['agent', 'collector', 'query'] as const) {
    const opened = { namespace, component: serviceNames[part], port: adminPorts[part].number, from: monitoring.name };
    resources.use(await openPort(kube, opened));
  }
  deployed = await readStackMonitoring(kube, namespace);
  prometheus = await monitoring.serve({
    plain: {
      scrapeConfigs: deployed.scrapeConfigs,
      rules: { 'rules.yml': stringify(hastened(deployed.rules, haste)) },
    },
    annotated: { scrapeConfigs: [annotationScrapeConfig] },
  });
});
afterAll(() => resources.disposeAsync());

test('by the scrape file every pod of the stack and of the example is scraped, once', async () => {
  const expected = [
    ...(await runningPods(kube, exampleNamespace, applications)),
    ...(await runningPods(kube, namespace, jaeger)),
  ];
  expect(expected.length).toBeGreaterThanOrEqual(jaeger.length + applications.length);
  await secondsUntil('all are up', async () => {
    const seen = await prometheus.plain.targets();
    const answering = answeringPods(seen, [namespace, exampleNamespace]);
    return { done: answering.length === seen.length && JSON.stringify(answering) === JSON.stringify(expected), seen };
  });
});

test('by annotations alone every pod of the stack is scraped, once', async () => {
  const expected = JSON.stringify(await runningPods(kube, namespace, jaeger));
  await secondsUntil('all are up', async () => {
    const seen = await prometheus.annotated.targets();
    return { done: JSON.stringify(answeringPods(seen, [namespace])) === expected, seen };
  });
});

test('Prometheus loads every alert, evaluates it, and tells Alertmanager', async () => {
  const named = deployed.rules.groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)).sort();
  await secondsUntil('all are evaluated', async () => {
    const seen = await prometheus.plain.rules();
    const names = seen.map(({ name }) => name).sort();
    return {
      done: seen.every(({ health }) => health === 'ok') && JSON.stringify(names) === JSON.stringify(named),
      seen,
    };
  });
  await fires(monitoring, 'TracewrightWatchdog');
});

test('every panel of the dashboards shows something of the stack and of the example', async () => {
  await useShop();
  const ask = (expression: string) => prometheus.plain.query(expression);
  await secondsUntil(
    'every panel has data',
    async () => {
      const empty = [];
      for (const text of Object.values(deployed.dashboards))
        empty.push(...(await withoutData(await panelQuestions(text, ask, { rateInterval: '5m' }), ask)));
      return { done: empty.length === 0, seen: empty };
    },
    60,
  );
});

test("an exemplar of a request's duration leads to a trace that Jaeger has", async () => {
  // Exemplars of before may be of requests whose spans other tests lost on purpose.
  const since = new Date();
  await useShop();
  let traceId = '';
  await secondsUntil('there is an exemplar', async () => {
    const seen = await prometheus.plain.exemplars('tracewright_requests_duration_seconds_bucket', since);
    traceId = seen.at(-1)?.['trace_id'] ?? '';
    return { done: traceId !== '', seen };
  });
  await secondsUntil('the trace is there', async () => {
    const response = await fetch(`${queryUrl}/api/traces/${traceId}`);
    const seen: unknown = await response.json();
    return { done: response.status === 200, seen };
  });
});

test('a query service that is gone has an alert fired, which ends when it is back', async () => {
  {
    await using _gone = await withoutPods(kube, 'Deployment', namespace, serviceNames.query);
    await fires(monitoring, 'JaegerQueryDown', 90);
  }
  await ends(monitoring, 'JaegerQueryDown');
  await secondsUntil('healthy again', () => isHealthy(namespace));
});

/** Some orders, of which some fail. */
async function useShop(): Promise<void> {
  await switchBug(kube, 0.5);
  try {
    for (let index = 0; index < 20; index += 1) {
      const body = { customer: 'ada', sku: 'TEA-1', quantity: 1 };
      const target = { namespace: exampleNamespace, service: 'storefront', podPort: 8080 };
      await requestPod(kube, target, { method: 'POST', path: '/checkout', body });
    }
  } finally {
    await switchBug(kube, 0);
  }
  await fetch(`${queryUrl}/api/services`);
}
