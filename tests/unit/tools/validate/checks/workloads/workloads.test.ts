import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it, test } from 'vitest';
import { judgeConfinement } from '../../../../../../tools/validate/checks/workloads/containersConfined.ts';
import { judgeLimits } from '../../../../../../tools/validate/checks/workloads/containersLimited.ts';
import { judgeRestarts } from '../../../../../../tools/validate/checks/workloads/containerRestarts.ts';
import type { DeclaredWorkload } from '../../../../../../tools/validate/checks/workloads/declaredWorkloads.ts';
import { judgeImages } from '../../../../../../tools/validate/checks/workloads/imagesDeclared.ts';
import { judgeProblems } from '../../../../../../tools/validate/checks/workloads/judgeProblems.ts';
import { freeRoom, judgeRoom, neededRoom } from '../../../../../../tools/validate/checks/workloads/nodesFit.ts';
import { probesOf } from '../../../../../../tools/validate/checks/workloads/probesAnswer.ts';
import { judgeReplicas } from '../../../../../../tools/validate/checks/workloads/replicasDeclared.ts';
import { judgeSpread, takesPods } from '../../../../../../tools/validate/checks/workloads/replicasSpread.ts';
import { judgeSettings } from '../../../../../../tools/validate/checks/workloads/settingsDeclared.ts';
import { judgeVersion } from '../../../../../../tools/validate/checks/workloads/versionsReported.ts';
import { judgeWorkload } from '../../../../../../tools/validate/checks/workloads/workloadsReady.ts';

const image = 'jaegertracing/jaeger-query:1.50.0';
const imageID = 'docker.io/jaegertracing/jaeger-query@sha256:0123456789abcdef';
const subject = 'Deployment tracing/jaeger-query';
const now = Date.parse('2026-11-29T06:00:00Z');

/** A pod as it runs, with one change. */
function pod(change: (pod: WholePod) => void = () => undefined): V1Pod {
  const whole: WholePod = {
    metadata: { name: 'jaeger-query-1', namespace: 'tracing', labels: { 'app.kubernetes.io/name': 'jaeger-query' } },
    spec: {
      nodeName: 'one',
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      initContainers: [],
      containers: [
        {
          name: 'jaeger-query',
          image,
          env: [{ name: 'ES_INDEX_PREFIX', value: 'tracewright.dev' }],
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          startupProbe: { httpGet: { path: '/version', port: 'admin' }, periodSeconds: 1 },
          livenessProbe: { httpGet: { path: '/version', port: 'admin' } },
          readinessProbe: { httpGet: { path: '/', port: 'admin' } },
        },
      ],
    },
    status: {
      phase: 'Running',
      containerStatuses: [{ name: 'jaeger-query', ready: true, restartCount: 0, image, imageID }],
    },
  };
  change(whole);
  return whole;
}

type WholePod = V1Pod & { metadata: object; spec: NonNullable<V1Pod['spec']>; status: NonNullable<V1Pod['status']> };

function container({ spec }: WholePod) {
  const [only] = spec.containers;
  if (only === undefined) throw new Error('the fixture has a container');
  return only;
}

function workload(pods: readonly V1Pod[], replicas = 2, asked = image): DeclaredWorkload {
  const podSpec = {
    containers: [{ name: 'jaeger-query', image, env: [{ name: 'ES_INDEX_PREFIX', value: 'tracewright.dev' }] }],
  };
  const spec = { containers: [{ name: 'jaeger-query', image: asked }] };
  return {
    object: {
      urn: 'urn',
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'tracing',
      name: 'jaeger-query',
      manifest: { spec: { replicas: 2 } },
    },
    subject,
    live: { spec: { replicas, template: { spec } } },
    podSpec,
    pods,
  };
}

describe('replicas', () => {
  it.each([
    [2, undefined, 'ok', '2 pods'],
    [1, undefined, 'failed', '1 pod'],
    [5, { least: 2, most: 6 }, 'ok', '5 pods'],
    [7, { least: 2, most: 6 }, 'failed', '7 pods'],
    [0, { least: 2, most: 6 }, 'failed', '0 pods'],
  ])('%i with the bounds %o are %s', (replicas, bounds, outcome, found) => {
    expect(judgeReplicas(workload([], replicas), bounds)).toMatchObject({ outcome, subject, found });
  });

  const on = (...nodes: readonly string[]): V1Pod[] =>
    nodes.map((nodeName) => pod(({ spec }) => Object.assign(spec, { nodeName })));

  it.each([
    [on('one', 'one'), 1, 'ok', 'on one: no other node takes pods'],
    [on('one', 'two'), 2, 'ok', 'its 2 pods on 2 of 2 nodes (one, two)'],
    [on('one', 'one'), 2, 'warning', 'its 2 pods on 1 of 2 nodes (one)'],
    [on('one', 'one', 'two'), 2, 'ok', 'its 3 pods on 2 of 2 nodes (one, two)'],
  ])('are judged by the nodes that they are on, case %#', (pods, nodes, outcome, found) => {
    expect(judgeSpread(subject, pods, nodes)).toMatchObject({ outcome, found });
  });

  it('can be on ready nodes that repel nobody', () => {
    const status = { conditions: [{ type: 'Ready', status: 'True' }] };
    expect(takesPods({ status })).toBe(true);
    expect(takesPods({ status, spec: { unschedulable: true } })).toBe(false);
    expect(takesPods({ status, spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } })).toBe(false);
    expect(takesPods({ status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } })).toBe(false);
  });
});

