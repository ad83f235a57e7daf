import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../../../../tools/validate/checks/runtime/page.ts';
import type { AlertWatch } from '../../../../../tools/validate/simulateErrors/alertWatch.ts';
import { resolveProvoked } from '../../../../../tools/validate/simulateErrors/errorGroups.ts';
import { followScenario, type FollowedExample } from '../../../../../tools/validate/simulateErrors/followScenario.ts';
import { judgePlace } from '../../../../../tools/validate/simulateErrors/judgeFollowed.ts';
import { scenarios, type Scenario } from '../../../../../tools/validate/simulateErrors/scenarios.ts';
import { unlessAborted } from '../../../../../tools/validate/unlessAborted.ts';

const scenario = scenarios[0] as Scenario;
const { signal } = new AbortController();
const failingTrace = {
  traceID: 't',
  spans: [
    {
      spanID: 's',
      operationName: 'POST /orders',
      processID: 'p',
      references: [],
      tags: [{ key: 'otel.status_code', value: 'ERROR' }],
      logs: [{ fields: [{ key: 'event', value: 'exception' }] }],
    },
  ],
  processes: { p: { serviceName: 'orders' } },
};

/** A service with one group of errors, which its page shows. */
function runningExample(captured: FollowedExample['captured'], count = 0, agentId = 'tracewright-validate') {
  const asked: string[] = [];
  const group = { id: 'a', category: 'system', severity: 'high', state: 'open', isRegressed: false, count };
  const event = {
    traceId: 't',
    chain: [{ type: 'TypeError' }],
    request: { agentId },
  };
  const result = (path: string): unknown =>
    path.startsWith('errors?')
      ? { groups: group.count === 0 ? [] : [{ ...group, ...scenario.group }] }
      : { group, event, events: [{ key: 'e', traceId: 't' }] };
  const page: Page = {
    name: 'orders',
    url: new URL('http://localhost/'),
    isExample: true,
    isOnLoopback: false,
    ask: (path) => {
      asked.push(path);
      if (path === '') return Promise.resolve({ status: 200, body: '<html' });
      const answer = { asOfMillis: 1, instances: [], result: result(path.replace('api/v1/', '')) };
      return Promise.resolve({ status: 200, body: JSON.stringify(answer) });
    },
  };
  const example: FollowedExample = {
    service: (name) => ({ name, pods: ['one'], page }),
    captured,
    switchOn: () => Promise.resolve(() => Promise.resolve()),
    send: (_, times) => {
      group.count += times;
      return Promise.resolve(
        Array.from({ length: times }, () => ({ status: scenario.status, body: '', traceId: 't' })),
      );
    },
    trace: () => Promise.resolve(failingTrace),
  };
  return { example, page, resolved: () => asked.filter((path) => path.endsWith('/resolve')) };
}

const raised: AlertWatch = { where: 'a test', waitFor: () => Promise.resolve('firing') };
const counted = () => Promise.resolve({ category: 0, severity: 0 });

describe('followScenario', () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  beforeEach(() => void process.on('unhandledRejection', hear));
  afterEach(() => void process.removeListener('unhandledRejection', hear));

  it('hears of everything that was under way when the signal ends it', async () => {
    const abort = new AbortController();
    const never = <T>(): Promise<T> => unlessAborted(new Promise<T>(() => undefined), abort.signal);
    let times = 0;
    const { example } = runningExample(() => {
      if (times++ === 0) return counted();
      // As the user ends it while a metric is read: the alert is waited for meanwhile.
      setImmediate(() => abort.abort(new Error('ended by SIGINT')));
      return never();
    });
    const alerts: AlertWatch = {
      where: 'a test',
      waitFor: async () => never<never>().catch(() => Promise.reject(new Error('the alert was waited for'))),
    };
    await expect(followScenario(example, scenario, alerts, new Set(), abort.signal)).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unheard).toEqual([]);
  });

  it('resolves the group that was provoked, that it can come back, and again at the end', async () => {
    const { example, resolved } = runningExample(counted);
    const followed = await followScenario(example, scenario, raised, new Set(), signal);
    expect(resolved()).toHaveLength(2);
    expect(followed).toMatchObject({ sent: 3, isOurs: true, alert: { found: 'firing' } });
  });

  it('resolves no group that was unresolved before, and says that it cannot come back', async () => {
    const { example, resolved } = runningExample(counted, 5);
    const followed = await followScenario(example, scenario, raised, new Set(['a']), signal);
    expect(resolved()).toEqual([]);
    expect(judgePlace(followed, 'group')).toMatchObject({ outcome: 'ok', found: 'system, high, 2 more errors' });
    expect(judgePlace(followed, 'alert')).toMatchObject({
      outcome: 'unchecked',
      found: 'its group was unresolved before: it cannot come back',
    });
  });
});

describe('resolveProvoked', () => {
  it('resolves what was not unresolved before, and nothing else', async () => {
    const { page, resolved } = runningExample(counted, 5);
    await resolveProvoked(page, new Set(['a']), signal);
    expect(resolved()).toEqual([]);
    await resolveProvoked(page, new Set(), signal);
    expect(resolved()).toEqual(['api/v1/errors/a/resolve']);
  });

  it('knows what a service behind the first has met by the traces of what was sent', async () => {
    const { page, resolved } = runningExample(counted, 5, 'storefront');
    await resolveProvoked(page, new Set(), signal, ['another']);
    expect(resolved()).toEqual([]);
    await resolveProvoked(page, new Set(), signal, ['another', 't']);
    expect(resolved()).toEqual(['api/v1/errors/a/resolve']);
  });

  it('says that the page has refused it', async () => {
    const { page } = runningExample(counted, 5);
    const ask: Page['ask'] = (path, options) =>
      path.endsWith('/resolve') ? Promise.resolve({ status: 403, body: 'no' }) : page.ask(path, options);
    await expect(resolveProvoked({ ...page, ask }, new Set(), signal)).rejects.toThrow(
      'orders answered 403 when a group was to be resolved: no',
    );
  });
});
