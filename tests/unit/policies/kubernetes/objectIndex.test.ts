import { describe, expect, it } from 'vitest';
import { ObjectIndex } from '../../../../policies/kubernetes/objectIndex.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';

const objects = manifestObjects(`
{ apiVersion: v1, kind: Secret, metadata: { name: a, namespace: shop } }
---
{ apiVersion: v1, kind: Secret, metadata: { name: a } }
---
{ apiVersion: other.example/v1, kind: Secret, metadata: { name: b, namespace: shop } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: c, namespace: shop } }
`);

describe('ObjectIndex', () => {
  const secrets = new ObjectIndex(objects, 'Secret', '');

  it('finds objects of its kind and group by namespace and name', () => {
    expect(secrets.find('shop', 'a')).toBe(objects[0]);
    expect(secrets.find('', 'a')).toBe(objects[1]);
    expect(['b', 'c'].map((name) => secrets.find('shop', name))).toEqual([undefined, undefined]);
  });

  it('lists them by namespace, and all', () => {
    expect(secrets.in('shop')).toEqual([objects[0]]);
    expect(secrets.in('nowhere')).toEqual([]);
    expect(secrets.all).toEqual([objects[0], objects[1]]);
  });
});
