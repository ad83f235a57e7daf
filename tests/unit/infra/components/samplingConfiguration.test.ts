import { describe, expect, it } from 'vitest';
import { SamplingConfiguration } from '../../../../infra/components/samplingConfiguration.ts';
import { deployed } from './deployed.ts';

const args = {
  namespace: 'jaeger',
  jaegerVersion: '1.50.0',
  strategies: { default: { type: 'probabilistic', param: 0.5, operations: [] }, services: [] },
} as const;

async function configMap() {
  const { object } = await deployed((options) => new SamplingConfiguration('sampling', args, options));
  return object('ConfigMap', 'jaeger-sampling');
}

describe('SamplingConfiguration', () => {
  it('writes the strategies as the one file of its ConfigMap', async () => {
    const { data } = await configMap();
    expect(data).toEqual({ 'strategies.json': expect.stringContaining('"default_strategy"') as unknown });
  });

  it('writes anew what somebody has edited by hand, though that is of another field manager', async () => {
    expect(await configMap()).toMatchObject({ metadata: { annotations: { 'pulumi.com/patchForce': 'true' } } });
  });
});
