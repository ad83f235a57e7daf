import { describe, expect, it } from 'vitest';
import { externalName } from '../../../../../policies/rules/network/externalName.ts';
import { loadBalancerSources } from '../../../../../policies/rules/network/loadBalancerSources.ts';
import { serviceExternalIps } from '../../../../../policies/rules/network/serviceExternalIps.ts';
import { serviceType } from '../../../../../policies/rules/network/serviceType.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf } from '../../support/declared.ts';

const service = (spec: unknown, annotations: unknown = {}) => declared('v1', 'Service', { spec }, { annotations });
const knative = declared('serving.knative.dev/v1', 'Service', {
  spec: { type: 'LoadBalancer', externalIPs: ['203.0.113.7'] },
});

it.each([serviceType, serviceExternalIps, externalName, loadBalancerSources])(
  '$name says nothing of a Service of another group',
  (rule) => expect(saidOf(rule, knative)).toEqual([]),
);

describe('service-type', () => {
  it.each([{}, { type: 'ClusterIP' }, { type: 'ExternalName' }, { clusterIP: 'None' }])('takes %j', (spec) => {
    expect(saidOf(serviceType, service(spec))).toEqual([]);
  });

  it.each(['NodePort', 'LoadBalancer'])('refuses %s, unless its parameter allows it', (type) => {
    expect(saidOf(serviceType, service({ type }))).toEqual([
      `spec.type is "${type}": it must be ClusterIP or ExternalName`,
    ]);
    expect(saidOf(serviceType, service({ type }), { allowedTypes: ['ClusterIP', type] })).toEqual([]);
  });
});

describe('service-external-ips', () => {
  it('says which addresses there are', () => {
    expect(problemsOf(serviceExternalIps, [service({ externalIPs: ['203.0.113.7'] })])).toEqual([
      'Service/shop: spec.externalIPs is ["203.0.113.7"]: it must not be set. Fix: type: "LoadBalancer", or an Ingress',
    ]);
  });

  it.each([{}, { externalIPs: null }, { externalIPs: [] }])('takes %j', (spec) => {
    expect(saidOf(serviceExternalIps, service(spec))).toEqual([]);
  });
});

describe('external-name', () => {
  it.each(['shop.example.com', undefined])('refuses the name %s', (name) => {
    expect(saidOf(externalName, service({ type: 'ExternalName', externalName: name }))).toEqual([
      `spec.externalName is ${name === undefined ? 'not set' : `"${name}"`}: a Service must lead to pods or to addresses of its own`,
    ]);
  });

  it('says nothing of a name that its type does not use', () => {
    expect(saidOf(externalName, service({ externalName: 'shop.example.com' }))).toEqual([]);
  });
});

describe('load-balancer-sources', () => {
  const type = 'LoadBalancer';
  const old = 'service.beta.kubernetes.io/load-balancer-source-ranges';
  const must = 'it must name the addresses that may come in, and not all there are';

  it.each([
    [{ type }, {}, 'is missing'],
    [{ type, loadBalancerSourceRanges: [] }, {}, 'is missing'],
    [{ type, loadBalancerSourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] }, {}, 'is ["10.0.0.0/8","0.0.0.0/0"]'],
    [{ type }, { [old]: ' 10.0.0.0/8, ::/0' }, 'is ["10.0.0.0/8","::/0"]'],
    [{ type }, { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' }, 'is missing'],
    [{ type }, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' }, 'is missing'],
    [{ type }, { 'example.com/network': 'internal' }, 'is missing'],
  ])('refuses %j with the annotations %j', (spec, annotations, state) => {
    expect(saidOf(loadBalancerSources, service(spec, annotations))).toEqual([
      `spec.loadBalancerSourceRanges ${state}: ${must}`,
    ]);
  });

  it.each([
    [{}, {}],
    [{ type: 'NodePort' }, {}],
    [{ type, loadBalancerSourceRanges: ['10.0.0.0/8'] }, {}],
    [{ type }, { [old]: '10.0.0.0/8' }],
    [{ type }, { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }],
    [{ type }, { 'service.beta.kubernetes.io/aws-load-balancer-internal': '0.0.0.0/0' }],
    [{ type }, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' }],
    [{ type }, { 'networking.gke.io/load-balancer-type': 'Internal' }],
    [{ type }, { 'service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type': 'private' }],
    [{ type }, { 'service.beta.kubernetes.io/openstack-internal-load-balancer': 'true' }],
  ])('takes %j with the annotations %j', (spec, annotations) => {
    expect(saidOf(loadBalancerSources, service(spec, annotations))).toEqual([]);
  });
});
