import { describe, expect, it } from 'vitest';
import { documents, manifest } from '../../../../../policies/rules/exampleYaml.ts';
import { jaegerElasticsearchVersion } from '../../../../../policies/rules/jaeger/jaegerElasticsearchVersion.ts';
import { cleanerExample, jaegerExample } from '../../../../../policies/rules/jaeger/jaegerExamples.ts';
import { jaegerPasswordMount } from '../../../../../policies/rules/jaeger/jaegerPasswordMount.ts';
import { jaegerReplicas } from '../../../../../policies/rules/jaeger/jaegerReplicas.ts';
import { jaegerServiceLinks } from '../../../../../policies/rules/jaeger/jaegerServiceLinks.ts';
import { jaegerTlsFlags } from '../../../../../policies/rules/jaeger/jaegerTlsFlags.ts';
import { jaegerVersion } from '../../../../../policies/rules/jaeger/jaegerVersion.ts';
import { autoscalerExample } from '../../../../../policies/rules/stack/stackExamples.ts';
import { findingsOf, problemsOf } from '../../../../support/problemsOf.ts';

const lines = (environment: Readonly<Record<string, string>>) =>
  Object.entries(environment).map(([name, value]) => `{ name: ${name}, value: "${value}" }`);
const at = (program: string) => `Deployment/shop/${program}, container "shop": spec.template.spec.containers[0]`;

describe('jaeger-version', () => {
  const tagged = (tag: string) => jaegerExample('query').replace(':1.50.0', tag);

  it.each([':1.50.0', ':1.50', ':1.62.3', ':1.50.0@sha256:0'])('takes an image with %s', (tag) => {
    expect(findingsOf(jaegerVersion, tagged(tag))).toEqual([]);
  });

  it.each([
    [':1.63.0', 'has the tag "1.63.0"'],
    [':1.5', 'has the tag "1.5"'],
    [':latest', 'has the tag "latest"'],
    ['', 'has no tag'],
    ['@sha256:0', 'has no tag'],
  ])('refuses one with "%s"', (tag, state) => {
    expect(problemsOf(jaegerVersion, tagged(tag))).toEqual([
      `${at('query')}.image ${state}: it must be a version that is supported (^1\\.(5\\d|6[0-2])(\\.\\d+)?$). Fix: the tag "1.50.0"`,
    ]);
  });

  it('knows the all-in-one by the name that it is published under', () => {
    const image = (name: string) => jaegerExample('query').replace('registry.example/jaeger-query:1.50.0', name);
    expect(findingsOf(jaegerVersion, image('jaegertracing/all-in-one:1.35'))).toHaveLength(1);
    expect(findingsOf(jaegerVersion, image('other/all-in-one:1.35'))).toEqual([]);
  });

  it('goes by its parameter', () => {
    expect(findingsOf(jaegerVersion, tagged(':1.63.0'), { supported: ['^1\\.50', '^1\\.63\\.'] })).toEqual([]);
    expect(findingsOf(jaegerVersion, tagged(':1.50.0'), { supported: [] })).toHaveLength(1);
  });
});

describe('jaeger-elasticsearch-version', () => {
  const collector = (tag: string, environment: Readonly<Record<string, string>>) =>
    jaegerExample('collector', { tag, env: lines({ SPAN_STORAGE_TYPE: 'elasticsearch', ...environment }) });

  it.each([
    ['1.50.0', { ES_VERSION: '8' }, 1],
    ['1.51', { ES_VERSION: '8' }, 1],
    ['1.52.0', { ES_VERSION: '8' }, 0],
    ['1.50.0', { ES_VERSION: '7' }, 0],
    ['1.50.0', {}, 0],
    ['2.0.0', { ES_VERSION: '8' }, 0],
    ['latest', { ES_VERSION: '8' }, 0],
    ['1.50.0', { ES_VERSION: '8', SPAN_STORAGE_TYPE: 'kafka' }, 0],
  ])('of Jaeger %s with %j', (tag, environment, count) => {
    expect(findingsOf(jaegerElasticsearchVersion, collector(tag, environment))).toHaveLength(count);
  });

  it('says which release would do', () => {
    expect(problemsOf(jaegerElasticsearchVersion, collector('1.50.0', { ES_VERSION: '8' }))).toEqual([
      `${at('collector')}.image has the tag "1.50.0" and stores in Elasticsearch 8 (ES_VERSION): it must be 1.52 or later. Fix: the tag "1.52.0", or Elasticsearch 7`,
    ]);
  });
});

