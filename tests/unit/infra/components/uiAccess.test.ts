import { describe, expect, it } from 'vitest';
import { TracingStack, type TracingStackArgs } from '../../../../infra/components/tracingStack.ts';
import { deployed, resolved } from './deployed.ts';

const controller = { namespace: 'ingress' };
const host = 'ui.example.com';
const oidc = {
  issuerUrl: 'https://dex.issuer.svc:5556',
  clientId: 'tracing',
  existingSecret: { name: 'ui-login' },
  emailDomains: ['example.com'],
};

const stack = (args: TracingStackArgs) => deployed((options) => new TracingStack('tracing', args, options));
const backend = (name: string, path: string) => ({
  spec: {
    rules: [
      { host, http: { paths: [{ path, pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }] } },
    ],
  },
});

describe('the way to the UI', () => {
  it('leads through a log-in, and under the base path', async () => {
    const { object, root } = await stack({
      query: { basePath: '/traces' },
      ingress: { host, controller, tlsSecretName: 'ui-tls', oidc },
    });
    expect(object('Ingress', 'jaeger-query')).toMatchObject(backend('oauth2-proxy', '/traces'));
    expect(JSON.stringify(object('Deployment', 'oauth2-proxy'))).toContain(
      '"--upstream=http://jaeger-query.tracing.svc:16686/"',
    );
    expect(JSON.stringify(object('Deployment', 'jaeger-query'))).toContain(
      '{"name":"QUERY_BASE_PATH","value":"/traces"}',
    );
    expect((await resolved(root.endpoints)).query).toEqual({
      url: 'http://jaeger-query.tracing.svc:16686/traces',
      publicUrl: 'https://ui.example.com/traces',
      grpc: 'jaeger-query.tracing.svc:16685',
    });
  });

  it('leads straight to the query service where that was asked for by name', async () => {
    const { object, resources, root } = await stack({ ingress: { host, controller, unauthenticated: true } });
    expect(object('Ingress', 'jaeger-query')).toMatchObject(backend('jaeger-query', '/'));
    expect(resources.filter(({ urn }) => /oauth2/i.test(urn))).toEqual([]);
    expect(JSON.stringify(object('Deployment', 'jaeger-query'))).not.toContain('QUERY_BASE_PATH');
    expect((await resolved(root.endpoints)).query.publicUrl).toBe('http://ui.example.com');
  });

  it('makes no Secret of its own for the log-in', async () => {
    const { resources } = await stack({ ingress: { host, controller, tlsSecretName: 'ui-tls', oidc } });
    expect(resources.filter(({ type }) => type.endsWith(':Secret'))).toEqual([]);
  });
});
