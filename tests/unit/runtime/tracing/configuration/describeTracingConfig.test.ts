import { describe, expect, it } from 'vitest';
import {
  describeTracingConfig,
  formatTracingConfig,
} from '../../../../../runtime/src/tracing/configuration/describeTracingConfig.ts';
import { ALL_SETTINGS } from '../../../../../runtime/src/tracing/configuration/settings/allSettings.ts';
import { rowsOf, sourcesWith } from './parseFixture.ts';
import { stackOutputs } from './stackOutputsFixture.ts';

describe('describeTracingConfig', () => {
  it('says of every value in force where it comes from', () => {
    const rows = rowsOf({
      options: {
        serviceName: 'orders',
        resourceAttributes: { tier: 'gold' },
        handleSignals: false,
        onError: () => undefined,
      },
      environment: {
        OTEL_BSP_SCHEDULE_DELAY: '100',
        OTEL_RESOURCE_ATTRIBUTES: 'zone=a',
        TRACEWRIGHT_STACK_OUTPUTS_FILE: '/o.json',
      },
      stackOutputs,
    });
    const told = rows
      .filter(({ source }) => source !== 'default')
      .map(({ option, value, source }) => [option, value, source]);
    expect(told).toEqual([
      ['serviceName', 'orders', 'options'],
      ['resourceAttributes.zone', 'a', 'OTEL_RESOURCE_ATTRIBUTES'],
      ['resourceAttributes.tier', 'gold', 'options'],
      ['exporter', 'jaeger-agent', 'stack outputs: environment.TRACEWRIGHT_EXPORTER'],
      ['agent.host', 'jaeger-agent.tracing.svc', 'stack outputs: agent.host'],
      ['agent.port', '16832', 'stack outputs: agent.thriftBinaryPort'],
      ['batch.scheduledDelayMillis', '100', 'OTEL_BSP_SCHEDULE_DELAY'],
      ['sampler.kind', 'jaeger_remote', 'stack outputs: agent.samplingUrl'],
      ['sampler.url', 'http://jaeger-agent.tracing.svc:5778/sampling', 'stack outputs: agent.samplingUrl'],
      ['handleSignals', 'false', 'options'],
      ['stackOutputs', '/o.json', 'TRACEWRIGHT_STACK_OUTPUTS_FILE'],
      ['onError', 'a function', 'options'],
    ]);
    expect(rows.every(({ inForce }) => inForce)).toBe(true);
  });

  it('names both variables where two decided', () => {
    const environment = { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
    expect(rowsOf({ environment })).toContainEqual({
      option: 'exporter',
      value: 'otlp-grpc',
      source: 'OTEL_TRACES_EXPORTER, OTEL_EXPORTER_OTLP_PROTOCOL',
      inForce: true,
    });
  });

  it('has each setting once, in the order of the table', () => {
    const options = rowsOf({}).map(({ option }) => option);
    const order = ALL_SETTINGS.filter(({ variablesOnly }) => variablesOnly !== true).map(({ option }) => option);
    expect(options).toEqual(order.filter((option) => options.includes(option)));
    expect(new Set(options).size).toBe(options.length);
  });

  it('tells what was given and is not in force', () => {
    const rows = rowsOf({
      options: { serviceName: 'orders', agent: { host: 'a' }, otlpHeaders: { authorization: 'secret' } },
      environment: {
        TRACEWRIGHT_AGENT_HOST: 'b',
        JAEGER_AGENT_HOST: 'c',
        OTEL_SERVICE_NAME: 'd',
        JAEGER_SAMPLER_PARAM: '1',
        JAEGER_ENDPOINT: 'http://u:p@c/',
        TRACEWRIGHT_EXPORTER: 'jaeger-agent',
      },
    });
    expect(rows.filter(({ inForce }) => !inForce).map(({ option, value, source }) => [option, value, source])).toEqual([
      ['serviceName', 'd', 'OTEL_SERVICE_NAME'],
      ['agent.host', 'b', 'TRACEWRIGHT_AGENT_HOST'],
      ['agent.host', 'c', 'JAEGER_AGENT_HOST'],
      ['collectorUrl', 'http://***@c/', 'JAEGER_ENDPOINT'],
      ['otlpHeaders', '***', 'options'],
      ['sampler.kind', '1', 'JAEGER_SAMPLER_PARAM'],
    ]);
  });

  it("recognises variables that Kubernetes set for a Service, and doesn't believe them", () => {
    const environment = {
      JAEGER_AGENT_SERVICE_HOST: '10.0.0.1',
      JAEGER_AGENT_SERVICE_PORT: '5775',
      JAEGER_AGENT_SERVICE_PORT_COMPACT: '6831',
      JAEGER_AGENT_PORT: 'tcp://10.0.0.1:5775',
      JAEGER_AGENT_PORT_6831_UDP: 'udp://10.0.0.1:6831',
      JAEGER_AGENT_PORT_6831_UDP_ADDR: '10.0.0.1',
      SHOP_PORT: 'tcp://10.0.0.2:80',
    };
    const rows = rowsOf({ environment });
    expect(rows).toContainEqual({ option: 'agent.port', value: '6832', source: 'default', inForce: true });
    const { SHOP_PORT: _, ...ours } = environment;
    expect(rows.filter(({ inForce }) => !inForce)).toEqual(
      Object.entries(ours).map(([option, value]) => ({
        option,
        value,
        source: 'ignored: set by Kubernetes',
        inForce: false,
      })),
    );
  });

  it('names variables of ours that no setting has', () => {
    expect(rowsOf({ environment: { TRACEWRIGHT_AGENT_HSOT: 'a', TRACEWRIGHT_DEBUG: '1' } }).slice(-2)).toEqual([
      {
        option: 'TRACEWRIGHT_AGENT_HSOT',
        value: '***',
        source: 'ignored: no setting has this name; did you mean TRACEWRIGHT_AGENT_HOST?',
        inForce: false,
      },
      { option: 'TRACEWRIGHT_DEBUG', value: '***', source: 'ignored: no setting has this name', inForce: false },
    ]);
  });
});

describe('formatTracingConfig', () => {
  it('puts a setting on each line, and what is not in force behind', () => {
    const rows = [
      { option: 'serviceName', value: 'orders', source: 'options', inForce: true },
      { option: 'agent.port', value: '6832', source: 'default', inForce: true },
      {
        option: 'JAEGER_AGENT_PORT',
        value: 'tcp://10.0.0.1:5775',
        source: 'ignored: set by Kubernetes',
        inForce: false,
      },
    ];
    expect(formatTracingConfig(rows)).toBe(
      [
        'serviceName        orders               options',
        'agent.port         6832                 default',
        '',
        'Given, and not in force:',
        'JAEGER_AGENT_PORT  tcp://10.0.0.1:5775  ignored: set by Kubernetes',
      ].join('\n'),
    );
  });

  it('takes what describeTracingConfig gives', () => {
    expect(formatTracingConfig(describeTracingConfig(sourcesWith({})))).toMatch(
      /^disabled +false +default\nserviceName +orders +options\n/,
    );
  });
});
