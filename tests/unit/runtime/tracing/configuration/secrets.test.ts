import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import { Secret } from '../../../../../runtime/src/core/secret.ts';
import {
  describeTracingConfig,
  formatTracingConfig,
} from '../../../../../runtime/src/tracing/configuration/describeTracingConfig.ts';
import { parseTracingConfig } from '../../../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import { ALL_SETTINGS } from '../../../../../runtime/src/tracing/configuration/settings/allSettings.ts';
import { variablesOf } from '../../../../../runtime/src/tracing/configuration/settings/setting.ts';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import type { TracingSources } from '../../../../../runtime/src/tracing/configuration/tracingSources.ts';

/** Everything that the configuration says about itself, whether it can be used or not. */
function everythingSaid(sources: TracingSources): string {
  try {
    const config = parseTracingConfig(sources);
    const rows = describeTracingConfig(sources);
    const { resourceAttributes, exporter } = config;
    return [
      inspect(config, { depth: 9 }),
      JSON.stringify(config),
      inspect(resourceAttributes),
      inspect(exporter, { showHidden: true, depth: 9 }),
      JSON.stringify(rows),
      formatTracingConfig(rows),
    ].join('\n');
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [error.message, inspect(error), JSON.stringify(error.problems)].join('\n');
  }
}

// Marked, so that a secret that shows is found, and cannot be part of anything else; odd enough to break what reads it.
const secret = fc
  .tuple(fc.string({ maxLength: 5 }), fc.constantFrom('', '/', '@', ':', '%', '%zz', '\r\n', '=', ' ', '?', '#'))
  .map(([text, odd]) => `S3CR3T${odd}${text}S3CR3T`);

