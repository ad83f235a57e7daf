import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../../tools/cluster/apiClient.ts';
import { createClusterLayout } from '../../../../tools/cluster/clusterLayout.ts';
import { COMPONENT_NAMES } from '../../../../tools/cluster/components/component.ts';
import { ComponentNotReadyError } from '../../../../tools/cluster/errors/componentNotReadyError.ts';
import { describeDns, describeNode } from '../../../../tools/cluster/nodeReadiness.ts';
import { waitUntilReady, type ReadinessCheck } from '../../../../tools/cluster/readiness.ts';
import type { ReadinessContext } from '../../../../tools/cluster/readinessContext.ts';

const STARTED = Date.UTC(2026, 0, 1, 12, 0, 0, 500);
const directory = mkdtempSync(join(tmpdir(), 'tracewright-readiness-'));
const layout = createClusterLayout(directory);
afterAll(() => {
  rmSync(directory, { recursive: true });
});

for (const name of COMPONENT_NAMES) supervise(name, 'run', STARTED / 1000);

function supervise(name: string, state: string, startedSeconds: number): void {
  const supervision = join(layout.services, name, 'supervise');
  mkdirSync(supervision, { recursive: true });
  mkdirSync(join(layout.logs, name), { recursive: true });
  writeFileSync(join(supervision, 'stat'), `${state}\n`);
  writeFileSync(join(supervision, 'pid'), '1\n');
  utimesSync(join(supervision, 'pid'), startedSeconds, startedSeconds);
  writeFileSync(join(layout.logs, name, 'current'), `${name} said this\n`);
}

function contextWith(answers: Readonly<Record<string, unknown>>): ReadinessContext {
  let now = STARTED + 60_000;
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for'));
  const api: ApiClient = {
    get: unused,
    apply: unused,
    getJson: (path) => Promise.resolve(answers[path.split('?')[0] ?? '']),
    [Symbol.dispose]: () => undefined,
  };
  return { layout, api, nodeName: 'n', isWorker: false, nodePid: 2, nodeStartedAt: STARTED, now: () => (now += 1000) };
}

describe('waitUntilReady', () => {
  it('returns when every check has passed once', async () => {
    let asked = 0;
    const slow: ReadinessCheck = {
      name: 'kubelet',
      probe: () => Promise.resolve((asked += 1) < 3 ? 'not yet' : undefined),
    };
    await waitUntilReady([slow], contextWith({}), 60_000);
    expect(asked).toBe(3);
  });

  it('names the first part that is not ready, what is amiss, and its last lines', async () => {
    const failing = (name: ReadinessCheck['name']): ReadinessCheck => ({
      name,
      probe: () => Promise.reject(new Error('refused')),
    });
    const waiting = waitUntilReady([failing('kube-scheduler'), failing('coredns')], contextWith({}), 3000);
    await expect(waiting).rejects.toThrow(ComponentNotReadyError);
    await expect(waiting).rejects.toThrow(
      /kube-scheduler was not ready after 3 s: Error: refused.*kube-scheduler said this/s,
    );
  });

  it('blames a component whose process does not stay up for what others report', async () => {
    supervise('etcd', 'down', STARTED / 1000);
    const waiting = waitUntilReady([{ name: 'coredns', probe: () => Promise.resolve('no') }], contextWith({}), 3000);
    await expect(waiting).rejects.toThrow(/^etcd was not ready .* does not stay up/);
    supervise('etcd', 'run', STARTED / 1000);
  });
});

describe('waitUntilReady on a worker', () => {
  it('names the worker with the part, and blames no part that only the first node has', async () => {
    supervise('etcd', 'down', STARTED / 1000);
    const context = { ...contextWith({}), nodeName: 'w', isWorker: true };
    const waiting = waitUntilReady([{ name: 'kubelet', probe: () => Promise.resolve('no') }], context, 3000);
    await expect(waiting).rejects.toThrow(/^w\/kubelet was not ready after 3 s: no/);
    supervise('etcd', 'run', STARTED / 1000);
  });
});

const conditions = (type: string, status: string, lastHeartbeatTime?: string) => [
  { type, status, lastHeartbeatTime, message: 'm' },
];
const pod = (ready: string, startedAt: string) => ({
  metadata: { namespace: 'shop', name: 'web' },
  status: { conditions: conditions('Ready', ready), containerStatuses: [{ state: { running: { startedAt } } }] },
});
const NODE = '/api/v1/nodes/n';
const PODS = '/api/v1/pods';
const DNS = '/api/v1/namespaces/kube-system/pods';
const BEFORE = '2026-01-01T11:59:59Z';
const AFTER = '2026-01-01T12:00:00Z';

describe('describeNode', () => {
  it.each([
    ['no node yet', undefined, [], 'the kubelet has not reported yet'],
    ['a report of the last kubelet', conditions('Ready', 'True', BEFORE), [], 'the kubelet has not reported yet'],
    ['a node that is not ready', conditions('Ready', 'False', AFTER), [], 'it is not ready: m'],
    [
      'a pod that the last kubelet called ready',
      conditions('Ready', 'True', AFTER),
      [pod('True', BEFORE)],
      'the kubelet has not looked at pod shop/web yet',
    ],
    ['a pod that is starting', conditions('Ready', 'True', AFTER), [pod('False', BEFORE)], undefined],
    ['a fresh node and pod', conditions('Ready', 'True', AFTER), [pod('True', AFTER)], undefined],
  ])('answers for %s', async (_, nodeConditions, pods, expected) => {
    const answers = { [NODE]: { status: { conditions: nodeConditions } }, [PODS]: { items: pods } };
    expect(await describeNode(contextWith(answers))).toBe(expected);
  });
});

describe('describeDns', () => {
  it.each([
    [[], 'it has no pod yet'],
    [[pod('False', AFTER)], 'its pod shop/web is not ready yet'],
    [[pod('True', BEFORE)], 'its pod shop/web is not ready yet'],
    [[pod('True', AFTER)], undefined],
  ])('of pods %j says %s', async (pods, expected) => {
    expect(await describeDns(contextWith({ [DNS]: { items: pods } }))).toBe(expected);
  });
});
