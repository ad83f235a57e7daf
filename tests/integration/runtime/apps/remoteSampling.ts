// Asks Jaeger how to sample, works for half a second, and has nothing more to do.
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { nodeSamplingPorts } from '../../../../runtime/src/tracing/sampling/adapters/nodeSamplingPorts.ts';
import { createSampler } from '../../../../runtime/src/tracing/sampling/createSampler.ts';

const sampler = createSampler(
  {
    kind: 'jaeger_remote',
    url: process.argv[2] ?? '',
    pollingIntervalMillis: 60_000,
    initialSampleRatio: 1,
    parentBased: true,
  },
  {
    serviceName: 'shop',
    onError: (error) => process.stdout.write(error.message),
    ports: nodeSamplingPorts(nodeHostProcess()),
  },
);
sampler.start();
setTimeout(() => process.stdout.write(sampler.describe()), 500);
