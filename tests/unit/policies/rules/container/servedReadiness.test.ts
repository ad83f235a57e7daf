import { describe, expect, it } from 'vitest';
import { KubernetesObject } from '../../../../../policies/kubernetes/object.ts';
import { servedReadiness } from '../../../../../policies/rules/container/servedReadiness.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';
import { unknownText } from './containerFixtures.ts';

function object(apiVersion: string, kind: string, rest: object, namespace = 'shop'): KubernetesObject {
  const body = { apiVersion, kind, metadata: { name: 'shop', namespace, labels: { app: 'shop' } }, ...rest };
  return new KubernetesObject(apiVersion, kind, body, { file: 'shop.yaml', line: 1 }, 'shop');
}

const service = object('v1', 'Service', { spec: { selector: { app: 'shop' } } });
const pod = (spec: object) => object('v1', 'Pod', { spec: { restartPolicy: 'Never', ...spec } });
const unready = pod({ containers: [{ name: 'shop' }] });
const template = { metadata: { labels: { app: 'shop' } }, spec: { containers: [{ name: 'shop' }] } };
const job = object('batch/v1', 'Job', { spec: { template } });
const cronJob = object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } });

describe('served-readiness', () => {
  it('says which Service takes in which pods', () => {
    expect(problemsOf(servedReadiness, [job, service])).toEqual([
      'Job/shop/shop: spec.template.spec.containers have no readinessProbe, though the Service "shop" selects the pods: ' +
        'one must have it. Fix: labels that no Service selects, or readinessProbe: { httpGet: { path: "/", port: 8080 } }',
    ]);
  });

  it.each([
    ['a Pod that ends', unready, 'spec.containers'],
    ['a CronJob', cronJob, 'spec.jobTemplate.spec.template.spec.containers'],
  ])('asks it of %s', (_what, pods, path) => {
    expect(findingsOf(servedReadiness, [service, pods]).map((finding) => [finding.object, finding.path])).toEqual([
      [pods, path],
    ]);
  });

  it('says it once for pods that two Services select', () => {
    expect(
      findingsOf(servedReadiness, [service, object('v1', 'Service', service.body as object), unready]),
    ).toHaveLength(1);
  });

  it.each([
    [
      'one container is asked whether it is ready',
      pod({ containers: [{ name: 'a' }, { readinessProbe: { grpc: {} } }] }),
    ],
    ['pods last', pod({ restartPolicy: 'Always', containers: [{ name: 'shop' }] })],
    [
      'they are in another namespace',
      object('v1', 'Pod', { spec: { restartPolicy: 'Never', containers: [] } }, 'other'),
    ],
  ])('lets pods pass where %s', (_what, pods) => {
    expect(findingsOf(servedReadiness, [service, pods])).toEqual([]);
  });

  it.each([
    ['has no selector', object('v1', 'Service', { spec: { clusterIP: 'None' } })],
    ['has an empty selector', object('v1', 'Service', { spec: { selector: {} } })],
    ['selects others', object('v1', 'Service', { spec: { selector: { app: 'shop', tier: 'web' } } })],
    ['is of another group', object('serving.example/v1', 'Service', { spec: { selector: { app: 'shop' } } })],
  ])('lets pods pass where the Service %s', (_what, other) => {
    expect(findingsOf(servedReadiness, [other, unready])).toEqual([]);
  });

  it('could not run for a Service whose selector a preview cannot know, and runs for others', () => {
    const unknown = object('v1', 'Service', { spec: { selector: { app: unknownText } } });
    expect(findingsOf(servedReadiness, [unknown, service, unready]).map(({ kind }) => kind)).toEqual([
      'unknown',
      'breach',
    ]);
  });
});
