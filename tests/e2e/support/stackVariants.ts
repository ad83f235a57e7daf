import { caCertificate } from '../../support/caCertificate.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../../support/commands.ts';
import { encryptConfig } from './pulumiCli.ts';
import { renderPassphrase, type StackDocument } from './renderedStack.ts';
import { stackConfig } from './stackYaml.ts';

const amounts = (cpuMillicores: number, memoryMebibytes: number) => ({ cpuMillicores, memoryMebibytes });
const resources = { requests: amounts(20, 64), limits: amounts(400, 256) };

/** One of the stacks of this repository, in a namespace beside the one that is deployed. */
export async function ownStack(stack: string, namespace: string): Promise<StackDocument> {
  const document = parse(await readFile(join(checkout, `Pulumi.${stack}.yaml`), 'utf8')) as StackDocument;
  return { ...document, config: { ...document.config, 'tracewright:namespace': namespace } };
}

/** Every key that a stack with an Elasticsearch of its own cluster can have. */
export function embeddedVariant(namespace: string): StackDocument {
  return {
    config: stackConfig({
      namespace,
      ...everywhere,
      environment: 'dev',
      storage: {
        kind: 'embedded',
        indexPrefix: 'embedded',
        retentionDays: 3,
        cleanupSchedule: '10 1 * * 0',
        heapMebibytes: 600,
        volumeGibibytes: 2,
        storageClass: 'fast',
        resources: { requests: amounts(100, 600), limits: amounts(900, 1300) },
      },
      ingress: { host: 'tracing.example.com' },
    }),
  };
}

/** Every key that a stack with an external cluster can have, with Secrets that exist already. */
export function existingSecretsVariant(namespace: string, applicationNamespace: string): StackDocument {
  return {
    config: stackConfig({
      namespace,
      ...everywhere,
      environment: 'prod',
      imageRegistry: 'registry.example/mirror',
      agent: { hostPorts: true, resources },
      storage: {
        ...external,
        version: 'opensearch-2',
        existingSecret: { name: 'search-user', key: 'login' },
        shards: 3,
        replicas: 2,
        bulk: { actions: 500, sizeMebibytes: 4, flushIntervalMillis: 300, workers: 2 },
        timeoutSeconds: 20,
        tls: {
          ca: { certificate: caCertificate },
          clientCertificate: {
            existingSecret: { name: 'client', certificateKey: 'cert.pem', privateKeyKey: 'key.pem' },
          },
          serverName: 'search.internal',
        },
      },
      ingress: {
        host: 'tracing.example.com',
        className: 'nginx',
        tlsSecretName: 'tracing-tls',
        annotations: { 'nginx.ingress.kubernetes.io/auth-type': 'basic' },
      },
      applicationNamespaces: [applicationNamespace],
      deletionProtection: false,
    }),
  };
}

/** A password that Pulumi makes a Secret of, and a CA in a Secret that exists. */
export async function createdSecretVariant(stack: string, namespace: string, password: string): Promise<StackDocument> {
  const encrypted = await encryptConfig(stack, renderPassphrase, { 'tracewright:elasticsearchPassword': password });
  const storage = { ...external, tls: { ca: { existingSecret: { name: 'search-ca' } } } };
  const config = stackConfig({ namespace, environment: 'prod', storage });
  return { ...encrypted, config: { ...config, ...encrypted.config } };
}

const external = {
  kind: 'external',
  indexPrefix: 'external',
  urls: ['https://search-1.example:9200', 'https://search-2.example:9200'],
  username: 'jaeger',
};

const everywhere = {
  profile: 'small',
  jaegerVersion: '1.50.0',
  collector: { replicas: 4, queueSize: 3000, resources },
  query: { replicas: 3, resources },
  agent: { resources },
  sampling: {
    reloadIntervalSeconds: 30,
    default: { type: 'probabilistic', param: 0.5 },
    services: [
      { service: 'shop', type: 'ratelimiting', param: 10 },
      {
        service: 'orders',
        type: 'probabilistic',
        param: 0.2,
        operations: [{ operation: 'GET /orders', type: 'probabilistic', param: 1 }],
      },
    ],
  },
};
