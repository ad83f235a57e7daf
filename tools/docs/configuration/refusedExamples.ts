import type { Environment } from '../../../infra/schema/environments.ts';

/** A configuration that is refused though each of its keys would be allowed by itself. */
export interface RefusedExample {
  readonly environment: Environment;
  readonly config: Readonly<Record<string, unknown>>;
}

const urls = ['https://elasticsearch.example:9200'];
const external = { kind: 'external', urls, egressCidrs: ['10.20.0.0/16'] };
const ingress = { host: 'tracing.example.com', controller: { namespace: 'ingress' } };
const oidc = {
  issuerUrl: 'https://login.example.com',
  clientId: 'jaeger',
  existingSecret: { name: 'jaeger-oidc' },
  emailDomains: ['example.com'],
};
const existingSecret = { name: 'elasticsearch-credentials' };

/** One configuration for each rule between keys; the page shows what it is answered with. */
export const refusedExamples: readonly RefusedExample[] = [
  { environment: 'prod', config: {} },
  { environment: 'staging', config: {} },
  { environment: 'prod', config: { storage: { kind: 'embedded' } } },
  { environment: 'dev', config: { storage: { kind: 'embedded', heapMebibytes: 1024 } } },
  {
    environment: 'dev',
    config: { storage: { kind: 'embedded', indexPrefix: 'tracing-of-the-whole-group', retentionDays: 100 } },
  },
  { environment: 'dev', config: { elasticsearchPassword: { secure: '…' } } },
  { environment: 'prod', config: { storage: { ...external, existingSecret } } },
  { environment: 'prod', config: { storage: { ...external, username: 'jaeger' } } },
  {
    environment: 'prod',
    config: { storage: { ...external, username: 'jaeger', existingSecret }, elasticsearchPassword: { secure: '…' } },
  },
  { environment: 'prod', config: { storage: { ...external, urls: [...urls, 'http://elasticsearch.example:9200'] } } },
  {
    environment: 'prod',
    config: { storage: { ...external, urls: ['http://elasticsearch.example:9200'], tls: { serverName: 'es' } } },
  },
  { environment: 'prod', config: { storage: { ...external, tls: { ca: {} } } } },
  { environment: 'prod', config: { storage: { ...external, version: 'elasticsearch-8' } } },
  { environment: 'prod', config: { storage: { kind: 'external', urls } } },
  { environment: 'dev', config: { storage: { kind: 'external', urls, egressCidrs: ['0.0.0.0/0'] } } },
  { environment: 'dev', config: { ingress } },
  { environment: 'dev', config: { ingress: { ...ingress, oidc, unauthenticated: true } } },
  { environment: 'prod', config: { storage: external, ingress: { ...ingress, unauthenticated: true } } },
  { environment: 'dev', config: { ingress: { ...ingress, oidc } } },
  { environment: 'dev', config: { collector: { replicas: 3, autoscaling: { maxReplicas: 6 } } } },
  { environment: 'dev', config: { collector: { replicas: 2, minAvailable: 2 } } },
  { environment: 'dev', config: { namespace: 'tracing', applicationNamespaces: ['tracing'] } },
  { environment: 'dev', config: { applicationNamespaces: ['shop', 'shop'] } },
  {
    environment: 'dev',
    config: { collector: { resources: { requests: { cpuMillicores: 2000 }, limits: { cpuMillicores: 1000 } } } },
  },
  {
    environment: 'dev',
    config: {
      sampling: {
        default: {
          type: 'probabilistic',
          param: 1,
          operations: [{ operation: 'GET /', type: 'probabilistic', param: 0 }],
        },
        services: [{ service: 'shop', type: 'ratelimiting', param: 5 }],
      },
    },
  },
  {
    environment: 'dev',
    config: {
      sampling: {
        services: [
          { service: 'shop', type: 'probabilistic', param: 1 },
          { service: 'shop', type: 'probabilistic', param: 0 },
        ],
      },
    },
  },
];
