import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStackConfig } from '../../../../infra/schema/parseStackConfig.ts';
import { configProblemLines } from './configProblemLines.ts';

/** What every stack's configuration must say of the provider. */
const provider = { 'kubernetes:enableConfigMapMutable': 'true', 'kubernetes:enableSecretMutable': 'true' };

const parse = (raw: Readonly<Record<string, unknown>>, stack = 'dev') =>
  parseStackConfig({ ...provider, ...raw }, stack);

/** The problems of a configuration, one line each, as a user reads them. */
function problemsOf(raw: Readonly<Record<string, unknown>>, stack = 'dev'): string[] {
  return configProblemLines(() => parse(raw, stack));
}

const external = { kind: 'external', urls: ['https://es.example:9200'], egressCidrs: ['10.20.0.0/16'] };

describe('parseStackConfig', () => {
  it('makes an empty configuration whole with defaults for development', () => {
    expect(parse({})).toEqual({
      environment: 'dev',
      profile: 'small',
      strategy: 'direct',
      applicationNamespaces: [],
      network: {
        unenforced: false,
        dns: { port: 53, servers: [{ namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, cidrs: [] }] },
        queryNamespaces: [],
      },
      access: { viewers: { users: [], groups: [] }, operators: { users: [], groups: [] } },
      deletionProtection: false,
      monitoring: {
        annotations: true,
        labels: {},
        prometheusOperator: false,
        runbookBaseUrl: 'https://tracewright.dev/runbooks',
      },
      namespace: 'tracing',
      jaegerVersion: '1.50.0',
      collector: {
        replicas: 2,
        queueSize: 2000,
        resources: {
          requests: { cpuMillicores: 100, memoryMebibytes: 128 },
          limits: { cpuMillicores: 1000, memoryMebibytes: 512 },
        },
      },
      query: {
        replicas: 2,
        resources: {
          requests: { cpuMillicores: 50, memoryMebibytes: 64 },
          limits: { cpuMillicores: 500, memoryMebibytes: 256 },
        },
      },
      agent: {
        hostPorts: false,
        resources: {
          requests: { cpuMillicores: 50, memoryMebibytes: 64 },
          limits: { cpuMillicores: 500, memoryMebibytes: 256 },
        },
      },
      storage: {
        kind: 'embedded',
        indexPrefix: 'tracewright.dev',
        retentionDays: 2,
        cleanupSchedule: '55 23 * * *',
        heapMebibytes: 512,
        volumeGibibytes: 5,
        resources: {
          requests: { cpuMillicores: 250, memoryMebibytes: 1024 },
          limits: { cpuMillicores: 2000, memoryMebibytes: 1024 },
        },
      },
      sampling: {
        reloadIntervalSeconds: 10,
        default: { type: 'probabilistic', param: 1, operations: [] },
        services: [],
      },
    });
  });

  it('leaves keys of other namespaces alone and takes a key without one as its own', () => {
    const config = parse({ 'kubernetes:context': 'x', 'aws:region': 'y', namespace: 'jaeger' }, 'dev');
    expect(config.namespace).toBe('jaeger');
  });

  it('takes the index prefix from the name of the stack', () => {
    expect(parse({ environment: 'dev' }, 'Shop.Prod').storage.indexPrefix).toBe('tracewright.shop-prod-6afc0d31');
  });

  it('gives an external cluster of production the defaults of Jaeger', () => {
    expect(parse({ 'tracewright:storage': external }, 'prod').storage).toEqual({
      ...external,
      indexPrefix: 'tracewright.prod',
      retentionDays: 14,
      cleanupSchedule: '55 23 * * *',
      shards: 5,
      replicas: 1,
      bulk: { actions: 1000, sizeMebibytes: 5, flushIntervalMillis: 200, workers: 1 },
      timeoutSeconds: 30,
    });
  });

  it('reports all problems at once, with key, value and what is allowed', () => {
    const raw = {
      'tracewright:colector': { replicas: 3 },
      'tracewright:query': { replicas: 'two', replica: 1 },
      'tracewright:agent': { resources: { requests: { memoryMebibytes: 1 } } },
      'tracewrigth:collector': {},
      'tracewright:elasticsearchPassword': { secure: 'v1:abc' },
    };
    expect(problemsOf(raw)).toEqual([
      'tracewrigth:collector: has an unknown namespace; did you mean "tracewright:collector"?',
      'tracewright:query.replicas = "two": must be a whole number from 1 to 1000 (pods)',
      'tracewright:query.replica: is not a known key; did you mean "replicas"? (known here: replicas, autoscaling, minAvailable, basePath, resources)',
      'tracewright:agent.resources.requests.memoryMebibytes = 1: must be a whole number from 8 to 1048576 (MiB)',
      'tracewright:colector: is not a known key; did you mean "collector"? (known here: environment, profile, namespace, jaegerVersion, imageRegistry, collector, query, agent, strategy, streaming, ingester, storage, sampling, elasticsearchPassword, ingress, applicationNamespaces, network, monitoring, access, priorityClassName, deletionProtection)',
      'tracewright:elasticsearchPassword: is of use only with storage.kind "external"',
    ]);
  });

  it('names the stack and the number of problems first', () => {
    expect(() => parse({ 'tracewright:namespace': 'A' })).toThrow(
      '1 problem in the configuration of stack "dev":\n  tracewright:namespace = "A": must be a Kubernetes namespace',
    );
  });

  it.each([
    [{ namespace: 'x'.repeat(64) }, /^tracewright:namespace = "x+": must be a Kubernetes namespace/],
    [
      { jaegerVersion: 1.5 },
      /^tracewright:jaegerVersion = 1.5: must be a Jaeger version from 1.50.0 to 1.62.x, in quotes/,
    ],
    [{ jaegerVersion: '2.0.0' }, /^tracewright:jaegerVersion = "2.0.0": must be a Jaeger version/],
    [{ imageRegistry: 'https://r' }, /^tracewright:imageRegistry = "https:\/\/r": must be a registry/],
    [
      { collector: 3 },
      /^tracewright:collector = 3: must be a mapping with keys out of: replicas, autoscaling, minAvailable, queueSize, resources$/,
    ],
    [
      { collector: { replicas: 1001 } },
      /^tracewright:collector.replicas = 1001: must be a whole number from 1 to 1000/,
    ],
    [{ collector: { replicas: 1.5 } }, /^tracewright:collector.replicas = 1.5: must be a whole number from 1 to 100/],
    [
      { collector: { resources: { requests: { cpuMillicores: 2000 } } } },
      /^tracewright:collector.resources.requests.cpuMillicores = 2000: must not be above limits.cpuMillicores$/,
    ],
    [
      { storage: {} },
      /^tracewright:storage.kind is missing|^tracewright:storage.kind: is missing: must be "embedded" or/,
    ],
    [{ storage: { kind: 'cassandra' } }, /^tracewright:storage.kind = "cassandra": must be "embedded" or "external"$/],
    [
      { storage: { kind: 'embedded', heapMebibytes: 1024 } },
      /^tracewright:storage.heapMebibytes = 1024: must be at most half of resources.limits.memoryMebibytes$/,
    ],
    [{ storage: { kind: 'external' } }, /^tracewright:storage.urls: is missing: must be a list of addresses/],
    [{ storage: { ...external, urls: [] } }, /^tracewright:storage.urls = \[\]: must name at least one address$/],
    [{ storage: { ...external, urls: ['es'] } }, /^tracewright:storage.urls\[0\] = "es": must be an address like/],
    [
      { storage: { ...external, indexPrefix: '.prod' } },
      /^tracewright:storage.indexPrefix = ".prod": must be 1 to 63 lower-case/,
    ],
    [
      { storage: { ...external, indexPrefix: '' } },
      /^tracewright:storage.indexPrefix = "": must be 1 to 63 lower-case/,
    ],
    [
      { storage: { ...external, username: 'a' } },
      /^tracewright:elasticsearchPassword: is missing: set it, or storage.existingSecret$/,
    ],
    [
      { storage: { ...external, existingSecret: { name: 's' } } },
      /^tracewright:storage.username: is missing: a password needs a user name$/,
    ],
    [
      { elasticsearchPassword: 'plain' },
      /^tracewright:elasticsearchPassword: must be a secret: pulumi config set --secret/,
    ],
  ])('refuses %j', (raw, message) => {
    expect(problemsOf(raw)[0]).toMatch(message);
  });

  it('takes credentials as a Pulumi secret or as a Secret that exists, not both', () => {
    const storage = { ...external, username: 'jaeger' };
    const elasticsearchPassword = { secure: 'v1:abc' };
    expect(problemsOf({ storage, elasticsearchPassword })).toEqual([]);
    expect(problemsOf({ storage: { ...storage, existingSecret: { name: 's' } } })).toEqual([]);
    expect(problemsOf({ storage: { ...storage, existingSecret: { name: 's' } }, elasticsearchPassword })).toEqual([
      'tracewright:elasticsearchPassword: stands beside storage.existingSecret: give only one of them',
    ]);
  });

  it('never repeats a secret: in an address, under an unknown key, in the wrong place, in plain text', () => {
    const secret = 'hunter2';
    const problems = problemsOf({
      storage: { kind: 'external', urls: [`http://bob:${secret}@es:9200`], password: secret },
      namespace: { secure: secret },
      elasticsearchPassword: secret,
    });
    expect(problems).toHaveLength(7);
    expect(problems.join('\n')).not.toContain(secret);
    expect(problems.join('\n')).toContain('"http://(credentials)@es:9200"');
  });

  it('answers every mapping with a whole configuration or with problems, never with another error', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('storage', 'sampling', 'collector', 'x', 'aws:y'), fc.jsonValue()),
        (raw) => {
          problemsOf(raw);
        },
      ),
    );
    // A hundred schemas are made, on a machine that may have more to do.
  }, 60_000);
});
