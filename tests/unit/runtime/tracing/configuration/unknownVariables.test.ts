import { describe, expect, it } from 'vitest';
import { unknownVariables } from '../../../../../runtime/src/tracing/configuration/unknownVariables.ts';

describe('unknownVariables', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    ['nothing of an empty environment', {}, []],
    [
      'nothing of settings, of others and of Services',
      { TRACEWRIGHT_EXPORTER: 'otlp', OTEL_ANY: '1', PATH: '/', TRACEWRIGHT_AGENT_PORT: 'udp://10.0.0.1:6832' },
      [],
    ],
    ['nothing of what Kubernetes sets for a Service of our name', { TRACEWRIGHT_SHOP_SERVICE_HOST: '10.0.0.1' }, []],
    [
      'a misspelt name, without its value',
      { TRACEWRIGHT_AGENT_HSOT: 's3cr3t' },
      ['TRACEWRIGHT_AGENT_HSOT is ignored: no setting has this name; did you mean TRACEWRIGHT_AGENT_HOST?'],
    ],
    [
      'a name that is close to none',
      { TRACEWRIGHT_HEADERS: 'authorization=s3cr3t' },
      ['TRACEWRIGHT_HEADERS is ignored: no setting has this name'],
    ],
    ['nothing of a switch in any case', { OTEL_SDK_DISABLED: ' True ', JAEGER_DISABLED: '' }, []],
    [
      'a switch that is neither on nor off',
      { OTEL_SDK_DISABLED: '1', JAEGER_DISABLED: 'yes' },
      [
        'OTEL_SDK_DISABLED is neither true nor false, and taken for false',
        'JAEGER_DISABLED is neither true nor false, and taken for false',
      ],
    ],
  ])('says %s', (_name, environment, expected) => {
    expect(unknownVariables(environment)).toEqual(expected);
  });
});
