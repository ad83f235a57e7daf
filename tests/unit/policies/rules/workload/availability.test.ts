import { describe, expect, it } from 'vitest';
import { replicas } from '../../../../../policies/rules/workload/replicas.ts';
import { rollingUpdateBounds } from '../../../../../policies/rules/workload/rollingUpdateBounds.ts';
import { topologySpread } from '../../../../../policies/rules/workload/topologySpread.ts';
import { updateStrategy } from '../../../../../policies/rules/workload/updateStrategy.ts';
import { nakedPods } from '../../../../../policies/rules/workload/nakedPods.ts';
import { declared, podsOfKind, saidOf } from '../../support/declared.ts';

const apps = (kind: string, spec: Readonly<Record<string, unknown>>, metadata = {}) =>
  declared('apps/v1', kind, { spec }, metadata);

describe('replicas', () => {
  it.each(['Deployment', 'StatefulSet'])('asks for two of a %s', (kind) => {
    expect(saidOf(replicas, apps(kind, { replicas: 2 }))).toEqual([]);
    expect(saidOf(replicas, apps(kind, { replicas: 1 }))).toEqual(['spec.replicas is 1: it must be 2 or more, or 0']);
  });

  it('asks for as many as its parameter says', () => {
    expect(saidOf(replicas, apps('Deployment', { replicas: 2 }), { minimum: 3 })).toHaveLength(1);
    expect(saidOf(replicas, apps('Deployment', { replicas: 1 }), { minimum: 1 })).toEqual([]);
  });

  it('takes 0, by which somebody has scaled down', () => {
    expect(saidOf(replicas, apps('Deployment', { replicas: 0 }))).toEqual([]);
  });

  it.each([{}, { replicas: null }])('takes %j, unless what is missing counts as 1', (spec) => {
    expect(saidOf(replicas, apps('Deployment', spec))).toEqual([]);
    expect(saidOf(replicas, apps('Deployment', spec), { missingCounts: true })).toEqual([
      'spec.replicas is missing: it must be 2 or more, or 0',
    ]);
    expect(saidOf(replicas, apps('Deployment', spec), { missingCounts: true, minimum: 1 })).toEqual([]);
  });

  it('refuses what is no number', () => {
    expect(saidOf(replicas, apps('Deployment', { replicas: 'two' }))).toEqual([
      'spec.replicas is "two": it must be 2 or more, or 0',
    ]);
  });

  it('is off in dev, fails in prod, and is an advice elsewhere', () => {
    expect([replicas.level, replicas.levels]).toEqual(['advisory', { dev: 'disabled', prod: 'mandatory' }]);
  });

  it('says nothing of other kinds', () => {
    expect(saidOf(replicas, apps('ReplicaSet', { replicas: 1 }))).toEqual([]);
    expect(saidOf(replicas, declared('example.com/v1', 'Deployment', { spec: { replicas: 1 } }))).toEqual([]);
  });
});

