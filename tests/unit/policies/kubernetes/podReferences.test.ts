import { describe, expect, it } from 'vitest';
import { podReferences, type ReferencedKind } from '../../../../policies/kubernetes/podReferences.ts';
import { workloadOf } from '../../../../policies/kubernetes/workloads.ts';

const podSpec = {
  serviceAccountName: 'account',
  imagePullSecrets: [{ name: 'pull' }, {}],
  initContainers: [{ name: 'prepare', envFrom: [{ configMapRef: { name: 'all' } }] }],
  containers: [
    {
      name: 'main',
      env: [
        { name: 'A', value: 'plain' },
        { name: 'B', valueFrom: { configMapKeyRef: { name: 'map', key: 'b' } } },
        { name: 'C', valueFrom: { secretKeyRef: { name: 'secret', key: 'c', optional: true } } },
      ],
      envFrom: [{ prefix: 'X_', secretRef: { name: 'all-secret' } }],
    },
  ],
  volumes: [
    { name: 'a', configMap: { name: 'files', items: [{ key: 'k', path: 'p' }] } },
    { name: 'b', secret: { secretName: 'keys' } },
    {
      name: 'c',
      projected: {
        sources: [
          { configMap: { name: 'projected', optional: true } },
          { secret: { name: 'projected-secret', items: [{ key: 'token', path: 't' }] } },
        ],
      },
    },
    { name: 'd', persistentVolumeClaim: { claimName: 'claim' } },
    { name: 'e', csi: { driver: 'x', nodePublishSecretRef: { name: 'csi' } } },
    { name: 'f', emptyDir: {} },
  ],
};

function referencesOf(spec: unknown, kind: ReferencedKind): readonly string[] {
  const workload = workloadOf('Deployment', 'apps', { spec: { template: { spec } } });
  return [...(workload === undefined ? [] : podReferences(workload, kind))].map(
    ({ name, path, optional, container = '', keys }) =>
      `${name} ${path.replace('spec.template.spec.', '')}${optional ? ' optional' : ''}${container && ` in ${container}`}${keys.map((key) => ` ${key.name}@${key.path.replace('spec.template.spec.', '')}`).join('')}`,
  );
}

describe('podReferences', () => {
  it('finds every ConfigMap, with the keys that are asked of it', () => {
    expect(referencesOf(podSpec, 'ConfigMap')).toEqual([
      'all initContainers[0].envFrom[0].configMapRef.name in prepare',
      'map containers[0].env[1].valueFrom.configMapKeyRef.name in main b@containers[0].env[1].valueFrom.configMapKeyRef.key',
      'files volumes[0].configMap.name k@volumes[0].configMap.items[0].key',
      'projected volumes[2].projected.sources[0].configMap.name optional',
    ]);
  });

  it('finds every Secret', () => {
    expect(referencesOf(podSpec, 'Secret')).toEqual([
      'secret containers[0].env[2].valueFrom.secretKeyRef.name optional in main c@containers[0].env[2].valueFrom.secretKeyRef.key',
      'all-secret containers[0].envFrom[0].secretRef.name in main',
      'keys volumes[1].secret.secretName',
      'projected-secret volumes[2].projected.sources[1].secret.name token@volumes[2].projected.sources[1].secret.items[0].key',
      'pull imagePullSecrets[0].name',
      'csi volumes[4].csi.nodePublishSecretRef.name',
    ]);
  });

  it.each([
    [podSpec, 'ServiceAccount', ['account serviceAccountName']],
    [{ serviceAccount: 'old' }, 'ServiceAccount', ['old serviceAccount']],
    [{ serviceAccountName: null }, 'ServiceAccount', []],
    [podSpec, 'PersistentVolumeClaim', ['claim volumes[3].persistentVolumeClaim.claimName']],
    [{ containers: 'x', volumes: [null, 1] }, 'Secret', []],
    [{ containers: [{ envFrom: [{ configMapRef: {} }] }] }, 'ConfigMap', []],
  ] as const)('finds in %j of kind %s: %j', (spec, kind, found) => {
    expect(referencesOf(spec, kind)).toEqual(found);
  });
});
