import type { ContainerProblem } from '../../problems.ts';
import { stackRule } from '../../rule.ts';
import { isTrue } from './goValues.ts';
import { eachJaeger, jaegerContainers, type JaegerContainer, type JaegerRole } from './jaegerContainers.ts';
import { jaegerExample } from './jaegerExamples.ts';
import { usesElasticsearch } from './storage.ts';

const collector = (...settings: readonly string[]) =>
  jaegerExample('collector', {
    env: [
      '{ name: SPAN_STORAGE_TYPE, value: elasticsearch }',
      '{ name: ES_TLS_CA, value: /etc/es/ca.crt }',
      ...settings,
    ],
  });

const ofCollector = [
  'ADMIN_HTTP',
  'COLLECTOR_GRPC',
  'COLLECTOR_HTTP',
  'COLLECTOR_OTLP_GRPC',
  'COLLECTOR_OTLP_HTTP',
  'COLLECTOR_ZIPKIN',
];
const ofQuery = ['QUERY_GRPC', 'QUERY_HTTP'];

/** What each program may use TLS for, beside its storage (Jaeger 1.50, `pkg/config/tlscfg`). */
const prefixes: Readonly<Record<JaegerRole, readonly string[]>> = {
  collector: ofCollector,
  query: ['ADMIN_HTTP', ...ofQuery],
  agent: ['ADMIN_HTTP', 'REPORTER_GRPC'],
  ingester: ['ADMIN_HTTP'],
  'all-in-one': [...ofCollector, ...ofQuery, 'REPORTER_GRPC'],
  'es-index-cleaner': [],
  'es-rollover': [],
};

/** Of the settings beside `…_TLS_ENABLED`, those that a program refuses without it. */
const texts = ['CA', 'CERT', 'KEY', 'SERVER_NAME', 'CLIENT_CA', 'CIPHER_SUITES', 'MIN_VERSION', 'MAX_VERSION'] as const;

/** Settings of TLS are of use. */
export const jaegerTlsFlags = stackRule({
  name: 'jaeger-tls-flags',
  asks: 'Whoever sets a certificate, a key or a name for TLS of a Jaeger program enables TLS there.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'Such a setting without `…_TLS_ENABLED=true` is an error at the start: the program ends at once, again and again.',
  link: 'https://www.jaegertracing.io/docs/1.50/cli/',
  passes: collector('{ name: ES_TLS_ENABLED, value: "true" }'),
  fails: collector('{ name: ES_TLS_ENABLED, value: "false" }'),
  *check(objects) {
    const containers = yield* jaegerContainers(objects);
    yield* eachJaeger(containers, function* (one) {
      for (const prefix of [...prefixes[one.role], ...(usesElasticsearch(one) ? ['ES'] : [])])
        yield* withoutTls(one, `${prefix}_TLS_`);
    });
  },
});

function* withoutTls({ settings }: JaegerContainer, prefix: string): Iterable<ContainerProblem> {
  const enabled = settings.get(`${prefix}ENABLED`);
  if (enabled !== undefined && (enabled.value === undefined || isTrue(enabled.value))) return;
  const skipped = settings.get(`${prefix}SKIP_HOST_VERIFY`);
  const found = [
    ...texts.map((name) => ({ name, setting: settings.get(prefix + name) })),
    { name: 'SKIP_HOST_VERIFY', setting: isTrue(skipped?.value ?? '') ? skipped : undefined },
  ];
  for (const { name, setting } of found) {
    if (setting === undefined) continue;
    yield {
      path: setting.path,
      problem: `is ${prefix}${name}, though ${prefix}ENABLED is not true: it must be`,
      fix: `{ name: ${prefix}ENABLED, value: "true" }, or leave the others out`,
    };
  }
}
