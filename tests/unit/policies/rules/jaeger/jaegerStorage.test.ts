import { describe, expect, it } from 'vitest';
import { documents } from '../../../../../policies/rules/exampleYaml.ts';
import { cleanerExample, jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { jaegerIndexPrefixes } from '../../../../../policies/rules/jaeger/jaegerIndexPrefixes.ts';
import { jaegerStorageAgreement } from '../../../../../policies/rules/jaeger/jaegerStorageAgreement.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

type Environment = Readonly<Record<string, string>>;
const es = { SPAN_STORAGE_TYPE: 'elasticsearch', ES_SERVER_URLS: 'http://es.storage:9200', ES_INDEX_PREFIX: 'live' };
const lines = (environment: Environment) =>
  Object.entries(environment).map(([name, value]) => `{ name: ${name}, value: "${value}" }`);
const program = (name: 'collector' | 'query', environment: Environment) =>
  jaegerExample(name, { env: lines(environment) });
const inNamespace = (yaml: string, namespace: string) => yaml.replaceAll('namespace: shop', `namespace: ${namespace}`);
const cleaner = (environment: Environment, address = 'http://es.storage:9200') =>
  cleanerExample(`args: ["7", "${address}"]`, `env: [${lines(environment).join(', ')}]`);
const container = 'container "shop": spec.template.spec.containers[0]';

describe('jaeger-index-prefixes', () => {
  it.each([
    ['no prefix', { ...es, ES_INDEX_PREFIX: '' }, 1],
    ['a hyphen only', { ...es, ES_INDEX_PREFIX: '-' }, 1],
    ['OpenSearch', { SPAN_STORAGE_TYPE: 'opensearch' }, 1],
    ['two kinds of storage', { SPAN_STORAGE_TYPE: 'kafka,elasticsearch' }, 1],
    ['a prefix', es, 0],
    ['other storage', { SPAN_STORAGE_TYPE: 'kafka' }, 0],
    ['no storage at all', {}, 0],
  ])('of a collector with %s', (_what, environment, count) => {
    expect(findingsOf(jaegerIndexPrefixes, program('collector', environment))).toHaveLength(count);
  });

  it('says where one is missing', () => {
    expect(problemsOf(jaegerIndexPrefixes, program('query', { SPAN_STORAGE_TYPE: 'elasticsearch' }))).toEqual([
      `Deployment/shop/query, ${container}.env has no ES_INDEX_PREFIX: it must be there, and not be empty. Fix: { name: ES_INDEX_PREFIX, value: a name for this Jaeger }`,
    ]);
  });

  const two = (first: Environment, second: Environment) =>
    documents(
      program('collector', { ...es, ...first }),
      inNamespace(program('collector', { ...es, ...second }), 'other'),
    );

  it('finds one that two have, and one that is the end of another, and repeats neither', () => {
    const sentence = (how: string, one: string, other: string) =>
      `Deployment/${one}/collector, ${container}.env[2].value is an index prefix that ${how} that of Deployment/${other}/collector, in the same Elasticsearch: it must be neither another one's nor the end of it. Fix: ES_INDEX_PREFIX: a name that no other ends with`;
    expect(problemsOf(jaegerIndexPrefixes, two({}, {}))).toEqual([sentence('is', 'other', 'shop')]);
    expect(problemsOf(jaegerIndexPrefixes, two({}, { ES_INDEX_PREFIX: 'not-live' }))).toEqual([
      sentence('is the end of', 'shop', 'other'),
    ]);
    expect(problemsOf(jaegerIndexPrefixes, two({}, { ES_INDEX_PREFIX: 'not-live-' }))).toHaveLength(1);
  });

  it.each([
    ['another beginning', { ES_INDEX_PREFIX: 'live2' }],
    ['another storage', { ES_SERVER_URLS: 'http://es.other:9200' }],
    ['an address of each pod', { ES_SERVER_URLS: 'http://localhost:9200' }],
  ])('takes %s', (_what, second) => {
    expect(findingsOf(jaegerIndexPrefixes, two({}, second))).toEqual([]);
  });

  it('takes one prefix for all programs of one Jaeger', () => {
    expect(findingsOf(jaegerIndexPrefixes, documents(program('collector', es), program('query', es)))).toEqual([]);
    const own = { ES_SERVER_URLS: 'http://localhost:9200' };
    expect(findingsOf(jaegerIndexPrefixes, two(own, own))).toEqual([]);
  });
});

describe('jaeger-storage-agreement', () => {
  const disagreements = (...others: readonly string[]) =>
    problemsOf(jaegerStorageAgreement, documents(program('collector', es), ...others));
  const than = 'than Deployment/shop/collector does: both must name the same. Fix: what Deployment/shop/collector has';

  it.each([
    [{ SPAN_STORAGE_TYPE: 'memory' }, 0],
    [{}, 1],
  ])(
    'knows that the program of all in one has its memory unless told otherwise, beside a query service with %j',
    (own, count) => {
      const allInOne = program('collector', {}).replace('jaeger-collector', 'jaeger-all-in-one');
      expect(findingsOf(jaegerStorageAgreement, documents(allInOne, program('query', own)))).toHaveLength(count);
    },
  );

  it.each([
    [
      'kind of storage',
      { ...es, SPAN_STORAGE_TYPE: 'cassandra' },
      'env[0].value names another kind of storage (SPAN_STORAGE_TYPE)',
    ],
    ['kind of storage, left out', {}, 'env names another kind of storage (SPAN_STORAGE_TYPE)'],
    [
      'addresses',
      { ...es, ES_SERVER_URLS: 'http://es.other:9200' },
      'env[1].value names other addresses of Elasticsearch',
    ],
    [
      'scheme',
      { ...es, ES_SERVER_URLS: 'https://es.storage:9200' },
      'env[1].value names other addresses of Elasticsearch',
    ],
    ['prefix', { ...es, ES_INDEX_PREFIX: 'alive' }, 'env[2].value names another index prefix (ES_INDEX_PREFIX)'],
  ])('finds another %s of the query service', (_what, environment, problem) => {
    expect(disagreements(program('query', environment))).toEqual([
      `Deployment/shop/query, container "shop": spec.template.spec.containers[0].${problem} ${than}`,
    ]);
  });

  it.each([
    ['the same', es],
    ['one of several addresses', { ...es, ES_SERVER_URLS: 'http://a:9200, http://es.storage.svc.cluster.local:9200/' }],
    ['OpenSearch, whose client is the same', { ...es, SPAN_STORAGE_TYPE: 'opensearch' }],
    ['a hyphen, which Jaeger adds', { ...es, ES_INDEX_PREFIX: 'live-' }],
    ['a user who only reads', { ...es, ES_USERNAME: 'reader' }],
  ])('takes %s', (_what, environment) => {
    expect(disagreements(program('query', environment))).toEqual([]);
  });

  it('compares the jobs, by the names that they know', () => {
    const at = 'CronJob/shop/cleaner, container "cleaner": spec.jobTemplate.spec.template.spec.containers[0]';
    expect(disagreements(cleaner({ INDEX_PREFIX: 'live' }))).toEqual([]);
    expect(disagreements(cleaner({ INDEX_PREFIX: 'live' }, 'http://es.other:9200'))).toEqual([
      `${at}.args[1] names other addresses of Elasticsearch ${than}`,
    ]);
    expect(disagreements(cleaner({ INDEX_PREFIX: 'a' }))).toEqual([
      `${at}.env[0].value names another index prefix (INDEX_PREFIX) ${than}`,
    ]);
    expect(disagreements(cleaner({ A: 'b' }))).toEqual([`${at}.env names another index prefix (INDEX_PREFIX) ${than}`]);
    // That is `jaeger-cleaner-prefix`' affair.
    expect(disagreements(cleaner({ ES_INDEX_PREFIX: 'live' }))).toEqual([]);
  });

  it('finds a job for Elasticsearch where spans are stored elsewhere', () => {
    const yaml = documents(program('collector', { SPAN_STORAGE_TYPE: 'cassandra' }), cleaner({ INDEX_PREFIX: 'live' }));
    expect(findingsOf(jaegerStorageAgreement, yaml).map(({ path }) => path)).toEqual([
      'spec.jobTemplate.spec.template.spec.containers[0].image',
    ]);
  });

  it('goes by the ingester where the collector writes to Kafka', () => {
    const kafka = program('collector', { SPAN_STORAGE_TYPE: 'kafka' });
    const ingester = program('collector', es).replaceAll('collector', 'ingester');
    const query = program('query', { ...es, ES_INDEX_PREFIX: 'other' });
    expect(
      findingsOf(jaegerStorageAgreement, documents(kafka, query, ingester)).map(({ object }) => object?.name),
    ).toEqual(['query']);
  });

  it.each([
    ['another namespace', (yaml: string) => inNamespace(yaml, 'other')],
    [
      'another instance',
      (yaml: string) => yaml.replace('labels: { app: query }', 'labels: { app.kubernetes.io/instance: b }'),
    ],
  ])('leaves alone what belongs to %s', (_what, change) => {
    expect(disagreements(change(program('query', { ...es, ES_INDEX_PREFIX: 'other' })))).toEqual([]);
  });

  it('does not compare what it cannot read', () => {
    const hidden = jaegerExample('query', {
      env: [
        ...lines({ SPAN_STORAGE_TYPE: 'elasticsearch', ES_SERVER_URLS: es.ES_SERVER_URLS }),
        '{ name: ES_INDEX_PREFIX, valueFrom: { secretKeyRef: { name: a, key: b } } }',
      ],
    });
    expect(disagreements(hidden)).toEqual([]);
    const unknown = program('query', { ...es, ES_INDEX_PREFIX: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' });
    const kinds = findingsOf(jaegerStorageAgreement, documents(program('collector', es), unknown)).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['unknown']);
  });

  describe('of passwords', () => {
    const user = '{ name: ES_USERNAME, value: jaeger }';
    const direct = (secret: string) =>
      `{ name: ES_PASSWORD, valueFrom: { secretKeyRef: { name: ${secret}, key: password } } }`;
    const withFile = (secret: string) =>
      jaegerExample('collector', {
        pod: [`volumes: [{ name: v, secret: { secretName: ${secret} } }]`],
        container: ['volumeMounts: [{ name: v, mountPath: /etc/es }]'],
        env: [...lines(es), user, '{ name: ES_PASSWORD_FILE, value: /etc/es/password }'],
      });
    const query = (secret: string) => jaegerExample('query', { env: [...lines(es), user, direct(secret)] });

    it('takes the same Secret, as a file or as a variable', () => {
      expect(findingsOf(jaegerStorageAgreement, documents(withFile('login'), query('login')))).toEqual([]);
    });

    it('finds another one for the same user', () => {
      expect(problemsOf(jaegerStorageAgreement, documents(withFile('login'), query('other')))).toEqual([
        `Deployment/shop/query, ${container}.env[3].value names another Secret for the password of the same user ${than}`,
      ]);
    });
  });
});
