import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { caCertificate } from '../../../support/caCertificate.ts';
import type { AccessRule } from '../../../../infra/kubernetes/accessRules.ts';
import { deployed } from './deployed.ts';

const stack = (args: TracingStackArgs = {}) => deployed((options) => new TracingStack('tracing', args, options));

describe('the pods of a stack', () => {
  it('go one at a time when nodes are drained, whether or not they are well', async () => {
    const { object } = await stack({ query: { minAvailable: 1 } });
    expect(object('PodDisruptionBudget', 'jaeger-collector')['spec']).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    expect(object('PodDisruptionBudget', 'jaeger-query')['spec']).toMatchObject({ minAvailable: 1 });
  });

  it('are counted by an autoscaler where there is one, and by the Deployment where there is none', async () => {
    const { object, resources } = await stack({ collector: { autoscaling: { maxReplicas: 6, cpuPercent: 60 } } });
    expect(object('Deployment', 'jaeger-collector')['spec']).not.toHaveProperty('replicas');
    expect(object('Deployment', 'jaeger-query')['spec']).toHaveProperty('replicas', 2);
    expect(object('HorizontalPodAutoscaler', 'jaeger-collector')['spec']).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'jaeger-collector' },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 60 } } }],
    });
    expect(resources.filter(({ type }) => type.endsWith(':HorizontalPodAutoscaler'))).toHaveLength(1);
  });

  it('have a priority of the stack, or one that is there already', async () => {
    const own = await stack({ namespace: 'jaeger' });
    expect(own.object('PriorityClass', 'tracewright-jaeger')).toMatchObject({ value: 1000, preemptionPolicy: 'Never' });
    const template = (name: string) => ({ spec: { template: { spec: { priorityClassName: name } } } });
    for (const [kind, name] of workloads) {
      expect(own.object(kind, name)).toMatchObject(template('tracewright-jaeger'));
    }
    const other = await stack({ priorityClassName: 'important' });
    expect(other.resources.filter(({ type }) => type.endsWith(':PriorityClass'))).toEqual([]);
    expect(other.object('DaemonSet', 'jaeger-agent')).toMatchObject(template('important'));
  });

  it('keep apart from each other, over zones and nodes, where there is room', async () => {
    const { object } = await stack();
    const labels = { matchLabels: { 'app.kubernetes.io/name': 'jaeger-query' } };
    expect(object('Deployment', 'jaeger-query')).toMatchObject({
      spec: {
        template: {
          spec: {
            topologySpreadConstraints: [
              {
                topologyKey: 'topology.kubernetes.io/zone',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: labels,
              },
              { topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: labels },
            ],
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  { podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: labels } },
                ],
              },
            },
          },
        },
      },
    });
  });

  it('outlive every gRPC connection that a collector has when it leaves', async () => {
    const { object } = await stack();
    const text = JSON.stringify(object('Deployment', 'jaeger-collector'));
    const seconds = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    for (const server of ['GRPC_SERVER', 'OTLP_GRPC']) {
      const age = seconds(new RegExp(`COLLECTOR_${server}_MAX_CONNECTION_AGE","value":"(\\d+)s`));
      const grace = seconds(new RegExp(`COLLECTOR_${server}_MAX_CONNECTION_AGE_GRACE","value":"(\\d+)s`));
      // gRPC varies the age by a tenth.
      expect(age * 1.1 + grace).toBeLessThan(seconds(/"sleep":\{"seconds":(\d+)/));
    }
    expect(seconds(/"sleep":\{"seconds":(\d+)/)).toBeLessThan(seconds(/"terminationGracePeriodSeconds":(\d+)/));
  });

  it('are restarted by another CA, which Jaeger would trust beside the old one, and not by other sampling', async () => {
    const storage = { kind: 'external', urls: ['https://es.elastic.svc:9200'] } as const;
    const pods = async (args: TracingStackArgs) => {
      const { object } = await stack(args);
      return ['jaeger-collector', 'jaeger-query'].map((name) => object('Deployment', name)['spec']);
    };
    const trusting = (certificate: string) => pods({ storage: { ...storage, tls: { ca: { certificate } } } });
    expect(await trusting(caCertificate)).not.toEqual(await trusting(`${caCertificate}${caCertificate}`));
    const sampled = (param: number) => pods({ sampling: { default: { type: 'probabilistic', param } } });
    expect(await sampled(0.1)).toEqual(await sampled(0.2));
  });
});

describe('the roles of a stack', () => {
  it('are bound to the people who are named, and to nobody else', async () => {
    const { object, resources } = await stack({ access: { operators: { users: ['ann'], groups: ['sre'] } } });
    expect(object('RoleBinding', 'tracewright-operator')).toMatchObject({
      roleRef: { kind: 'Role', name: 'tracewright-operator' },
      subjects: [
        { kind: 'User', name: 'ann' },
        { kind: 'Group', name: 'sre' },
      ],
    });
    expect(resources.filter(({ type }) => type.endsWith(':RoleBinding'))).toHaveLength(1);
    expect(resources.filter(({ type }) => /:(Cluster)Role/.test(type))).toEqual([]);
  });

  it('act on pods and their number, and on nothing else', async () => {
    const { object } = await stack();
    const acting = (name: string) =>
      rulesOf(object('Role', name)).filter(({ verbs }) =>
        verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)),
      );
    expect(acting('tracewright-viewer')).toEqual([]);
    expect(acting('tracewright-operator')).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
      { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] },
      { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get', 'patch', 'update'] },
    ]);
  });

  it.each(['tracewright-viewer', 'tracewright-operator'])('let %s read no Secret', async (name) => {
    const read = rulesOf((await stack()).object('Role', name)).flatMap(({ resources }) => resources);
    expect(read).toContain('pods');
    for (const resource of ['secrets', 'serviceaccounts/token', '*', 'pods/*']) expect(read).not.toContain(resource);
  });
});

function rulesOf(role: Readonly<Record<string, unknown>>): readonly AccessRule[] {
  return role['rules'] as readonly AccessRule[];
}

const workloads = [
  ['Deployment', 'jaeger-collector'],
  ['Deployment', 'jaeger-query'],
  ['DaemonSet', 'jaeger-agent'],
  ['StatefulSet', 'elasticsearch'],
] as const;
