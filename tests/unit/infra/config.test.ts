// @spec S1.8
import * as pulumi from '@pulumi/pulumi';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStackConfig } from '../../../infra/config.ts';
import { TracingStack } from '../../../infra/components/tracingStack.ts';
import { deployed, resolved } from './components/deployed.ts';

/** Hands the configuration over as the engine does: structures as JSON, secrets named in a variable of their own. */
function configure(config: Readonly<Record<string, string>>, secretKeys: readonly string[] = []) {
  const provider = { 'kubernetes:enableConfigMapMutable': 'true', 'kubernetes:enableSecretMutable': 'true' };
  pulumi.runtime.setAllConfig({ ...provider, ...config }, [...secretKeys]);
  vi.stubEnv('PULUMI_CONFIG_SECRET_KEYS', JSON.stringify(secretKeys));
}

beforeEach(async () => {
  await pulumi.runtime.setMocks(
    { newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) },
    'tracewright',
    'prod',
  );
});

afterEach(() => {
  vi.unstubAllEnvs();
  pulumi.runtime.setAllConfig({});
});

describe('readStackConfig', () => {
  it('reads structures, booleans and texts, and takes the index prefix from the stack', () => {
    configure({
      'tracewright:namespace': 'jaeger',
      'tracewright:collector': '{"replicas":4}',
      'tracewright:deletionProtection': 'false',
      'tracewright:storage': '{"kind":"external","urls":["https://es.elastic.svc:9200"]}',
      'kubernetes:context': 'x',
    });
    expect(readStackConfig()).toMatchObject({
      namespace: 'jaeger',
      collector: { replicas: 4, queueSize: 10_000 },
      deletionProtection: false,
      storage: { indexPrefix: 'tracewright.prod' },
    });
  });

  it('leaves out the default number of pods where an autoscaler chooses it, so that the component takes what is read', async () => {
    configure({
      'tracewright:environment': 'dev',
      'tracewright:collector': '{"autoscaling":{"minReplicas":1,"maxReplicas":3}}',
    });
    const config = readStackConfig();
    expect(config.collector).not.toHaveProperty('replicas');
    expect(config.query).toMatchObject({ replicas: 2 });
    const { object } = await deployed((options) => new TracingStack('tracing', config, options));
    expect(object('Deployment', 'jaeger-collector')).not.toHaveProperty('spec.replicas');
    expect(object('HorizontalPodAutoscaler', 'jaeger-collector')).toMatchObject({ spec: { maxReplicas: 3 } });
  });

  it('reads a sampling file from the directory of Pulumi.yaml', () => {
    configure({
      'tracewright:sampling': '{"file":"tests/e2e/fixtures/sampling/jaegerStrategies.json","reloadIntervalSeconds":7}',
      'tracewright:environment': 'dev',
    });
    expect(readStackConfig().sampling).toMatchObject({ default: { param: 0.3 }, reloadIntervalSeconds: 7 });
  });

  it('reports what is wrong with a sampling file beside other problems', () => {
    configure({
      'tracewright:sampling': '{"file":"sampling.yaml"}',
      'tracewright:environment': 'dev',
      'tracewright:agent': '{"hostPort":true}',
    });
    expect(readStackConfig).toThrow('2 problems');
    expect(readStackConfig).toThrow('tracewright:sampling.file = "sampling.yaml": does not exist');
    expect(readStackConfig).toThrow('tracewright:agent.hostPort: is not a known key');
  });

  it('keeps the password a secret', async () => {
    const storage = JSON.stringify({ kind: 'external', urls: ['https://es.elastic.svc:9200'], username: 'jaeger' });
    configure({ 'tracewright:storage': storage, 'tracewright:elasticsearchPassword': 'hunter2' }, [
      'tracewright:elasticsearchPassword',
    ]);
    const { elasticsearchPassword } = readStackConfig();
    expect(await pulumi.isSecret(pulumi.output(elasticsearchPassword))).toBe(true);
    expect(await resolved(pulumi.output(elasticsearchPassword))).toBe('hunter2');
  });

  it('reports problems without a stack trace, and a password in plain text among them', () => {
    configure({ 'tracewright:elasticsearchPassword': 'hunter2', 'tracewright:storage': '{kind' });
    expect(readStackConfig).toThrow(pulumi.RunError);
    expect(readStackConfig).toThrow('tracewright:elasticsearchPassword: must be a secret');
    expect(readStackConfig).toThrow('tracewright:storage = "{kind": must be "embedded" or "external"');
    expect(readStackConfig).not.toThrow('hunter2');
  });
});
