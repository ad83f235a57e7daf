import { describe, expect, it } from 'vitest';
import { workloadKinds, workloadOf } from '../../../../policies/kubernetes/workloads.ts';

const podSpec = {
  initContainers: [{ name: 'prepare' }, { name: 'proxy', restartPolicy: 'Always' }],
  containers: [{ name: 'main' }, {}],
  ephemeralContainers: [{ name: 'debug' }],
};
const template = { metadata: { labels: { app: 'shop' } }, spec: podSpec };
const kinds = [
  ['Pod', template, 'spec', true],
  ['Pod', { ...template, spec: { ...podSpec, restartPolicy: 'Never' } }, 'spec', false],
  ['Pod', { ...template, spec: { ...podSpec, restartPolicy: 'OnFailure' } }, 'spec', false],
  // The API server takes these for `Always`.
  ['Pod', { ...template, spec: { ...podSpec, restartPolicy: null } }, 'spec', true],
  ['Pod', { ...template, spec: { ...podSpec, restartPolicy: '' } }, 'spec', true],
  ['PodTemplate', { template }, 'template.spec', true],
  ['ReplicationController', { spec: { template } }, 'spec.template.spec', true],
  ['Deployment', { spec: { template } }, 'spec.template.spec', true],
  ['StatefulSet', { spec: { template } }, 'spec.template.spec', true],
  ['DaemonSet', { spec: { template } }, 'spec.template.spec', true],
  ['ReplicaSet', { spec: { template } }, 'spec.template.spec', true],
  ['Job', { spec: { template } }, 'spec.template.spec', false],
  ['CronJob', { spec: { jobTemplate: { spec: { template } } } }, 'spec.jobTemplate.spec.template.spec', false],
] as const;

describe('workloadOf', () => {
  it.each(kinds)('finds every container of a %s, and what it is to its pod', (kind, body, at, lasting) => {
    const { containers = [] } = workloadOf(kind, '', body) ?? {};
    expect(containers.map(({ name, path, role, longRunning }) => [name, path, role, longRunning])).toEqual([
      ['prepare', `${at}.initContainers[0]`, 'init', false],
      ['proxy', `${at}.initContainers[1]`, 'sidecar', lasting],
      ['main', `${at}.containers[0]`, 'main', lasting],
      [`${at}.containers[1]`, `${at}.containers[1]`, 'main', lasting],
      ['debug', `${at}.ephemeralContainers[0]`, 'ephemeral', false],
    ]);
  });

  it.each(kinds)('finds the metadata and the specification of the pods of a %s', (kind, body, podPath, lasting) => {
    expect(workloadOf(kind, 'apps', body)).toMatchObject({ kind, metadata: template.metadata, podPath, lasting });
  });

  it('knows every kind that makes pods', () => {
    expect(new Set(kinds.map(([kind]) => kind))).toEqual(new Set(workloadKinds));
  });

  it.each(['Service', 'DeploymentPatch', 'constructor', ''])('finds no pods in a %s', (kind) => {
    expect(workloadOf(kind, '', { spec: { template } })).toBeUndefined();
  });

  it('finds no containers in an object without pods', () => {
    expect(workloadOf('Deployment', 'apps', {})?.containers).toEqual([]);
  });

  it.each(['', 'apps', 'batch', 'extensions'])(
    'takes an object of the group %j without pods for a mistake',
    (group) => {
      expect(workloadOf('Job', group, { spec: {} })).toMatchObject({ podPath: 'spec.template.spec', containers: [] });
    },
  );

  it('takes one of a group of somebody else for what it has', () => {
    expect(workloadOf('StatefulSet', 'apps.kruise.io', { spec: { template } })?.containers).toHaveLength(5);
    expect(workloadOf('Job', 'batch.volcano.sh', { spec: { tasks: [{ template }] } })).toBeUndefined();
    expect(workloadOf('Deployment', 'example.com', { spec: { template: 'shop' } })).toBeUndefined();
  });
});