describe('jaeger-replicas', () => {
  const scaler = (program: string, least: number) =>
    autoscalerExample(`minReplicas: ${least}`).replace(
      'kind: Deployment, name: shop',
      `kind: Deployment, name: ${program}`,
    );

  it.each([
    ['the number', jaegerExample('query', { spec: ['replicas: 1'] }), 'is 1: it must be 2 or more. Fix: replicas: 2'],
    ['none', jaegerExample('query'), 'is not set, which means 1: it must be 2 or more. Fix: replicas: 2'],
    [
      'the autoscaler',
      documents(jaegerExample('query', { spec: ['replicas: 5'] }), scaler('query', 1)),
      'is 1 at the least, by HorizontalPodAutoscaler/shop/shop: it must be 2 or more. Fix: minReplicas: 2',
    ],
    [
      'the autoscaler of KEDA',
      documents(
        jaegerExample('query'),
        manifest('keda.sh/v1alpha1', 'ScaledObject', 'shop', 'spec: { scaleTargetRef: { name: query } }'),
      ),
      'is 0 at the least, by ScaledObject/shop/shop: it must be 2 or more. Fix: minReplicaCount: 2',
    ],
  ])('says that it is too small: %s', (_what, yaml, problem) => {
    expect(problemsOf(jaegerReplicas, yaml)).toEqual([`Deployment/shop/query: spec.replicas ${problem}`]);
  });

  it.each([
    ['enough', jaegerExample('collector', { spec: ['replicas: 2'] })],
    ['an autoscaler with enough', documents(jaegerExample('collector'), scaler('collector', 2))],
    ['a DaemonSet', jaegerExample('collector').replace('kind: Deployment', 'kind: DaemonSet')],
    ['an agent', jaegerExample('agent')],
    ['the cleaner', cleanerExample()],
  ])('takes %s', (_what, yaml) => {
    expect(findingsOf(jaegerReplicas, yaml)).toEqual([]);
  });
});

describe('jaeger-tls-flags', () => {
  const es = { SPAN_STORAGE_TYPE: 'elasticsearch' };

  it.each([
    ['collector', { ...es, ES_TLS_CA: '/a', ES_TLS_CERT: '/b', ES_TLS_KEY: '/c', ES_TLS_SERVER_NAME: 'd' }, 4],
    ['collector', { ...es, ES_TLS_CA: '/a', ES_TLS_ENABLED: 'false' }, 1],
    ['collector', { ...es, ES_TLS_CA: '/a', ES_TLS_ENABLED: 'TRUE' }, 0],
    ['collector', { ...es, ES_TLS_SKIP_HOST_VERIFY: 'true' }, 1],
    ['collector', { ...es, ES_TLS_SKIP_HOST_VERIFY: 'false' }, 0],
    ['collector', { ...es, ES_TLS_CA: '' }, 0],
    ['collector', { ES_TLS_CA: '/a' }, 0],
    ['collector', { COLLECTOR_GRPC_TLS_CLIENT_CA: '/a', COLLECTOR_OTLP_HTTP_TLS_CERT: '/b' }, 2],
    ['query', { QUERY_HTTP_TLS_CERT: '/a', QUERY_HTTP_TLS_ENABLED: '1' }, 0],
    ['query', { COLLECTOR_GRPC_TLS_CERT: '/a' }, 0],
    ['agent', { REPORTER_GRPC_TLS_CA: '/a' }, 1],
    ['agent', { ES_TLS_CA: '/a' }, 0],
  ] as const)('of a %s with %j', (program, environment, count) => {
    expect(findingsOf(jaegerTlsFlags, jaegerExample(program, { env: lines(environment) }))).toHaveLength(count);
  });

  it('knows what the program of all in one has of the others', () => {
    const env = lines({ COLLECTOR_OTLP_GRPC_TLS_CERT: '/a', QUERY_HTTP_TLS_CERT: '/b', REPORTER_GRPC_TLS_CA: '/c' });
    const yaml = jaegerExample('collector', { env }).replace('jaeger-collector', 'jaeger-all-in-one');
    expect(findingsOf(jaegerTlsFlags, yaml)).toHaveLength(3);
  });

  it('names both settings', () => {
    expect(problemsOf(jaegerTlsFlags, cleanerExample('args: ["7", "https://es:9200", "--es.tls.ca=/a"]'))).toEqual([
      'CronJob/shop/cleaner, container "cleaner": spec.jobTemplate.spec.template.spec.containers[0].args[2] is ES_TLS_CA, though ES_TLS_ENABLED is not true: it must be. Fix: { name: ES_TLS_ENABLED, value: "true" }, or leave the others out',
    ]);
  });
});

describe('jaeger-service-links', () => {
  it('says that nothing means true', () => {
    expect(problemsOf(jaegerServiceLinks, jaegerExample('query'))).toEqual([
      'Deployment/shop/query: spec.template.spec.enableServiceLinks is not set, which means true: it must be false. Fix: enableServiceLinks: false',
    ]);
    expect(findingsOf(jaegerServiceLinks, cleanerExample())).toHaveLength(1);
  });

  it('asks nothing of other pods', () => {
    expect(findingsOf(jaegerServiceLinks, jaegerExample('query').replace('jaeger-query', 'shop'))).toEqual([]);
  });
});

describe('jaeger-password-mount', () => {
  const collector = (mount: string) =>
    jaegerExample('collector', {
      container: [`volumeMounts: [{ name: login, ${mount} }]`],
      env: ['{ name: ES_PASSWORD_FILE, value: /etc/es/password }'],
    });

  it('names the mount', () => {
    expect(problemsOf(jaegerPasswordMount, collector('mountPath: /etc/es/password, subPath: password'))).toEqual([
      `${at('collector')}.volumeMounts[0].subPath is set where ES_PASSWORD_FILE lies: it must not be, or a new password never arrives. Fix: mountPath: a directory for the whole Secret, without subPath`,
    ]);
    expect(findingsOf(jaegerPasswordMount, collector('mountPath: /etc/es, subPath: login'))).toHaveLength(1);
  });

  it.each(['mountPath: /etc/es', 'mountPath: /etc/other, subPath: a'])('takes { %s }', (mount) => {
    expect(findingsOf(jaegerPasswordMount, collector(mount))).toEqual([]);
  });
});
