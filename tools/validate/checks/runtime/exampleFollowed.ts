import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { countSpans, expectedCheckoutTrace } from '../../../../examples/checkout/expectedTrace.ts';
import { exampleNamespace } from '../../../up/example.ts';
import type { Check } from '../../check.ts';
import { NotCheckableError } from '../../deployment.ts';
import type { Finding } from '../../finding.ts';
import { sumOfSamples } from '../../exposition.ts';
import { askStorefront, readExampleMetrics, readStoredTrace, untilFound, type ExampleAnswer } from './exampleClient.ts';
import { exampleServicePage, hasExample, readExampleServices } from './exampleServices.ts';
import { readView, type Page } from './page.ts';
import { resolveProvoked, unresolvedGroups } from '../../simulateErrors/errorGroups.ts';

const order = { customer: 'tracewright-validate', sku: 'TEA-1', quantity: 1 };
const noOrder = { ...order, quantity: 'a few' };
const requests = z.object({ requests: z.array(z.looseObject({ traceId: z.string().optional(), state: z.string() })) });
const groups = z.object({
  groups: z.array(z.looseObject({ id: z.string(), category: z.string(), traceId: z.string().optional() })),
});

const traceSeconds = 40;
const elseSeconds = 10;
// A page gives the same answer to the same question for a second (runtime/src/dashboard/server/answers.ts).
const sharedAnswerMillis = 1100;
// Of the ten seconds that a check has once it must end.
const cleanUpMillis = 8000;
/** Where one trace of a hundred is sampled, a few hundred orders would be needed. */
const mostOrders = 50;

/** Sends an order that is taken and one that is not, and looks for both wherever the runtime tells of them. */
export const exampleFollowed: Check = {
  id: 'example-followed',
  component: 'runtime',
  title:
    'an order of the example is found in Jaeger, among the requests, in the metrics and in the log; a failing one among the errors',
  needs: ['active'],
  timeoutSeconds: 90,
  applies: hasExample,
  run: async ({ deployment, signal }) => {
    const [kube, config] = await Promise.all([deployment.kube(), deployment.config()]);
    const services = await readExampleServices(kube);
    const [front, orders] = ['storefront', 'orders'].map((name) => services.find((each) => each.name === name));
    const storefront = front?.pods[0];
    const page = orders && (await exampleServicePage(kube, orders));
    const frontPage = front && (await exampleServicePage(kube, front));
    if (storefront === undefined || orders === undefined || page === undefined || frontPage === undefined)
      throw new NotCheckableError(
        'a service of the example has no pod that is ready',
        '`npm run status` says what it waits for',
      );
    const way: Way = { kube, storefront, orders: orders.pods, page, signal };
    const tracing = { namespace: config.namespace, basePath: config.query.basePath ?? '' };
    const pages = await Promise.all(
      [page, frontPage].map(async (each) => ({ page: each, known: await unresolvedGroups(each, signal) })),
    );
    const before = await finishedRequests(way);
    const taken = await send(way, order, 201);
    const started = performance.now();
    const found = [
      await traceFound(way, tracing, taken),
      await requestFound(way, taken),
      await metricCounted(way, before),
      await lineFound(way, taken),
    ].map((finding) => ({ ...finding, seconds: (performance.now() - started) / 1000 }));
    let failing: string | undefined;
    try {
      failing = await send(way, noOrder, 400);
      return [...found, await errorFound(way, failing)];
    } finally {
      // Nobody has to look at what was provoked; also where the signal has ended.
      const cleanUp = AbortSignal.timeout(cleanUpMillis);
      // The page would answer as it did before the failing order.
      await sleep(sharedAnswerMillis);
      const traceIds = failing === undefined ? [] : [failing];
      const resolved = pages.map((each) => resolveProvoked(each.page, each.known, cleanUp, traceIds));
      // What was found is told, whatever becomes of this.
      await Promise.allSettled(resolved);
    }
  },
};

interface Way {
  readonly kube: KubeConfig;
  readonly storefront: string;
  readonly orders: readonly string[];
  /** That of orders. */
  readonly page: Page;
  readonly signal: AbortSignal;
}

/** Orders until the trace is one that is sampled. @returns its ID */
async function send({ kube, storefront, signal }: Way, body: unknown, status: number): Promise<string> {
  for (let sent = 0; sent < mostOrders; sent += 1) {
    const answer: ExampleAnswer = await askStorefront(kube, storefront, {
      method: 'POST',
      path: '/checkout',
      body,
      signal,
    });
    if (answer.status !== status)
      throw new NotCheckableError(
        `the storefront answered ${answer.status} in place of ${status}: ${answer.body.slice(0, 200)}`,
        'see what it says (`kubectl logs --namespace checkout deployment/storefront`), and whether a failure of it is switched on',
      );
    if (answer.traceId !== undefined) return answer.traceId;
  }
  throw new NotCheckableError(
    `none of ${mostOrders} orders was sampled`,
    'let the sampling strategies (tracewright:sampling) take more of storefront, then run this again',
  );
}

