import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../../../runtime/src/core/configurationError.ts';
import { isTracingDisabled } from '../../../../../runtime/src/tracing/configuration/isTracingDisabled.ts';
import { readTracingSources } from '../../../../../runtime/src/tracing/configuration/readTracingSources.ts';
import type { TracingOptions } from '../../../../../runtime/src/tracing/configuration/tracingOptions.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { stackOutputs } from './stackOutputsFixture.ts';

const files = { '/outputs.json': JSON.stringify(stackOutputs), '/secrets.env': 'PASSWORD=hunter2' };

describe('readTracingSources', () => {
  it('takes no outputs where nobody names any', () => {
    const host = new FakeHost({ A: 'b' }, files);
    expect(readTracingSources({ serviceName: 'a' }, host)).toEqual({
      options: { serviceName: 'a' },
      environment: { A: 'b' },
      stackOutputs: undefined,
    });
  });

  it.each<[string, TracingOptions, Record<string, string>]>([
    ['the options hold', { stackOutputs }, { TRACEWRIGHT_STACK_OUTPUTS_FILE: '/missing.json' }],
    [
      'the file of the options holds',
      { stackOutputs: '/outputs.json' },
      { TRACEWRIGHT_STACK_OUTPUTS_FILE: '/missing.json' },
    ],
    ['the file of the environment holds', {}, { TRACEWRIGHT_STACK_OUTPUTS_FILE: '/outputs.json' }],
  ])('takes the outputs that %s', (_name, options, environment) => {
    expect(readTracingSources(options, new FakeHost(environment, files)).stackOutputs).toEqual(stackOutputs);
  });

  it.each([
    ['/missing.json', '(ENOENT: no such file /missing.json)'],
    ['/secrets.env', '(it is not JSON)'],
  ])('says why it cannot read %s, and nothing of what is in it', (path, reason) => {
    const read = (): unknown => readTracingSources({}, new FakeHost({ TRACEWRIGHT_STACK_OUTPUTS_FILE: path }, files));
    expect(read).toThrow(
      new ConfigurationError([
        {
          option: 'stackOutputs',
          value: JSON.stringify(path),
          source: 'TRACEWRIGHT_STACK_OUTPUTS_FILE',
          allowed: `the path of a readable JSON file, as \`pulumi stack output --json\` prints it ${reason}`,
        },
      ]),
    );
  });

  it('refuses outputs of another type', () => {
    const options: unknown = { stackOutputs: 7 };
    expect(() => readTracingSources(options as TracingOptions, new FakeHost())).toThrow(
      'stackOutputs: 7 (options); allowed: the object that `pulumi stack output --json` prints',
    );
  });
});

describe('isTracingDisabled', () => {
  it.each<[boolean, TracingOptions, Record<string, string>]>([
    [false, {}, {}],
    [true, {}, { OTEL_SDK_DISABLED: 'TRUE' }],
    [true, {}, { JAEGER_DISABLED: ' true ' }],
    [false, {}, { OTEL_SDK_DISABLED: 'yes' }],
    [false, {}, { OTEL_SDK_DISABLED: 'false', JAEGER_DISABLED: 'true' }],
    [false, { disabled: false }, { OTEL_SDK_DISABLED: 'true' }],
    [true, { disabled: true }, {}],
  ])('is %s with the options %j and the variables %j', (expected, options, environment) => {
    expect(isTracingDisabled({ options, environment })).toBe(expected);
  });

  it('refuses an option that is neither true nor false', () => {
    const options: unknown = { disabled: 'no' };
    expect(() => isTracingDisabled({ options: options as TracingOptions, environment: {} })).toThrow(
      "disabled: 'no' (options); allowed: true or false",
    );
  });
});
