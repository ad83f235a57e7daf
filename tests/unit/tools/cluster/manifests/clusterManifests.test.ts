import { describe, expect, it } from 'vitest';
import { objectPath, type ApiObject } from '../../../../../tools/cluster/apiClient.ts';
import { accessManifests } from '../../../../../tools/cluster/manifests/accessManifests.ts';
import { dnsManifests } from '../../../../../tools/cluster/manifests/dnsManifests.ts';
import { storageManifests } from '../../../../../tools/cluster/manifests/storageManifests.ts';

const all: readonly ApiObject[] = [...accessManifests(), ...dnsManifests(1), ...storageManifests()];

describe('the cluster’s own manifests', () => {
  it('have a path in the API each, no two the same', () => {
    const paths = all.map(objectPath);
    expect(new Set(paths).size).toBe(all.length);
    expect(paths).toContain('/api/v1/namespaces/kube-system/services/kube-dns');
    expect(paths).toContain('/apis/apps/v1/namespaces/kube-system/deployments/coredns');
    expect(paths).toContain('/apis/storage.k8s.io/v1/storageclasses/standard');
  });

  it('give no component every verb or every resource', () => {
    for (const { rules } of all.filter(({ kind }) => kind === 'ClusterRole')) {
      expect(JSON.stringify(rules)).not.toContain('"*"');
    }
  });

  it('let kube-router look only', () => {
    const role = all.find(
      ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'tracewright:kube-router',
    );
    expect(JSON.stringify(role?.['rules'])).not.toMatch(/create|update|patch|delete/);
  });

  it('let DNS tell at once of what came back', () => {
    const corefile = dnsManifests(1).find(({ kind }) => kind === 'ConfigMap')?.['data'];
    expect(JSON.stringify(corefile)).toContain('kubernetes cluster.local');
    expect(JSON.stringify(corefile)).not.toContain('cache');
  });

  it('give each node of several a pod of the DNS, and none two', () => {
    const deploymentFor = (nodes: number) => dnsManifests(nodes).find(({ kind }) => kind === 'Deployment');
    expect(deploymentFor(1)).toMatchObject({ spec: { replicas: 1 } });
    expect(JSON.stringify(deploymentFor(1))).not.toContain('affinity');
    const term = { labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } }, topologyKey: 'kubernetes.io/hostname' };
    expect(deploymentFor(2)).toMatchObject({
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxUnavailable: 1 } },
        template: {
          spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
        },
      },
    });
  });

  it('make one storage class the default', () => {
    expect(storageManifests()).toMatchObject([
      {
        metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
        volumeBindingMode: 'WaitForFirstConsumer',
      },
    ]);
  });
});

it('knows no path for a kind that the cluster never applies', () => {
  expect(() => objectPath({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } })).toThrow('kind Pod');
});
