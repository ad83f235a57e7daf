import { describe, expect, it } from 'vitest';
import { loadArguments, parseLoadResult } from '../../../bench/pipeline/pipeline.ts';

const result = { spans: 20, bytes: 9000, stored: 20, seconds: 1.5, cpuSeconds: 0.1 };

describe('parseLoadResult', () => {
  it('reads the one object among what was logged', () => {
    expect(parseLoadResult(`a warning\n${JSON.stringify(result)}\n`, true)).toEqual(result);
  });

  it.each([
    ['less spans are stored than were sent', { ...result, stored: 19 }, '20 spans were sent, 19 are stored'],
    ['more spans are stored than were sent', { ...result, stored: 21 }, '20 spans were sent, 21 are stored'],
  ])('refuses a run of which %s', (_what, printed, message) => {
    expect(() => parseLoadResult(JSON.stringify(printed), true)).toThrow(message);
  });

  it.each([
    ['failed', JSON.stringify(result), false],
    ['printed nothing', '', true],
  ])('refuses a program that %s', (_what, output, succeeded) => {
    expect(() => parseLoadResult(output, succeeded)).toThrow(/^span-load failed:/);
  });
});

it('asks for a load by the flags that span-load has', () => {
  const addresses = { agent: 'agent:6831', elasticsearch: 'http://storage:9200', indices: 'dev-jaeger-span-*' };
  expect(loadArguments(addresses, { service: 'one', spans: 20, inFlight: 10 })).toEqual([
    '-agent=agent:6831',
    '-elasticsearch=http://storage:9200',
    '-indices=dev-jaeger-span-*',
    '-service=one',
    '-spans=20',
    '-in-flight=10',
  ]);
});
