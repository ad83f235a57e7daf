import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { caCertificate as certificate } from '../../../support/caCertificate.ts';
import { configProblemLines } from './configProblemLines.ts';

const external = { kind: 'external', urls: ['https://es.example:9200'], egressCidrs: ['10.20.0.0/16'] };

function problems(args: Readonly<Record<string, unknown>>, stack = 'prod'): string[] {
  return configProblemLines(() => parseStackArguments(args, stack));
}

describe('an environment', () => {
  it('is the name of the stack, where that is one; otherwise it has to be said', () => {
    expect(problems({}, 'dev')).toEqual([]);
    expect(problems({}, 'production')).toEqual([
      'environment: is missing: stack "production" is none of dev, staging, prod; say whose defaults it takes',
    ]);
    expect(problems({ environment: 'dev' }, 'production')).toEqual([]);
    expect(problems({ environment: 'production' }, 'dev')).toEqual([
      'environment = "production": must be "dev", "staging" or "prod"',
    ]);
  });

  it.each([
    ['dev', {}, { profile: 'small', deletionProtection: false }, [2, 2, 2000], { retentionDays: 2 }, 1],
    [
      'staging',
      { storage: { kind: 'embedded' } },
      { profile: 'medium', deletionProtection: true },
      [2, 2, 5000],
      { retentionDays: 7, heapMebibytes: 1024, volumeGibibytes: 50 },
      0.5,
    ],
    [
      'prod',
      { storage: external },
      { profile: 'large', deletionProtection: true },
      [3, 2, 10_000],
      { retentionDays: 14, shards: 5, replicas: 1 },
      0.1,
    ],
  ])('%s has defaults of its own', (stack, args, own, [collectors, queries, queueSize], storage, ratio) => {
    const config = parseStackArguments(args, stack);
    expect(config).toMatchObject({
      ...own,
      collector: { replicas: collectors, queueSize },
      query: { replicas: queries },
    });
    expect(config.storage).toMatchObject(storage);
    expect(config.sampling.default).toMatchObject({ type: 'probabilistic', param: ratio });
  });

  it('takes the sizes of another profile where one is named', () => {
    const { collector, storage } = parseStackArguments({ profile: 'large' }, 'dev');
    expect(collector).toMatchObject({
      replicas: 2,
      queueSize: 10_000,
      resources: { limits: { memoryMebibytes: 2048 } },
    });
    expect(storage).toMatchObject({ heapMebibytes: 2048 });
  });

  it('chooses no storage for staging and prod, and no single node for prod', () => {
    expect(problems({}, 'staging')).toEqual([
      'storage: is missing: staging does not choose it for you; kind is "external" or "embedded"',
    ]);
    expect(problems({})).toEqual(['storage: is missing: prod does not choose it for you; kind is "external"']);
    expect(problems({ storage: { kind: 'embedded' } })).toEqual([
      'storage.kind = "embedded": must be "external" in prod: a single node has no copy of the data and asks for no password',
    ]);
  });

  it('serves its UI over https only, in staging and prod', () => {
    const ingress = { host: 'tracing.example.com', controller: { namespace: 'ingress' }, unauthenticated: true };
    expect(problems({ ingress }, 'dev')).toEqual([]);
    expect(problems({ storage: external, ingress })).toEqual([
      'ingress.tlsSecretName: is missing: in prod the UI is served over https only',
    ]);
    expect(problems({ storage: external, ingress: { ...ingress, tlsSecretName: 'tls' } })).toEqual([]);
  });
});

