import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { overlappingSelectors } from '../../../../../policies/rules/stack/overlappingSelectors.ts';
import { workloadExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const shop = workloadExample();
const owned = shop
  .replace('kind: Deployment', 'kind: ReplicaSet')
  .replace('name: shop,', 'name: shop-1, ownerReferences: [{ kind: Deployment }],');

describe('overlapping-selectors', () => {
  it('says it of each of two that select each other', () => {
    expect(
      problemsOf(overlappingSelectors, documents(shop, workloadExample({ kind: 'DaemonSet', name: 'b' }))),
    ).toEqual([
      'Deployment/shop/shop: spec.selector selects the pods of DaemonSet/shop/b: it must select none but its own. Fix: a label that only its own pods have, in the selector and in the template',
      'DaemonSet/shop/b: spec.selector selects the pods of Deployment/shop/shop: it must select none but its own. Fix: a label that only its own pods have, in the selector and in the template',
    ]);
  });

  it('says it once of one that selects several', () => {
    const others = ['b', 'c'].map((name) =>
      workloadExample({ name, labels: `app: shop, part: ${name}`, selector: `part: ${name}` }),
    );
    expect(findingsOf(overlappingSelectors, documents(shop, ...others)).map(({ object }) => object?.name)).toEqual([
      'shop',
    ]);
  });

  it('reads the selectors of replication controllers, and those of Jobs that are written by hand', () => {
    const controller = manifest('v1', 'ReplicationController', 'a', 'spec: { selector: { app: shop } }');
    const job = (more: string) =>
      manifest('batch/v1', 'Job', 'a', `spec: { selector: { matchLabels: { app: shop } }${more} }`);
    const count = (other: string) => findingsOf(overlappingSelectors, documents(shop, other)).length;
    expect([count(controller), count(job(', manualSelector: true')), count(job(''))]).toEqual([1, 1, 0]);
  });

  it.each([
    ['another namespace', shop.replace('namespace: shop', 'namespace: other')],
    ['the same object again', shop],
    ['the ReplicaSet of a Deployment', owned],
    ['an empty selector', workloadExample({ name: 'b', labels: 'app: b' }).replace('matchLabels: { app: b } }', '}')],
    [
      'a Job with the labels',
      manifest('batch/v1', 'Job', 'a', 'spec: { template: { metadata: { labels: { app: shop } } } }'),
    ],
  ])('has nothing to say of %s', (_what, other) => {
    expect(findingsOf(overlappingSelectors, documents(shop, other))).toEqual([]);
  });
});