describe('topology-spread', () => {
  const labelSelector = { matchLabels: { app: 'shop' } };
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector };
  const constraint = (change: object) => ({ topologySpreadConstraints: [{ ...term, ...change }] });
  const affinity = (terms: object) => ({ affinity: { podAntiAffinity: terms } });
  const required = (change: object) =>
    affinity({ requiredDuringSchedulingIgnoredDuringExecution: [{ ...term, ...change }] });
  const preferred = (change: object) =>
    affinity({
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { ...term, ...change } }],
    });
  const said = (podSpec: unknown, count: unknown = 2, kind = 'Deployment', parameters = {}) => {
    const template = { metadata: { labels: { app: 'shop' } }, spec: podSpec };
    return saidOf(topologySpread, apps(kind, { replicas: count, template }, { namespace: 'shop' }), parameters);
  };

  it.each([
    ['a constraint', constraint({})],
    ['a constraint over zones', constraint({ topologyKey: 'topology.kubernetes.io/zone' })],
    ['required anti-affinity', required({})],
    ['preferred anti-affinity', preferred({})],
    [
      'anti-affinity by an expression',
      required({ labelSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }),
    ],
    ['anti-affinity in its own namespace', required({ namespaces: ['shop'] })],
  ])('is kept by %s', (_what, podSpec) => {
    expect(said(podSpec)).toEqual([]);
    expect(said(podSpec, 2, 'StatefulSet')).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['no pod specification', undefined],
    ['a constraint that selects other pods', constraint({ labelSelector: { matchLabels: { app: 'blog' } } })],
    ['a constraint without a selector', constraint({ labelSelector: undefined })],
    ['a constraint over racks', constraint({ topologyKey: 'rack' })],
    ['a constraint over nothing', constraint({ topologyKey: undefined })],
    ['anti-affinity to other pods', preferred({ labelSelector: { matchLabels: { app: 'blog' } } })],
    ['anti-affinity in another namespace', required({ namespaces: ['blog'] })],
    ['affinity', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }],
  ])('is broken by %s', (_what, podSpec) => {
    expect(said(podSpec)).toEqual([
      'spec.template.spec spreads its pods over nothing: topologySpreadConstraints or affinity.podAntiAffinity must select them, with the topologyKey kubernetes.io/hostname or topology.kubernetes.io/zone',
    ]);
  });

  it('asks it of several pods, and where their number is not written', () => {
    expect([0, 1, 2].map((count) => said({}, count).length)).toEqual([0, 0, 1]);
    expect([undefined, null].map((count) => said({}, count).length)).toEqual([1, 1]);
  });

  it('takes the topology keys of its parameter', () => {
    expect(said(constraint({ topologyKey: 'rack' }), 2, 'Deployment', { topologyKeys: ['rack'] })).toEqual([]);
  });

  it('says nothing of other kinds', () => {
    expect(said({}, 2, 'ReplicaSet')).toEqual([]);
    expect(said({}, undefined, 'DaemonSet')).toEqual([]);
  });
});

describe('update-strategy', () => {
  const rolling = (maxUnavailable: unknown) => ({ rollingUpdate: { maxUnavailable } });

  it.each([
    ['Deployment', { replicas: 2 }],
    ['Deployment', { replicas: 1, strategy: { type: 'Recreate' } }],
    ['Deployment', { strategy: { type: 'Recreate' } }],
    ['Deployment', { replicas: 3, strategy: rolling(2) }],
    ['Deployment', { replicas: 3, strategy: rolling('99%') }],
    ['Deployment', { replicas: 3, strategy: rolling('all') }],
    ['StatefulSet', { updateStrategy: { type: 'RollingUpdate' } }],
    ['DaemonSet', { updateStrategy: rolling(100) }],
    ['ReplicaSet', { replicas: 2, strategy: { type: 'Recreate' } }],
  ])('takes a %s with %j', (kind, spec) => {
    expect(saidOf(updateStrategy, apps(kind, spec))).toEqual([]);
  });

  it.each([
    [
      'Deployment',
      { replicas: 2, strategy: { type: 'Recreate' } },
      'spec.strategy.type is "Recreate": it must be "RollingUpdate"',
    ],
    [
      'Deployment',
      { replicas: 3, strategy: rolling(3) },
      'spec.strategy.rollingUpdate.maxUnavailable is 3, which is all pods: it must be less',
    ],
    [
      'Deployment',
      { replicas: 2, strategy: rolling('100%') },
      'spec.strategy.rollingUpdate.maxUnavailable is "100%", which is all pods: it must be less',
    ],
    [
      'StatefulSet',
      { updateStrategy: { type: 'OnDelete' } },
      'spec.updateStrategy.type is "OnDelete": it must be "RollingUpdate"',
    ],
    [
      'DaemonSet',
      { updateStrategy: { type: 'OnDelete' } },
      'spec.updateStrategy.type is "OnDelete": it must be "RollingUpdate"',
    ],
    [
      'DaemonSet',
      { updateStrategy: rolling('100%') },
      'spec.updateStrategy.rollingUpdate.maxUnavailable is "100%", which is all pods: it must be less',
    ],
  ])('refuses a %s with %j', (kind, spec, sentence) => {
    expect(saidOf(updateStrategy, apps(kind, spec))).toEqual([sentence]);
  });
});

