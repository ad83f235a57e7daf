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
      collector: { ...everywhere.collector, replicas: 4, minAvailable: 2 },
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
      ingress: { host: 'tracing.example.com', controller: nodesOf('10.30.0.0/24'), unauthenticated: true },
      network: { unenforced: true, prometheus: nodesOf('10.30.1.0/24') },
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
      collector: {
        ...everywhere.collector,
        autoscaling: { minReplicas: 3, maxReplicas: 9, cpuPercent: 60 },
      },
      query: { ...everywhere.query, replicas: 3, minAvailable: 1, basePath: '/traces' },
      agent: { hostPorts: true, resources },
      priorityClassName: 'system-cluster-critical',
      storage: {
        ...external,
        version: 'opensearch-2',
        egressPorts: [9200, 9201],
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
        annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '1m' },
        controller: podsOf('ingress-nginx'),
        oidc,
      },
      network: {
        dns: {
          servers: [
            { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
            { cidrs: ['169.254.20.10/32'] },
          ],
          port: 5353,
        },
        prometheus: podsOf('monitoring'),
        queryNamespaces: ['grafana'],
      },
      access: {
        viewers: { users: ['ada@example.com'], groups: ['developers'] },
        operators: { users: ['grace@example.com'], groups: ['on-call'] },
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
  egressCidrs: ['10.40.0.0/24', '2001:db8::/48'],
  username: 'jaeger',
};

const oidc = {
  issuerUrl: 'https://login.example.com/realms/main',
  clientId: 'tracing',
  existingSecret: { name: 'log-in', clientSecretKey: 'secret', cookieSecretKey: 'cookies' },
  emailDomains: ['example.com'],
  groups: ['developers'],
  ca: { existingSecret: { name: 'log-in-ca', key: 'authority.crt' } },
  egressCidrs: ['10.50.0.0/24'],
  egressPorts: [8443],
  replicas: 3,
};

function podsOf(namespace: string) {
  return { namespace, podLabels: { 'app.kubernetes.io/name': namespace }, cidrs: [] };
}

function nodesOf(block: string) {
  return { cidrs: [block] };
}

const everywhere = {
  profile: 'small',
  jaegerVersion: '1.50.0',
  collector: { queueSize: 3000, resources },
  query: { resources },
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
