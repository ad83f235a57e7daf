// @spec S4.5 S7.1
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import type { MonitoredStack } from '../../../../infra/monitoring/monitoredStack.ts';
import { prometheusRules } from '../../../../infra/monitoring/prometheusRules.ts';
import { scrapeConfigs } from '../../../../infra/monitoring/scrapeConfig.ts';
import { watchedStack } from '../../../fixtures/alerts/watchedStack.ts';
import { hastened, type Haste } from '../../../support/hastened.ts';
import { AlertingRoot, type ActiveAlert } from '../../support/alertingRoot.ts';
import { TestProcess } from '../../support/testProcess.ts';
import { brokenPods, discovered, pathOf, servePods } from './brokenPods.ts';

const runbookBaseUrl = 'https://runbooks.example/tracing';

/** A minute of waiting is a tenth of a second here; expressions, and the times that they look back, are as they are deployed. */
const haste: Haste = { waiting: 1 / 600 };

/** One that has everything wrong, one that reads nothing of a partition, and one of which nothing is there. */
const stacks: readonly MonitoredStack[] = [
  watchedStack,
  { ...watchedStack, namespace: 'stuck', agentNamespace: 'stuck' },
  { ...watchedStack, namespace: 'gone', agentNamespace: 'gone' },
];
const rulesOf = (stack: MonitoredStack) =>
  hastened(
    prometheusRules(
      // Those of applications are the same in every stack: one of these is enough.
      alertGroups(stack).filter(({ name }) => stack === watchedStack || name !== 'tracewright-applications'),
      { runbookBaseUrl },
    ),
    haste,
  );
const wanted = rulesOf(watchedStack).groups.flatMap(({ rules }) => rules);

const running = new AsyncDisposableStack();
let alertmanager: string;
let root: AlertingRoot;

beforeAll(async () => {
  root = running.use(await AlertingRoot.unpack());
  const { server, address } = await servePods(brokenPods);
  running.defer(() => server.close().closeAllConnections());
  const app = new TestProcess({
    command: process.execPath,
    args: ['--conditions=tracewright-source', new URL('sickApp.ts', import.meta.url).pathname],
  });
  running.defer(async () => {
    await app.stop('SIGKILL');
  });
  await app.waitUntil(() => app.output.includes('/metrics'));
  alertmanager = await root.startAlertmanager();
  for (const stack of stacks) await root.write(`${stack.namespace}.yaml`, JSON.stringify(rulesOf(stack)));
  await root.startPrometheus({
    // Prometheus takes no timeout that is longer than the interval.
    global: { scrape_interval: '3s', scrape_timeout: '3s', evaluation_interval: '1s' },
    rule_files: stacks.map(({ namespace }) => `/${namespace}.yaml`),
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: stacks.flatMap(({ namespace }) => staticConfigs(namespace, address, appTarget(app.output))),
  });
});
afterAll(() => running.disposeAsync());

function appTarget(output: string): string {
  return /http:\/\/([^/]+)\/metrics/.exec(output)?.[1] ?? '';
}

/** The deployed entries; what the cluster would have told Prometheus of pods is written into them, as here is none. */
function staticConfigs(namespace: string, address: string, app: string): readonly object[] {
  const stack = stacks.find((candidate) => candidate.namespace === namespace) ?? watchedStack;
  const pods = brokenPods.map((pod) => ({
    targets: [address],
    labels: { ...discovered(pod, namespace), __metrics_path__: pathOf(pod) },
  }));
  const shop = { targets: [app], labels: discovered({ namespace: 'shop', pod: 'shop-1' }, namespace) };
  const found = namespace === 'tracing' ? [...pods.filter(isElsewhere('stuck')), shop] : pods.filter(isIn(namespace));
  return scrapeConfigs(stack).scrape_configs.map(({ job_name, relabel_configs }) => ({
    job_name,
    relabel_configs,
    static_configs: found,
  }));
}

interface LabelledTarget {
  readonly labels: { readonly __meta_kubernetes_namespace: string };
}

const isIn =
  (namespace: string) =>
  ({ labels }: LabelledTarget): boolean =>
    labels.__meta_kubernetes_namespace === namespace;
const isElsewhere =
  (namespace: string) =>
  (target: LabelledTarget): boolean =>
    !isIn(namespace)(target);

async function activeAlerts(): Promise<readonly ActiveAlert[]> {
  const response = await fetch(`http://${alertmanager}/api/v2/alerts?active=true`);
  return (await response.json()) as readonly ActiveAlert[];
}

const missingIn = (alerts: readonly ActiveAlert[]): readonly string[] =>
  wanted.map(({ alert }) => alert).filter((name) => !alerts.some(({ labels }) => labels['alertname'] === name));

describe('a real Alertmanager', () => {
  it('is told of every alert by a real Prometheus, with severity and runbook', async () => {
    const deadline = performance.now() + 90_000;
    let alerts = await activeAlerts();
    while (missingIn(alerts).length > 0 && performance.now() < deadline) {
      await delay(500);
      alerts = await activeAlerts();
    }
    expect(missingIn(alerts), root.log.slice(-2000)).toEqual([]);
    for (const { alert, labels } of wanted) {
      const [told] = alerts.filter((active) => active.labels['alertname'] === alert);
      expect(told?.labels, alert).toMatchObject({
        severity: labels.severity,
        namespace: expect.any(String) as unknown,
      });
      expect(told?.annotations['runbook_url']).toBe(`${runbookBaseUrl}/${alert}`);
      expect(told?.annotations['description'], alert).not.toMatch(/<error|no value|NaN|\{\{|in namespace ( |\.)/);
    }
  });
});
