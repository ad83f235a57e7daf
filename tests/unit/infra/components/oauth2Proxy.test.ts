import { describe, expect, it } from 'vitest';
import { Oauth2Proxy } from '../../../../infra/components/oauth2Proxy.ts';
import { login } from '../jaeger/loginSettings.ts';
import { objectsOfResources, packFindings } from '../../policies/support/packFindings.ts';
import { deployed, resolved } from './deployed.ts';

const proxy = (images: { readonly imageRegistry?: string } = {}) =>
  deployed(
    (options) =>
      new Oauth2Proxy(
        'login',
        {
          namespace: 'jaeger',
          images: { jaegerVersion: '1.50.0', ...images },
          replicas: 2,
          priorityClassName: 'tracing',
          upstream: 'http://jaeger-query.jaeger.svc:16686',
          login,
        },
        options,
      ),
  );

describe('Oauth2Proxy', () => {
  it('is a Deployment with a disruption budget, an account without a token, and a Service without its metrics', async () => {
    const { object, resources, root } = await proxy();
    expect(resources.map(({ type }) => type.replace(/.*:/, '')).sort()).toEqual([
      'Deployment',
      'Oauth2Proxy',
      'PodAvailability',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
    ]);
    expect(object('ServiceAccount', 'oauth2-proxy')).toMatchObject({ automountServiceAccountToken: false });
    expect(object('Service', 'oauth2-proxy')).toMatchObject({
      spec: {
        selector: { 'app.kubernetes.io/name': 'oauth2-proxy' },
        ports: [{ name: 'http', port: 4180, targetPort: 'http' }],
      },
    });
    expect(await resolved(root.serviceName)).toBe('oauth2-proxy');
  });

  it('runs as the official image does, in pods that keep to the restricted Pod Security Standard', async () => {
    const { object } = await proxy();
    const restricted = {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    };
    expect(object('Deployment', 'oauth2-proxy')).toMatchObject({
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template: {
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            priorityClassName: 'tracing',
            securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
            initContainers: [{ name: 'watch-issuer', restartPolicy: 'Always', securityContext: restricted }],
            containers: [
              {
                name: 'oauth2-proxy',
                image: 'quay.io/oauth2-proxy/oauth2-proxy:v7.15.4',
                securityContext: restricted,
                lifecycle: { preStop: { sleep: { seconds: 5 } } },
              },
            ],
          },
        },
      },
    });
  });

  it('keeps its containers, that beside it too, to the policy pack', async () => {
    const { resources } = await proxy();
    const objects = objectsOfResources(resources);
    const containers = objects.flatMap(({ workload }) => workload?.containers ?? []);
    expect(containers.map(({ name, longRunning }) => [name, longRunning])).toEqual([
      ['watch-issuer', true],
      ['oauth2-proxy', true],
    ]);
    // The network policies of the stack are made by another component.
    expect(packFindings(objects).filter((finding) => !/^pod-(?:in|e)gress-policy:/.test(finding))).toEqual([]);
  });

  it('takes its image from a mirror, where there is one', async () => {
    const { object } = await proxy({ imageRegistry: 'mirror.example/hub' });
    const text = JSON.stringify(object('Deployment', 'oauth2-proxy'));
    expect(text).toContain('"mirror.example/hub/oauth2-proxy/oauth2-proxy:v7.15.4"');
    expect(text).not.toContain('quay.io');
  });
});
