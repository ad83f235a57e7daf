import { describe, expect, it } from 'vitest';
import { isExpired, matches } from '../../../../policies/evaluation/exemption.ts';
import { KubernetesObject } from '../../../../policies/kubernetes/object.ts';

function exemption(resource: string, expires = '2027-01-31') {
  return { rule: 'host-ports', resource, reason: 'The test needs it.', expires };
}

function object(identity: string): KubernetesObject {
  const [kind = '', ...names] = identity.split('/');
  const [name, namespace] = names.reverse();
  return new KubernetesObject('v1', kind, { metadata: { name, namespace } }, { urn: 'urn:test' }, 'fallback');
}

describe('an exemption', () => {
  it.each([
    ['Deployment/shop/web', 'Deployment/shop/web'],
    ['Deployment/shop/*', 'Deployment/shop/web'],
    ['*/shop/*', 'Deployment/shop/web'],
    ['*/*/*', 'Deployment/shop/web'],
    ['*/*', 'ClusterRole/admin'],
    ['Deployment/shop/web-*', 'Deployment/shop/web-7f3a'],
    ['Deployment/shop/*-web', 'Deployment/shop/old-web'],
    ['Deployment/shop/w*b', 'Deployment/shop/wb'],
    ['Deployment/shop/a*b*c', 'Deployment/shop/a1b2b3c'],
    ['Deployment/shop/**', 'Deployment/shop/web'],
    ['Deployment/shop/system:*', 'Deployment/shop/system:controller'],
    ['ClusterRole/admin', 'ClusterRole/admin'],
  ])('for %s is meant for %s', (resource, identity) => {
    expect(matches(exemption(resource), object(identity))).toBe(true);
  });

  it.each([
    ['Deployment/shop/web', 'Deployment/shop/web2'],
    ['Deployment/shop/web', 'StatefulSet/shop/web'],
    ['Deployment/shop/web', 'Deployment/other/web'],
    ['Deployment/shop/web', 'Deployment/web'],
    ['Deployment/web', 'Deployment/shop/web'],
    ['Deployment/*', 'Deployment/shop/web'],
    ['Deployment/*/web', 'Deployment/web'],
    ['deployment/shop/web', 'Deployment/shop/web'],
    ['Deployment/shop/we.', 'Deployment/shop/web'],
    ['Deployment/shop/ab*ba', 'Deployment/shop/aba'],
    ['Deployment/shop/a*b*c', 'Deployment/shop/acb'],
    ['Deployment/shop/', 'Deployment/shop/web'],
  ])('for %s is not meant for %s', (resource, identity) => {
    expect(matches(exemption(resource), object(identity))).toBe(false);
  });

  it.each([
    ['2026-12-31T12:00:00Z', false],
    ['2027-01-31T00:00:00Z', false],
    ['2027-01-31T23:59:59.999Z', false],
    ['2027-02-01T00:00:00Z', true],
    // The same moments, as other places call them.
    ['2027-02-01T09:59:59+10:00', false],
    ['2027-01-31T14:00:00-10:00', true],
    ['2028-01-01T00:00:00Z', true],
  ])('until 2027-01-31, at %s, is expired: %s', (now, expired) => {
    expect(isExpired(exemption('*/*', '2027-01-31'), new Date(now))).toBe(expired);
  });
});