async function traceFound(
  { kube, signal }: Way,
  tracing: Readonly<Record<'namespace' | 'basePath', string>>,
  traceId: string,
): Promise<Finding> {
  const wanted = countSpans(expectedCheckoutTrace);
  let seen = 0;
  const whole = await untilFound(
    async () => {
      seen = (await readStoredTrace(kube, { ...tracing, traceId }, signal))?.spans.length ?? 0;
      return seen >= wanted ? seen : undefined;
    },
    { seconds: traceSeconds, signal },
  );
  return verdict({
    subject: `trace ${traceId} in Jaeger`,
    expected: `${wanted} spans or more`,
    found: `${seen} spans`,
    isRight: whole !== undefined,
    mend: 'see whether spans get from the agent to Jaeger (component endpoints), and whether the tracer drops some (check tracer-sound)',
  });
}

async function requestFound({ page, signal }: Way, traceId: string): Promise<Finding> {
  const row = await untilFound(
    async () => (await readView(page, `requests?traceId=${traceId}`, requests, signal)).result.requests[0],
    { seconds: elseSeconds, signal },
  );
  return verdict({
    subject: 'requests of orders',
    expected: `a completed one with the trace ${traceId}`,
    found: row === undefined ? 'none with it' : `a ${row.state} one`,
    isRight: row?.state === 'completed' && row.traceId === traceId,
    mend: 'see whether requests are tracked (check requests-tracked), and start tracing before the application',
  });
}

async function metricCounted(way: Way, before: number): Promise<Finding> {
  const rise = await untilFound(
    async () => {
      const now = (await finishedRequests(way)) - before;
      return now > 0 ? now : undefined;
    },
    { seconds: elseSeconds, signal: way.signal },
  );
  return verdict({
    subject: 'tracewright_requests_duration_seconds_count of orders',
    expected: 'at least one more',
    found: `${rise ?? 0} more`,
    isRight: rise !== undefined,
    mend: 'see what /metrics of its pods shows (check example-metrics)',
  });
}

async function finishedRequests({ kube, orders, signal }: Way): Promise<number> {
  const expositions = await Promise.all(orders.map((pod) => readExampleMetrics(kube, pod, signal)));
  const name = 'tracewright_requests_duration_seconds_count';
  return expositions.reduce((sum, exposition) => sum + sumOfSamples(exposition, { name }), 0);
}

async function lineFound({ kube, orders, signal }: Way, traceId: string): Promise<Finding> {
  const core = kube.makeApiClient(CoreV1Api);
  const place = { namespace: exampleNamespace, container: 'orders', sinceSeconds: 120, limitBytes: 4 * 1024 * 1024 };
  const line = await untilFound(
    async () => {
      const logs = await Promise.all(orders.map((name) => core.readNamespacedPodLog({ ...place, name })));
      return logs
        .join('\n')
        .split('\n')
        .find((each) => each.includes(`"trace_id":"${traceId}"`));
    },
    { seconds: elseSeconds, signal },
  );
  return verdict({
    subject: 'log of orders',
    expected: `a line with the trace ${traceId}`,
    found: line === undefined ? 'none with it' : 'there',
    isRight: line !== undefined,
    mend: 'see docs/logs.md for how lines get the trace that they belong to',
  });
}

async function errorFound({ page, signal }: Way, traceId: string): Promise<Finding> {
  const path = `errors?${new URLSearchParams({ category: 'validation', text: 'quantity must be' }).toString()}`;
  const group = await untilFound(
    async () => (await readView(page, path, groups, signal)).result.groups.find((each) => each.traceId === traceId),
    { seconds: elseSeconds, signal },
  );
  return verdict({
    subject: 'errors of orders',
    expected: `a group of category validation whose newest error is of the trace ${traceId}`,
    found: group === undefined ? 'none' : 'there',
    isRight: group !== undefined,
    mend: 'see whether errors are tracked (check errors-recorded)',
  });
}

function verdict({
  isRight,
  mend,
  ...said
}: Readonly<Record<'subject' | 'expected' | 'found' | 'mend', string>> & { readonly isRight: boolean }): Finding {
  return isRight ? { ...said, outcome: 'ok' } : { ...said, outcome: 'failed', mend };
}
