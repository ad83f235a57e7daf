import { describe, expect, it } from 'vitest';
import { workloadsOf } from '../../../../policies/kubernetes/workloads.ts';

const podSpec = {
  initContainers: [{ name: 'prepare' }, { name: 'proxy', restartPolicy: 'Always' }],
  containers: [{ name: 'main' }, {}],
};
const template = { spec: podSpec };
const seen = (type: string, props: unknown) =>
  workloadsOf(type, props).flatMap(({ containers }) =>
    containers.map(({ name, path, longRunning }) => [name, path, longRunning]),
  );

describe('workloadsOf', () => {
  it.each([
    ['kubernetes:core/v1:Pod', { spec: podSpec }, 'spec', true],
    ['kubernetes:core/v1:Pod', { spec: { ...podSpec, restartPolicy: 'Never' } }, 'spec', false],
    ['kubernetes:core/v1:PodTemplate', { template }, 'template.spec', true],
    ['kubernetes:core/v1:ReplicationController', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:apps/v1:Deployment', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:extensions/v1beta1:Deployment', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:apps/v1:StatefulSet', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:apps/v1:DaemonSet', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:apps/v1:ReplicaSet', { spec: { template } }, 'spec.template.spec', true],
    ['kubernetes:batch/v1:Job', { spec: { template } }, 'spec.template.spec', false],
    [
      'kubernetes:batch/v1:CronJob',
      { spec: { jobTemplate: { spec: { template } } } },
      'spec.jobTemplate.spec.template.spec',
      false,
    ],
  ])('finds every container of a %s', (type, props, at, lasting) => {
    expect(seen(type, props)).toEqual([
      ['prepare', `${at}.initContainers[0]`, false],
      ['proxy', `${at}.initContainers[1]`, lasting],
      ['main', `${at}.containers[0]`, lasting],
      [`${at}.containers[1]`, `${at}.containers[1]`, lasting],
    ]);
  });

  it('finds the containers of every object of a list', () => {
    const items = [{ spec: { template } }, { spec: { template: { spec: { containers: [{ name: 'other' }] } } } }];
    expect(seen('kubernetes:apps/v1:DeploymentList', { items }).at(-1)).toEqual([
      'other',
      'items[1].spec.template.spec.containers[0]',
      true,
    ]);
  });

  it.each([
    'kubernetes:core/v1:Service',
    'kubernetes:apps/v1:DeploymentPatch',
    'aws:ecs:Deployment',
    'kubernetes:apps/v1:Other',
  ])('finds nothing in a %s', (type) => {
    expect(workloadsOf(type, { spec: { template } })).toEqual([]);
  });

  it('finds nothing in an object without pods', () => {
    expect(seen('kubernetes:apps/v1:Deployment', {})).toEqual([]);
  });
});