describe('an external storage', () => {
  const storage = (changes: object) => problems({ storage: { ...external, ...changes } });

  it('of Elasticsearch 8 is refused for a Jaeger before 1.52, with the ways out', () => {
    const args = { storage: { ...external, version: 'elasticsearch-8' } };
    expect(problems(args)).toEqual([
      'storage.version = "elasticsearch-8": does not work with Jaeger 1.50.0: set jaegerVersion to 1.52.0 or later, or use Elasticsearch 7.17 or OpenSearch 1 or 2',
    ]);
    expect(problems({ ...args, jaegerVersion: '1.51.0' })).toHaveLength(1);
    expect(problems({ ...args, jaegerVersion: '1.52.0' })).toEqual([]);
    expect(storage({ version: 'elasticsearch-6' })).toEqual([
      'storage.version = "elasticsearch-6": must be "elasticsearch-7", "elasticsearch-8", "opensearch-1" or "opensearch-2"',
    ]);
  });

  it('with TLS settings has https addresses only, and never both schemes', () => {
    expect(storage({ urls: ['http://a:9200'], tls: {} })).toEqual([
      'storage.urls = "http://a:9200": must begin with https:// beside storage.tls, which Jaeger would not use for this address',
    ]);
    expect(storage({ urls: ['https://a:9200', 'http://b:9200'] })).toEqual([
      'storage.urls = "http://b:9200": must begin with https:// as the other addresses do: the password would go unencrypted',
    ]);
    expect(storage({ urls: ['http://a:9200'] })).toEqual([]);
  });

  it('has one source of its CA, in PEM form, and never repeats a private key', () => {
    expect(storage({ tls: { ca: { certificate } } })).toEqual([]);
    expect(storage({ tls: { ca: { existingSecret: { name: 'ca' } } } })).toEqual([]);
    expect(storage({ tls: { ca: {} } })).toEqual([
      'storage.tls.ca = {}: must have either "certificate" (PEM) or "existingSecret" (name, key)',
    ]);
    const key = '-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n';
    expect(storage({ tls: { ca: { certificate: key } } })).toEqual([
      'storage.tls.ca.certificate = "(private key)": must be one or more certificates in PEM form, and nothing else (no private key)',
    ]);
  });

  it('is kept for no longer than a request for all its indices can say', () => {
    expect(storage({ retentionDays: 87 })).toEqual([]);
    expect(storage({ retentionDays: 88 })).toEqual([
      'storage.retentionDays = 88: must be at most 87 with the index prefix "tracewright.prod": Jaeger names the index of every day in one request, which Elasticsearch refuses when it is longer; a shorter prefix allows more days',
    ]);
    expect(storage({ retentionDays: 120, indexPrefix: 'p' })).toEqual([]);
  });

  it('never repeats credentials, whatever holds them', () => {
    const text = [
      storage({ urls: ['http://jaeger:hunter2@es:9200'], tls: {} }),
      storage({ urls: ['https://jaeger:hun/ter2@es', 'https://hun@ter2@es'] }),
      storage({ tls: { ca: { certificate: ['-----BEGIN PRIVATE KEY-----hunter2'], existingSecret: { name: 'a' } } } }),
      storage({ tls: [{ password: 'hunter2' }] }),
      problems({ storage: [{ kind: 'external', apiToken: 'hunter2' }] }),
    ].map((found) => found.join('\n'));
    expect(text.filter((found) => found === '')).toEqual([]);
    expect(text.join('\n')).not.toMatch(/hun|ter2/);
  });

  it('sends a password over https only, in staging and prod', () => {
    const plain = { ...external, urls: ['http://a:9200'], username: 'jaeger', existingSecret: { name: 'a' } };
    expect(problems({ storage: plain }, 'dev')).toEqual([]);
    expect(problems({ storage: plain })).toEqual([
      'storage.urls = "http://a:9200": must begin with https:// beside storage.username in prod: the password would go unencrypted',
    ]);
  });

  it.each([
    [{ urls: ['https://es:99999'] }, 'storage.urls[0]'],
    [{ urls: ['https://..'] }, 'storage.urls[0]'],
    [{ urls: ['https://es/path'] }, 'storage.urls[0]'],
    [{ username: 'a$b', existingSecret: { name: 's' } }, 'storage.username'],
    [{ username: 'a', existingSecret: { name: 'a..b' } }, 'storage.existingSecret.name'],
    [{ username: 'a', existingSecret: { name: 'a', key: '..' } }, 'storage.existingSecret.key'],
    [{ tls: { ca: { certificate: certificate.replace('MII', 'AAA') } } }, 'storage.tls.ca.certificate'],
    [{ cleanupSchedule: '*/0 * * * *' }, 'storage.cleanupSchedule'],
  ])('that Kubernetes or Jaeger would refuse is refused here: %j', (changes, key) => {
    expect(storage(changes).map((problem) => problem.split(/[ :]/)[0])).toEqual([key]);
  });

  it.each(['55 23 * * *', '*/15 0-6,22 1 1,7 0', '0 0 * * 1-5'])('is cleaned at %j', (cleanupSchedule) => {
    expect(storage({ cleanupSchedule })).toEqual([]);
  });

  it.each([
    '@daily',
    '55 23 * *',
    '55 23 * * * *',
    '60 * * * *',
    '55 25 * * *',
    '0 0 0 * *',
    '0 0 * * 7',
    '0 0 * * mon',
  ])('is not cleaned at %j', (schedule) => {
    expect(storage({ cleanupSchedule: schedule })[0]).toMatch(
      /^storage.cleanupSchedule = .*: must be five cron fields/,
    );
  });
});

describe('names of the installation', () => {
  it('leave room for the namespace of an agent with host ports, which is nobody else’s', () => {
    const agent = { hostPorts: true };
    expect(problems({ namespace: 'x'.repeat(58), agent }, 'dev')).toEqual([
      `namespace = "${'x'.repeat(58)}": must have at most 57 letters with agent.hostPorts: the agent's has "-agent" behind it`,
    ]);
    expect(problems({ agent, applicationNamespaces: ['tracing-agent'] }, 'dev')).toEqual([
      'applicationNamespaces[0] = "tracing-agent": is the agent\'s own',
    ]);
  });

  it('are no secrets, since the engine would hide all of a key of which a part is one', () => {
    expect(problems({ storage: { secure: 'v1' } }, 'dev')).toContain(
      'storage: must not be a secret, nor hold one; the only secret is elasticsearchPassword',
    );
  });

  it('of an ingress are names and no addresses', () => {
    expect(problems({ ingress: { host: '10.0.0.1' } }, 'dev')[0]).toMatch(
      /^ingress.host = "10.0.0.1": must be a host name/,
    );
  });
});

describe('application namespaces', () => {
  it('are others than Jaeger’s, each once', () => {
    expect(problems({ applicationNamespaces: ['shop', 'tracing', 'shop', 'A'] }, 'dev')).toEqual([
      'applicationNamespaces[3] = "A": must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and "-", with none of "-" at either end',
      'applicationNamespaces[1] = "tracing": is Jaeger\'s own, which has one anyway',
      'applicationNamespaces[2] = "shop": is listed twice',
    ]);
  });
});