/** Each puts a secret where a secret may stand. */
const places: readonly ((hidden: string) => {
  options?: object;
  environment?: Record<string, string>;
  stackOutputs?: object;
})[] = [
  (hidden) => ({ options: { collectorCredentials: { username: 'u', password: hidden } } }),
  (hidden) => ({ options: { collectorCredentials: { token: hidden } } }),
  (hidden) => ({ options: { collectorCredentials: hidden } }),
  (hidden) => ({ options: { collectorCredentials: { pasword: hidden } } }),
  (hidden) => ({ options: { collectorUrl: `http://user:${hidden}@collector/` } }),
  (hidden) => ({ options: { collectorUrl: `http://${hidden.replaceAll(':', '')}@collector/` } }),
  (hidden) => ({ options: { otlpEndpoint: `http://user:${hidden}@collector/` } }),
  (hidden) => ({ options: { otlpHeaders: { authorization: hidden } } }),
  (hidden) => ({ options: { otlpHeaders: hidden } }),
  (hidden) => ({ options: { otlpHeaders: [hidden] } }),
  (hidden) => ({ options: { resourceAttributes: { 'db.password': hidden } } }),
  (hidden) => ({ options: { resourceAttributes: { apiKey: [hidden] } } }),
  (hidden) => ({ options: { sampler: { kind: 'jaeger_remote', url: `http://user:${hidden}@agent/` } } }),
  (hidden) => ({ options: { authToken: hidden, extra: { nested: { password: hidden } } } }),
  (hidden) => ({ environment: { OTEL_EXPORTER_JAEGER_USER: 'u', OTEL_EXPORTER_JAEGER_PASSWORD: hidden } }),
  (hidden) => ({ environment: { JAEGER_PASSWORD: hidden } }),
  (hidden) => ({ environment: { JAEGER_AUTH_TOKEN: hidden } }),
  (hidden) => ({ environment: { JAEGER_ENDPOINT: `http://user:${hidden}@collector/` } }),
  (hidden) => ({ environment: { OTEL_EXPORTER_OTLP_HEADERS: `authorization=${hidden}` } }),
  (hidden) => ({ environment: { OTEL_EXPORTER_OTLP_TRACES_HEADERS: hidden } }),
  (hidden) => ({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://user:${hidden}@collector/` } }),
  (hidden) => ({ environment: { OTEL_RESOURCE_ATTRIBUTES: `db.password=${hidden.replaceAll(',', '')}` } }),
  (hidden) => ({ environment: { JAEGER_TAGS: 'token=${HIDDEN}', HIDDEN: hidden } }),
  (hidden) => ({ environment: { JAEGER_SAMPLING_ENDPOINT: `http://user:${hidden}@agent/` } }),
  (hidden) => ({
    environment: {
      OTEL_TRACES_SAMPLER: 'jaeger_remote',
      OTEL_TRACES_SAMPLER_ARG: `endpoint=http://user:${hidden}@agent/`,
    },
  }),
  (hidden) => ({ environment: { TRACEWRIGHT_TOKEN: hidden } }),
  (hidden) => ({ environment: { TRACEWRIGHT_HEADERS: `authorization=${hidden}` } }),
  (hidden) => ({ environment: { TRACEWRIGHT_SETTING: hidden } }),
  (hidden) => ({ options: { headers: { authorization: `Bearer ${hidden}` } } }),
  (hidden) => ({ options: { otlpHeader: { 'x-team': hidden } } }),
  (hidden) => ({ options: { otlpHaeders: { 'x-team': hidden } } }),
  (hidden) => ({ options: { exporter: { headers: { authorization: hidden } } } }),
  (hidden) => ({ options: { exporter: { more: { authorization: hidden } } } }),
  (hidden) => ({ options: { sampler: { headers: { authorization: hidden } } } }),
  (hidden) => ({ options: { propagators: [{ apiKey: hidden }] } }),
  (hidden) => ({ options: { exporter: `Bearer ${hidden}` } }),
  (hidden) => ({ options: { exporter: `authorization: Basic ${hidden}` } }),
  (hidden) => ({ options: { agent: { host: `u:${hidden}@host` } } }),
  (hidden) => ({ environment: { JAEGER_ENDPOINT: `u:${hidden}@c:14268/api/traces` } }),
  (hidden) => ({ environment: { TRACEWRIGHT_AGENT_HOST: `u:${hidden}@host` } }),
  (hidden) => ({ environment: { JAEGER_SAMPLING_ENDPOINT: `u:${hidden}@host:5778` } }),
  (hidden) => ({ environment: { TRACEWRIGHT_COLLECTOR_URL: `u:${hidden}@host:14268` } }),
  (hidden) => ({ stackOutputs: { agent: { host: `u:${hidden}@host` } } }),
  ...['collectorUrl', 'otlpEndpoint'].map((option) => (hidden: string) => ({
    options: { [option]: `http://collector/?x=${encodeURIComponent(hidden)}` },
  })),
  (hidden) => ({ options: { otlpEndpoint: `http://collector/?${encodeURIComponent(hidden)}` } }),
  (hidden) => ({ environment: { JAEGER_ENDPOINT: `http://collector/?x=${encodeURIComponent(hidden)}` } }),
  (hidden) => ({
    options: { sampler: { kind: 'jaeger_remote', url: `http://agent/?api_key=${encodeURIComponent(hidden)}` } },
  }),
];

describe('secrets', () => {
  it('are in nothing that the configuration says about itself', () => {
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(...places),
        fc.constantFrom('jaeger-agent', 'jaeger-http', 'otlp-http', 'otlp-grpc', 'exporter-jaeger'),
        fc.boolean(),
        (hidden, place, exporter, isNamed) => {
          const { options = {}, environment = {}, stackOutputs } = place(hidden);
          const named = isNamed ? { serviceName: 'orders' } : {};
          const all: unknown = { exporter, ...named, ...options };
          const said = everythingSaid({ options: all as TracingOptions, environment, stackOutputs });
          expect(said).not.toContain('S3CR3T');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are where they are needed', () => {
    const { exporter, resourceAttributes } = parseTracingConfig({
      options: {
        serviceName: 'orders',
        exporter: 'jaeger-http',
        collectorCredentials: { token: 'hidden' },
        resourceAttributes: { 'db.password': 'hidden' },
      },
      environment: {},
      stackOutputs: undefined,
    });
    expect(exporter?.kind === 'jaeger-http' && exporter.credentials).toEqual({ token: new Secret('hidden') });
    const credentials = exporter?.kind === 'jaeger-http' ? exporter.credentials : undefined;
    expect(credentials !== undefined && 'token' in credentials && credentials.token.reveal()).toBe('hidden');
    expect(Object.entries(resourceAttributes)).toEqual([['db.password', 'hidden']]);
  });

  it('are masked in every text that a Secret becomes', () => {
    const hidden = new Secret('hidden');
    expect([String(hidden), JSON.stringify([hidden]), inspect({ hidden }), hidden.reveal()]).toEqual([
      '***',
      '["***"]',
      '{ hidden: *** }',
      'hidden',
    ]);
  });
});

describe('any sources at all', () => {
  const names = ALL_SETTINGS.flatMap((setting) => variablesOf(setting).map(({ name }) => name));
  const top = ALL_SETTINGS.map(({ option }) => option.split('.')[0] ?? '');
  const inner = ALL_SETTINGS.map(({ option }) => option.split('.')[1] ?? option);
  const anyGroup = fc.dictionary(fc.constantFrom(...inner), fc.anything(), { maxKeys: 4 });
  const anyOptions = fc.dictionary(fc.constantFrom(...top), fc.oneof(fc.anything(), anyGroup), { maxKeys: 8 });
  const anyText = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '1',
      '0',
      '-1',
      'true',
      'none',
      'otlp',
      'jaeger',
      'http://a:b@c/d',
      'a=b',
      '6831',
      'tcp://1.1.1.1:1',
    ),
    fc.constantFrom(
      'jaeger_remote',
      'const',
      'traceidratio',
      'probabilistic',
      'grpc',
      'exporter-jaeger',
      '${A:b}',
      '%',
    ),
  );
  const anyEnvironment = fc.dictionary(fc.constantFrom(...names), anyText, { maxKeys: 12 });

  it('give a configuration or a ConfigurationError, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyOptions, fc.anything()),
        anyEnvironment,
        fc.anything(),
        (options, environment, stackOutputs) => {
          everythingSaid({ options: options as TracingOptions, environment, stackOutputs });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
