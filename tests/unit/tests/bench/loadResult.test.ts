import { describe, expect, it } from 'vitest';
import { loadArguments, LostSpansError, parseLoadResult } from '../../../bench/infra/pipeline.ts';

const result = { spans: 20, bytes: 9000, stored: 20, seconds: 1.5, readings: 2, cpuSeconds: 0.1 };

describe('parseLoadResult', () => {
  it('reads the one object among what was logged', () => {
    expect(parseLoadResult(`a warning\n${JSON.stringify(result)}\n`, true)).toEqual(result);
  });

  it.each([
    ['less spans are stored than were sent', { ...result, stored: 19 }, true],
    ['more spans are stored than were sent', { ...result, stored: 21 }, true],
    ['the program failed', result, false],
  ])('refuses a run where %s', (_what, printed, succeeded) => {
    expect(() => parseLoadResult(`${JSON.stringify(printed)}\nwhy`, succeeded)).toThrow(
      new LostSpansError(`span-load failed:\n${JSON.stringify(printed)}\nwhy`),
    );
  });

  it('refuses a program that printed no result', () => {
    expect(() => parseLoadResult('no such host\n', false)).toThrow(new Error('span-load failed:\nno such host'));
  });
});

it('asks for a load by the flags that span-load has', () => {
  const addresses = {
    agent: 'agent:6831',
    agentMetrics: 'http://agent:14271/metrics',
    elasticsearch: 'http://storage:9200',
    indices: 'dev-jaeger-span-*',
  };
  expect(loadArguments(addresses, { service: 'one', spans: 20, inFlight: 10 })).toEqual([
    '-agent=agent:6831',
    '-agent-metrics=http://agent:14271/metrics',
    '-elasticsearch=http://storage:9200',
    '-indices=dev-jaeger-span-*',
    '-service=one',
    '-spans=20',
    '-in-flight=10',
  ]);
});