test('a workload that lacks pods is told in the words of status', () => {
  const numbers = { kind: 'Deployment', name: 'jaeger-query', namespace: 'tracing', wanted: 2 } as const;
  const well = { ...numbers, ready: 2, complete: true, waitsFor: [], failures: [] };
  expect(judgeWorkload(well)).toEqual({
    outcome: 'ok',
    subject,
    expected: '2 of 2 pods ready',
    found: '2 of 2 pods ready',
  });
  expect(judgeWorkload({ ...well, failures: ['cannot reach Elasticsearch'] })).toMatchObject({
    outcome: 'failed',
    found: '2 of 2 pods ready: cannot reach Elasticsearch',
  });
  expect(judgeWorkload({ ...well, complete: false, waitsFor: ['jaeger-query: not ready yet'] })).toMatchObject({
    found: '2 of 2 pods ready, not all of them of the newest template: jaeger-query: not ready yet',
  });
});

describe('restarts', () => {
  const restarted = (finishedAt: string): V1Pod =>
    pod(({ status }) =>
      Object.assign(status.containerStatuses?.[0] ?? {}, {
        restartCount: 2,
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: new Date(finishedAt) } },
      }),
    );

  it.each([
    [pod(), 'ok', 'never started again'],
    [restarted('2026-11-29T04:59:59Z'), 'ok', 'started again 2 times, all of them longer ago'],
    [
      restarted('2026-11-29T05:30:00Z'),
      'warning',
      'started again 2 times; it ended last at 2026-11-29T05:30:00Z with exit code 137 (OOMKilled)',
    ],
  ])('are told where they are of the last hour, case %#', (judged, outcome, found) => {
    expect(judgeRestarts(judged, now)).toMatchObject([
      { outcome, subject: 'Pod tracing/jaeger-query-1/jaeger-query', found },
    ]);
  });
});

describe('images', () => {
  it('are as declared', () => {
    expect(judgeImages(workload([pod()]))).toMatchObject([
      { outcome: 'ok', found: `image ${image} (sha256:0123456789ab)` },
    ]);
  });

  it('of the template and of pods are told apart', () => {
    const old = pod((whole) => (container(whole).image = 'jaegertracing/jaeger-query:1.49.0'));
    expect(judgeImages(workload([old], 2, 'nginx:1'))).toMatchObject([
      { outcome: 'failed', subject, expected: `image ${image} in container jaeger-query`, found: 'image nginx:1' },
      {
        outcome: 'failed',
        subject: 'Pod tracing/jaeger-query-1/jaeger-query',
        found: 'image jaegertracing/jaeger-query:1.49.0: a pod of another template',
      },
    ]);
  });

  it('of one tag that are different are a warning', () => {
    const moved = pod(({ status }) =>
      Object.assign(status.containerStatuses?.[0] ?? {}, { imageID: 'x@sha256:fedcba9876543210' }),
    );
    expect(judgeImages(workload([pod(), moved])).at(-1)).toMatchObject({
      outcome: 'warning',
      found: '2 different ones: sha256:0123456789ab, sha256:fedcba987654',
    });
  });
});

test('a pod that was started with other settings is told with what is different', () => {
  const stale = pod((whole) => (container(whole).env = [{ name: 'ES_INDEX_PREFIX', value: 'tracewright.prod' }]));
  expect(judgeSettings(workload([pod(), stale]))).toMatchObject([
    { outcome: 'ok', subject: 'Pod tracing/jaeger-query-1' },
    { outcome: 'failed', found: 'containers[jaeger-query].env[ES_INDEX_PREFIX].value: "tracewright.prod"' },
  ]);
});

test('a container without a limit is told', () => {
  expect(judgeLimits(pod())).toMatchObject([{ outcome: 'ok', found: 'cpu 100m to 1, memory 128Mi to 512Mi' }]);
  expect(judgeLimits(pod((whole) => (container(whole).resources = { requests: { cpu: '1' } })))).toMatchObject([
    { outcome: 'failed', found: 'no limit of cpu, no request of memory, no limit of memory' },
  ]);
});

