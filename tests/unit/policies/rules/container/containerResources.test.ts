// @spec S1.3
import { describe, expect, it } from 'vitest';
import { containerResources } from '../../../../../policies/rules/container/containerResources.ts';
import { ephemeralStorage } from '../../../../../policies/rules/container/ephemeralStorage.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';
import { deploymentOf, fieldsIn, podKinds, podsOfKind, problemsIn, unknownText } from './containerFixtures.ts';

const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: 1, memory: '0.5Gi' } };

describe('container-resources', () => {
  it('lets a request equal its limit, however both are written', () => {
    const same = { requests: resources.limits, limits: { cpu: '1000m', memory: '512Mi' } };
    expect(problemsIn(containerResources, { resources: same })).toEqual([]);
  });

  it.each([
    ['no resources', undefined, ['requests.cpu', 'limits.cpu', 'requests.memory', 'limits.memory']],
    ['no requests', { limits: resources.limits }, ['requests.cpu', 'requests.memory']],
    ['no limits', { requests: resources.requests }, ['limits.cpu', 'limits.memory']],
    ['no CPU limit', { ...resources, limits: { memory: '1Gi' } }, ['limits.cpu']],
    ['a memory limit of null', { ...resources, limits: { cpu: 1, memory: null } }, ['limits.memory']],
    ['a CPU request of zero', { ...resources, requests: { cpu: '0m', memory: '1Mi' } }, ['requests.cpu']],
    ['a memory request in megabytes', { ...resources, requests: { cpu: 1, memory: '128MB' } }, ['requests.memory']],
    ['a negative CPU request', { ...resources, requests: { cpu: -1, memory: '1Mi' } }, ['requests.cpu']],
    ['a CPU request above its limit', { ...resources, requests: { cpu: '1.001', memory: '1Mi' } }, ['requests.cpu']],
    ['a memory request above its limit', { ...resources, requests: { cpu: 1, memory: '513Mi' } }, ['requests.memory']],
    ['a list for resources', [], ['requests.cpu', 'limits.cpu', 'requests.memory', 'limits.memory']],
  ])('finds %s', (_what, declared, fields) => {
    expect(fieldsIn(containerResources, { resources: declared })).toEqual(fields.map((field) => `resources.${field}`));
  });

  it('says which object, container and field, what is allowed, and how it looks', () => {
    const container = { name: 'web', resources: { ...resources, limits: { cpu: 1, memory: 'lots' } } };
    expect(problemsOf(containerResources, [deploymentOf(container)])).toEqual([
      'Deployment/shop, container "web": spec.template.spec.containers[0].resources.limits.memory is "lots": ' +
        'it must be a Kubernetes quantity above zero. Fix: resources: { limits: { memory: "256Mi" } }',
    ]);
  });

  it('needs no amount that the pod has for all of its containers', () => {
    const pod = (ofPod: unknown, own: unknown) =>
      podsOfKind('Deployment', { resources: ofPod, containers: [{ name: 'web', resources: own }] });
    const found = (...args: Parameters<typeof pod>) =>
      findingsOf(containerResources, [pod(...args)]).map(({ path }) => path.replace(/.*\.resources\./, ''));
    expect(found(resources, undefined)).toEqual([]);
    expect(found({ ...resources, limits: { cpu: '0', memory: '1Gi' } }, undefined)).toEqual(['limits.cpu']);
    expect(found(resources, { requests: { cpu: 0 }, limits: { memory: 'lots' } })).toEqual([
      'requests.cpu',
      'limits.memory',
    ]);
    expect(found({ limits: resources.limits }, { requests: { cpu: 64, memory: '128Mi' } })).toEqual([]);
  });

  it('asks for no limit of CPU where its parameter says so, and compares one that is there', () => {
    const said = (limits: unknown) =>
      findingsOf(containerResources, [deploymentOf({ resources: { ...resources, limits } })], { cpuLimits: false }).map(
        ({ path }) => path.replace(/.*\.resources\./, ''),
      );
    expect(said({ memory: '1Gi' })).toEqual([]);
    expect(said({ memory: '1Gi', cpu: '50m' })).toEqual(['requests.cpu']);
    expect(said({ cpu: 1 })).toEqual(['limits.memory']);
  });

  it('says which limit a request is above', () => {
    expect(problemsIn(containerResources, { resources: { ...resources, requests: { cpu: 2, memory: 1 } } })).toEqual([
      'resources.requests.cpu is 2: it must not be above resources.limits.cpu, which is 1',
    ]);
  });

  it.each(podKinds)('asks it of a %s, its init containers and sidecars included', (kind, _apiVersion, podPath) => {
    const object = podsOfKind(kind, {
      initContainers: [{ name: 'first' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'web', resources }],
    });
    const places = findingsOf(containerResources, [object]).map(({ path }) => path.replace(/\.resources.*/, ''));
    expect([...new Set(places)]).toEqual([`${podPath}.initContainers[0]`, `${podPath}.initContainers[1]`]);
  });

  it('asks nothing of ephemeral containers, which can have no resources', () => {
    const object = podsOfKind('Pod', { containers: [], ephemeralContainers: [{ name: 'debug' }] });
    expect(findingsOf(containerResources, [object])).toEqual([]);
  });

  it('says where a preview cannot know an amount, and goes on with the next container', () => {
    const unknown = { ...resources, limits: { cpu: unknownText, memory: '1Gi' } };
    const object = podsOfKind('Deployment', { containers: [{ name: 'web', resources: unknown }, { name: 'next' }] });
    const [first, ...others] = findingsOf(containerResources, [object]);
    expect(first).toMatchObject({
      kind: 'unknown',
      container: 'web',
      path: 'spec.template.spec.containers[0].resources.limits.cpu',
    });
    expect(others.map(({ container }) => container)).toEqual(['next', 'next', 'next', 'next']);
  });
});

describe('ephemeral-storage', () => {
  it.each([
    ['nothing', {}, ['resources.requests.ephemeral-storage', 'resources.limits.ephemeral-storage']],
    ['a request only', { requests: { 'ephemeral-storage': '1Gi' } }, ['resources.limits.ephemeral-storage']],
    [
      'a request above its limit',
      { requests: { 'ephemeral-storage': '2Gi' }, limits: { 'ephemeral-storage': '1Gi' } },
      ['resources.requests.ephemeral-storage'],
    ],
  ])('finds %s', (_what, declared, fields) => {
    expect(fieldsIn(ephemeralStorage, { resources: { ...declared } })).toEqual(fields);
  });

  it('asks it of init containers too, and not of ephemeral ones', () => {
    const object = podsOfKind('Job', {
      initContainers: [{ name: 'first' }],
      containers: [],
      ephemeralContainers: [{ name: 'debug' }],
    });
    expect(findingsOf(ephemeralStorage, [object]).map(({ container }) => container)).toEqual(['first', 'first']);
  });
});
