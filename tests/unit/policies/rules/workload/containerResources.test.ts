import { describe, expect, it } from 'vitest';
import { containerResources, resourceViolations } from '../../../../../policies/rules/workload/containerResources.ts';
import { violationsOf } from './violationsOf.ts';

const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: 1, memory: '0.5Gi' } };
const deployment = (container: unknown) => ({ spec: { template: { spec: { containers: [container] } } } });

describe('container-resources', () => {
  it('lets a container with all four amounts pass', () => {
    expect(resourceViolations({ resources })).toEqual([]);
  });

  it('lets a request equal its limit, however both are written', () => {
    expect(
      resourceViolations({ resources: { requests: resources.limits, limits: { cpu: '1000m', memory: '512Mi' } } }),
    ).toEqual([]);
  });

  it.each([
    ['no resources', undefined, ['requests.cpu', 'limits.cpu', 'requests.memory', 'limits.memory']],
    ['no requests', { limits: resources.limits }, ['requests.cpu', 'requests.memory']],
    ['no limits', { requests: resources.requests }, ['limits.cpu', 'limits.memory']],
    ['no CPU limit', { ...resources, limits: { memory: '1Gi' } }, ['limits.cpu']],
    ['a memory limit of null', { ...resources, limits: { cpu: 1, memory: null } }, ['limits.memory']],
    ['a CPU request of zero', { ...resources, requests: { cpu: '0m', memory: '1Mi' } }, ['requests.cpu']],
    [
      'a memory request that is no quantity',
      { ...resources, requests: { cpu: 1, memory: '128MB' } },
      ['requests.memory'],
    ],
    ['a CPU request above its limit', { ...resources, requests: { cpu: '1.001', memory: '1Mi' } }, ['requests.cpu']],
    ['a memory request above its limit', { ...resources, requests: { cpu: 1, memory: '513Mi' } }, ['requests.memory']],
  ])('refuses %s', (_what, declared, fields) => {
    expect(resourceViolations({ resources: declared }).map(({ field }) => field)).toEqual(
      fields.map((field) => `resources.${field}`),
    );
  });

  it('says which resource, container and field, what is allowed, and how it looks', async () => {
    const container = { name: 'web', resources: { ...resources, limits: { cpu: 1, memory: 'lots' } } };
    expect(await violationsOf(containerResources, 'kubernetes:apps/v1:Deployment', deployment(container))).toEqual([
      'Deployment "shop", container "web": spec.template.spec.containers[0].resources.limits.memory is "lots": ' +
        'it must be a Kubernetes quantity above zero. Example: resources: { limits: { memory: "256Mi" } }',
    ]);
  });

  it.each([
    ['Job', 'spec', (spec: unknown) => ({ spec: { template: { spec } } })],
    [
      'CronJob',
      'spec.jobTemplate.spec',
      (spec: unknown) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
    ],
  ])('asks the same of a %s, its init containers included', async (kind, path, props) => {
    const containers = [{ name: 'job', resources }];
    expect(await violationsOf(containerResources, `kubernetes:batch/v1:${kind}`, props({ containers }))).toEqual([]);
    const initContainers = [{ name: 'first', resources: { ...resources, limits: { memory: '1Gi' } } }];
    expect(
      await violationsOf(containerResources, `kubernetes:batch/v1:${kind}`, props({ containers, initContainers })),
    ).toEqual([
      `${kind} "shop", container "first": ${path}.template.spec.initContainers[0].resources.limits.cpu is missing: ` +
        'it must be a Kubernetes quantity above zero. Example: resources: { limits: { cpu: "500m" } }',
    ]);
  });

  it('lets other resources pass', async () => {
    expect(await violationsOf(containerResources, 'kubernetes:core/v1:Service', deployment({}))).toEqual([]);
  });

  it('refuses a value that is unknown in a preview instead of letting it pass', async () => {
    const unknownString = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
    const container = { name: 'web', resources: { ...resources, limits: { cpu: unknownString, memory: '1Gi' } } };
    expect(await violationsOf(containerResources, 'kubernetes:apps/v1:Deployment', deployment(container))).toEqual([
      'Deployment "shop": string value at .spec.template.spec.containers.0.resources.limits.cpu can\'t be known during preview, ' +
        "so it cannot be checked. Give it a value that does not depend on another resource's outputs.",
    ]);
  });

  it('is mandatory', () => {
    expect(containerResources).toMatchObject({ name: 'container-resources', enforcementLevel: 'mandatory' });
  });
});
