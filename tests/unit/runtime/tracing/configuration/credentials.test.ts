import { describe, expect, it } from 'vitest';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import type { Credentials } from '../../../../../runtime/src/tracing/export/exporterConfig.ts';
import { parse } from './parseFixture.ts';

type Environment = Readonly<Record<string, string>>;

describe('credentials', () => {
  function credentialsOf(options: TracingOptions, environment: Environment = {}): unknown {
    const { exporter } = parse({
      options: { serviceName: 'orders', exporter: 'jaeger-http', ...options },
      environment,
    });
    return exporter?.kind === 'jaeger-http' ? revealed(exporter.credentials) : exporter;
  }

  function revealed(credentials: Credentials | undefined): unknown {
    if (credentials === undefined) return undefined;
    return 'token' in credentials
      ? { token: credentials.token.reveal() }
      : { username: credentials.username, password: credentials.password.reveal() };
  }

  it.each<[string, TracingOptions, Environment, unknown]>([
    ['none', {}, {}, undefined],
    [
      'a name and a password',
      { collectorCredentials: { username: 'u', password: 'p' } },
      {},
      { username: 'u', password: 'p' },
    ],
    [
      'a token, whatever the environment has',
      { collectorCredentials: { token: 't' } },
      { JAEGER_USER: 'u', JAEGER_PASSWORD: 'p' },
      { token: 't' },
    ],
    [
      'those of the environment',
      {},
      { OTEL_EXPORTER_JAEGER_USER: 'u', OTEL_EXPORTER_JAEGER_PASSWORD: 'p' },
      { username: 'u', password: 'p' },
    ],
    ['a token of the environment', {}, { JAEGER_AUTH_TOKEN: 't' }, { token: 't' }],
    ['those in the URL, decoded', { collectorUrl: 'https://u%40x:p%3A@c/t' }, {}, { username: 'u@x', password: 'p:' }],
    [
      'those in the URL, where nobody encoded them',
      { collectorUrl: 'https://u:100%@c/t' },
      {},
      { username: 'u', password: '100%' },
    ],
    [
      'their own before those in the URL',
      { collectorUrl: 'https://u:p@c/t' },
      { JAEGER_AUTH_TOKEN: 't' },
      { token: 't' },
    ],
  ])('are %s', (_name, options, environment, expected) => {
    expect(credentialsOf(options, environment)).toEqual(expected);
  });

  it('are taken out of the URL', () => {
    const options: TracingOptions = { serviceName: 'o', exporter: 'jaeger-http', collectorUrl: 'https://u:p@c/t' };
    expect(parse({ options }).exporter).toMatchObject({ url: 'https://c/t' });
  });

  it('are headers with OTLP, by names in lower case, percent-decoded', () => {
    const environment = {
      TRACEWRIGHT_EXPORTER: 'otlp-grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20x,b=1',
    };
    const { exporter } = parse({ environment });
    const headers = exporter?.kind === 'otlp-grpc' ? exporter.headers : {};
    expect(Object.entries(headers).map(([name, value]) => [name, value.reveal()])).toEqual([
      ['authorization', 'Basic x'],
      ['b', '1'],
    ]);
  });
});
