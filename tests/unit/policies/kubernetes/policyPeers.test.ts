import { describe, expect, it } from 'vitest';
import { PodIndex } from '../../../../policies/kubernetes/podIndex.ts';
import { PolicyPeers } from '../../../../policies/kubernetes/policyPeers.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';

const objects = manifestObjects(`
{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { team: web } } }
---
{ apiVersion: v1, kind: Namespace, metadata: { name: bare, labels: { team: none } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop, labels: { app: web } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: db, namespace: shop, labels: { app: db } } }
---
{ apiVersion: v1, kind: Pod, metadata: { name: agent, namespace: tracing, labels: { app: agent } } }
`);
const pods = new PodIndex();
for (const object of objects) pods.add(object);
const peers = new PolicyPeers(objects, pods);

const named = (...values: readonly string[]) => ({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
});
const app = (name: string) => ({ matchLabels: { app: name } });

describe('PolicyPeers', () => {
  it.each([
    [{ podSelector: app('web') }, ['web'], false],
    [{ podSelector: {} }, ['web', 'db'], false],
    [{ podSelector: app('none') }, [], false],
    [{ namespaceSelector: named('tracing') }, ['agent'], false],
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tracing' } } }, ['agent'], false],
    [{ namespaceSelector: named('tracing', 'shop'), podSelector: app('web') }, ['web'], false],
    [{ namespaceSelector: { matchLabels: { team: 'web' } }, podSelector: app('none') }, [], true],
  ])('finds the pods that %j means', (peer, names, alsoElsewhere) => {
    const meant = peers.meantBy(peer, 'shop');
    expect(meant?.pods.map(({ object }) => object.name)).toEqual(names);
    expect(meant?.alsoElsewhere).toBe(alsoElsewhere);
  });

  it.each([
    [{ ipBlock: { cidr: '10.0.0.0/8' } }],
    [{ namespaceSelector: {} }],
    [{ namespaceSelector: named('monitoring') }],
    [{ namespaceSelector: named('shop', 'monitoring') }],
    [{ namespaceSelector: { matchLabels: { team: 'none' } } }],
    [{ namespaceSelector: { matchLabels: { team: 'other' } } }],
    [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'Is' }] } }],
  ])('cannot tell whom %j means', (peer) => {
    expect(peers.meantBy(peer, 'shop')).toBeUndefined();
  });

  it('cannot tell who the peers of a namespace are whose pods are made elsewhere', () => {
    expect(peers.meantBy({ podSelector: app('web') }, 'bare')).toBeUndefined();
  });
});