describe('rolling-update-bounds', () => {
  const said = (kind: string, rollingUpdate: unknown) => {
    const strategy = kind === 'DaemonSet' ? 'updateStrategy' : 'strategy';
    return saidOf(rollingUpdateBounds, apps(kind, { [strategy]: { rollingUpdate } }));
  };

  it.each([
    ['Deployment', undefined],
    ['Deployment', { maxSurge: 0 }],
    ['Deployment', { maxUnavailable: 0 }],
    ['Deployment', { maxSurge: '1%', maxUnavailable: 0 }],
    ['Deployment', { maxSurge: 1, maxUnavailable: 1 }],
    ['DaemonSet', {}],
    ['DaemonSet', { maxSurge: 0 }],
    ['DaemonSet', { maxSurge: 1, maxUnavailable: 0 }],
    ['DaemonSet', { maxSurge: '0%', maxUnavailable: '25%' }],
    ['StatefulSet', { maxUnavailable: 0 }],
  ])('takes, of a %s, %j', (kind, rollingUpdate) => {
    expect(said(kind, rollingUpdate)).toEqual([]);
  });

  it.each([
    ['Deployment', 'spec.strategy', { maxSurge: 0, maxUnavailable: 0 }],
    ['Deployment', 'spec.strategy', { maxSurge: '0%', maxUnavailable: '0%' }],
    ['DaemonSet', 'spec.updateStrategy', { maxUnavailable: 0 }],
  ])('refuses, of a %s, in %s, %j', (kind, path, rollingUpdate) => {
    expect(said(kind, rollingUpdate)).toEqual([
      `${path}.rollingUpdate has neither maxSurge nor maxUnavailable above 0: one of them must be`,
    ]);
  });

  it.each([{ maxSurge: 1 }, { maxSurge: '10%', maxUnavailable: null }, { maxSurge: 1, maxUnavailable: 1 }])(
    'refuses, of a DaemonSet, both: %j',
    (rollingUpdate) => {
      expect(said('DaemonSet', rollingUpdate)).toEqual([
        'spec.updateStrategy.rollingUpdate has both maxSurge and maxUnavailable above 0: one of them must be',
      ]);
    },
  );

  it('refuses what is neither a number nor a percentage', () => {
    expect(said('Deployment', { maxSurge: '1', maxUnavailable: -1 })).toEqual([
      'spec.strategy.rollingUpdate.maxSurge is "1": it must be a whole number, or a percentage as text',
      'spec.strategy.rollingUpdate.maxUnavailable is -1: it must be a whole number, or a percentage as text',
    ]);
  });
});

describe('naked-pods', () => {
  it.each([
    ['a Pod that lasts', podsOfKind('Pod', { spec: {} }), 'Pod', 'Deployment'],
    ['a Pod that ends', podsOfKind('Pod', { spec: { restartPolicy: 'Never' } }), 'Pod', 'Job'],
    ['a ReplicaSet', podsOfKind('ReplicaSet', {}), 'ReplicaSet', 'Deployment'],
    ['a ReplicationController', podsOfKind('ReplicationController', {}), 'ReplicationController', 'Deployment'],
  ])('refuses %s', (_what, object, kind, instead) => {
    expect(saidOf(nakedPods, object)).toEqual([`is a ${kind} that nobody makes: ${instead} must make it`]);
  });

  it.each([{ ownerReferences: [{ kind: 'ReplicaSet' }] }, { annotations: { 'helm.sh/hook': 'test' } }])(
    'takes a Pod with %j',
    (metadata) => {
      expect(saidOf(nakedPods, podsOfKind('Pod', { metadata }))).toEqual([]);
    },
  );

  it.each(['PodTemplate', 'StatefulSet', 'Job', 'CronJob', 'DaemonSet'])('takes a %s', (kind) => {
    expect(saidOf(nakedPods, podsOfKind(kind, {}))).toEqual([]);
  });
});
