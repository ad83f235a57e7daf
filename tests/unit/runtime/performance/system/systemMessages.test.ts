import { describe, expect, it } from 'vitest';
import type { MetricReading } from '../../../../../runtime/src/performance/metricReading.ts';
import {
  SystemMessageReader,
  SystemMessageWriter,
} from '../../../../../runtime/src/performance/system/systemMessages.ts';
import type { SystemAnswer } from '../../../../../runtime/src/performance/system/systemWorkerPorts.ts';

const GAP = { source: 'disk space', metrics: ['system.filesystem.usage'], reason: 'took longer than 10 s' };

function answer(round: number, values: readonly number[], changes: Partial<SystemAnswer> = {}): SystemAnswer {
  const readings = values.map((value, index): MetricReading => {
    const metric = 'system.disk.io';
    return index === 0
      ? { metric: 'system.memory.limit', value }
      : { metric, value, attributes: { device: `${index}` } };
  });
  return { round, readings, gaps: [], ...changes };
}

/** What arrives of answers, and what kind of message each is in. */
function sent(answers: readonly SystemAnswer[]) {
  const writer = new SystemMessageWriter();
  const reader = new SystemMessageReader();
  const messages = answers.map((each) => structuredClone(writer.messageOf(each)));
  return { kinds: messages.map((message) => typeof message), arrived: messages.map((each) => reader.answerOf(each)) };
}

describe('messages of the thread that reads', () => {
  it('are the values alone where nothing else has changed, and arrive as they were sent', () => {
    const answers = [answer(1, [1, 2.5, 2 ** 53]), answer(2, [4, 5, 0]), answer(3, [4, 5, 0.1])];
    const { kinds, arrived } = sent(answers);
    expect(kinds).toEqual(['string', 'object', 'object']);
    expect(arrived).toEqual(answers);
    expect(arrived[2]?.readings[1]?.attributes).toBe(arrived[0]?.readings[1]?.attributes);
  });

  it.each<[string, SystemAnswer]>([
    ['a series is new', answer(2, [1, 2, 3])],
    ['a series is gone', answer(2, [1])],
    ['all are gone', answer(2, [])],
    ['a series is another', answer(2, [], { readings: [{ metric: 'system.memory.limit', value: 1, attributes: {} }] })],
    ['there is a gap', answer(2, [1, 2], { gaps: [GAP] })],
  ])('are whole where %s, and values alone again after that', (_, changed) => {
    const answers = [answer(1, [1, 2]), changed, { ...changed, round: 3 }, answer(4, [7, 8])];
    const { kinds, arrived } = sent(answers);
    expect(kinds).toEqual(['string', 'string', 'object', 'string']);
    expect(arrived).toEqual(answers);
  });
});
