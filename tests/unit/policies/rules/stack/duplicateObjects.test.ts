import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { duplicateObjects } from '../../../../../policies/rules/stack/duplicateObjects.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const map = manifest('v1', 'ConfigMap', 'shop', 'data: {}');

describe('duplicate-objects', () => {
  it('says where the other one is', () => {
    expect(problemsOf(duplicateObjects, documents(map, map))).toEqual([
      'ConfigMap/shop/shop: metadata.name is "shop", as that of another ConfigMap of the namespace is (manifest.yaml:1): it must be there once. Fix: another name, or one of them less',
    ]);
  });

  it('takes two versions of one API for the same', () => {
    const scaler = (version: string) => manifest(`autoscaling/${version}`, 'HorizontalPodAutoscaler', 'shop', '');
    expect(findingsOf(duplicateObjects, documents(scaler('v1'), scaler('v2')))).toHaveLength(1);
  });

  it.each([
    ['another namespace', map.replace('namespace: shop', 'namespace: other')],
    ['no namespace', map.replace(', namespace: shop', '')],
    ['another kind', map.replace('ConfigMap', 'Secret')],
    ['another group', map.replace('apiVersion: v1', 'apiVersion: other.example/v1')],
  ])('tells apart what has %s', (_what, other) => {
    expect(findingsOf(duplicateObjects, documents(map, other))).toEqual([]);
  });

  it.each(['{ generateName: shop- }', '{ name: 04da6b54-80e4-46f7-96ec-b56ff0331ba9 }', '{ name: 1 }', 'null'])(
    'does not compare names that nobody knows yet: %s',
    (metadata) => {
      const nameless = `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\n`;
      expect(findingsOf(duplicateObjects, documents(nameless, nameless))).toEqual([]);
    },
  );
});