test.each<[string, (whole: WholePod) => void, string]>([
  [
    'privileged',
    (whole) =>
      (container(whole).securityContext = {
        privileged: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      }),
    'privileged',
  ],
  [
    'without a security context',
    (whole) => delete container(whole).securityContext,
    'it may gain privileges, it keeps capabilities, its root file system can be written',
  ],
  ['of a pod without one', ({ spec }) => delete spec.securityContext, 'it may run as root, no seccomp profile'],
  [
    'with the user root',
    (whole) => Object.assign(container(whole).securityContext ?? {}, { runAsUser: 0 }),
    'it may run as root',
  ],
  ['in the network of its node', ({ spec }) => (spec.hostNetwork = true), "it is in its node's network"],
  [
    'with a path of its node',
    ({ spec }) => (spec.volumes = [{ name: 'a', hostPath: { path: '/' } }]),
    'it mounts a path of its node',
  ],
  [
    'that sees all of /proc',
    (whole) => Object.assign(container(whole).securityContext ?? {}, { procMount: 'Unmasked' }),
    'it sees all of /proc',
  ],
])('a container %s is told', (_, change, found) => {
  expect(judgeConfinement(pod())).toMatchObject([{ outcome: 'ok' }]);
  expect(judgeConfinement(pod(change))).toMatchObject([{ outcome: 'failed', found }]);
});

test('probes that ask the same are asked once, of sidecars too, and not of containers that end', () => {
  const probe = { httpGet: { path: '/health', port: 8080 } };
  const judged = pod(({ spec }) => {
    spec.initContainers = [
      { name: 'wait', livenessProbe: probe },
      { name: 'sidecar', restartPolicy: 'Always', livenessProbe: probe },
    ];
  });
  expect(probesOf(judged).map(({ container: { name }, names }) => `${name}: ${names}`)).toEqual([
    'sidecar: liveness probe',
    'jaeger-query: startup and liveness probe',
    'jaeger-query: readiness probe',
  ]);
});

test.each([
  ['{"gitCommit":"","gitVersion":"v1.50.0","buildDate":""}', 'ok', 'Jaeger 1.50.0'],
  ['{"gitVersion":"v1.60.1"}', 'failed', 'Jaeger 1.60.1'],
  ['{"gitVersion":""}', 'unchecked', 'it does not say which version it is'],
  ['<html>', 'unchecked', 'it does not say which version it is'],
  [undefined, 'unchecked', 'it does not say which version it is'],
])('a program that says %s of itself is judged by that', (body, outcome, found) => {
  expect(judgeVersion('Pod tracing/x/jaeger-query', '1.50.0', body)).toMatchObject({
    outcome,
    expected: 'Jaeger 1.50.0',
    found,
  });
});

test('what status knows of an object is a finding of it', () => {
  const problem = {
    namespace: 'tracing',
    kind: 'PodDisruptionBudget' as const,
    name: 'jaeger-query',
    problem: 'lets none go',
  };
  const subjects = ['PodDisruptionBudget tracing/jaeger-collector', 'PodDisruptionBudget tracing/jaeger-query'];
  expect(
    judgeProblems(subjects, [problem], {
      expected: 'lets a pod go',
      describe: ({ problem: words }) => words,
      mend: 'lower it',
    }),
  ).toEqual([
    { outcome: 'ok', subject: subjects[0], expected: 'lets a pod go', found: 'lets a pod go' },
    { outcome: 'failed', subject: subjects[1], expected: 'lets a pod go', found: 'lets none go', mend: 'lower it' },
  ]);
});

describe('room', () => {
  const node = { metadata: { name: 'one' }, status: { allocatable: { cpu: '2', memory: '1Gi', pods: '3' } } };

  it('is what the scheduler counts: the sum of what lasts, or the largest of what comes before', () => {
    const first = pod(
      ({ spec }) =>
        (spec.initContainers = [{ name: 'wait', resources: { requests: { cpu: '500m', memory: '16Mi' } } }]),
    );
    expect(neededRoom(first.spec)).toEqual({ cpu: 0.5, memory: 128 * 2 ** 20, pods: 1 });
  });

  it('is left by the pods of a node that have not ended', () => {
    const done = pod(({ status }) => (status.phase = 'Succeeded'));
    const elsewhere = pod(({ spec }) => (spec.nodeName = 'two'));
    expect(freeRoom(node, [pod(), done, elsewhere])).toEqual({ cpu: 1.9, memory: 896 * 2 ** 20, pods: 2 });
  });

  it('must be on one node', () => {
    const needed = { cpu: 1, memory: 2 ** 30, pods: 1 };
    expect(judgeRoom(subject, needed, [{ cpu: 1, memory: 2 ** 30, pods: 1 }])).toMatchObject({ outcome: 'ok' });
    expect(
      judgeRoom(subject, needed, [
        { cpu: 0.5, memory: 2 ** 31, pods: 9 },
        { cpu: 2, memory: 2 ** 29, pods: 9 },
      ]),
    ).toMatchObject({ outcome: 'warning', found: 'the freest of 2 nodes has 2000m CPU, 512 MiB, 9 places' });
    expect(judgeRoom(subject, needed, [{ cpu: 2, memory: 2 ** 31, pods: 0 }])).toMatchObject({
      outcome: 'warning',
      found: 'the freest of 1 nodes has 2000m CPU, 2048 MiB, 0 places',
    });
  });
});
