import type { MetricGap, MetricReading } from '../metricReading.ts';
import type { SystemAnswer } from './systemWorkerPorts.ts';

/**
 * An answer on its way from the thread that reads: the text of all of it, or the round and then the values alone, where the
 * rest is what it was in the message before. Most are values: a text takes the application's thread longer to read.
 */
export type SystemMessage = string | Float64Array;

interface Content {
  readonly series: readonly Omit<MetricReading, 'value'>[];
  readonly gaps: readonly MetricGap[];
}

interface WholeMessage {
  readonly content: Content;
  readonly values: readonly number[];
  readonly round: number;
}

/** Makes messages of answers, in the thread that reads. */
export class SystemMessageWriter {
  #content = '';

  /** Every message that it makes is to be sent: the next one builds on it. */
  messageOf({ round, readings, gaps }: SystemAnswer): SystemMessage {
    const values = readings.map(({ value }) => value);
    const series = readings.map(({ metric, attributes }) => ({ metric, attributes }));
    const before = this.#content;
    this.#content = JSON.stringify({ series, gaps } satisfies Content);
    if (this.#content === before) return Float64Array.of(round, ...values);
    return JSON.stringify({ content: { series, gaps }, values, round } satisfies WholeMessage);
  }
}

/** Makes answers of messages, in the application's thread. Attributes that are the same are the same object. */
export class SystemMessageReader {
  #content: Content = { series: [], gaps: [] };

  /** Every message is to be read, in the order of their sending. */
  answerOf(message: SystemMessage): SystemAnswer {
    if (typeof message !== 'string') return this.#answer(message[0] ?? 0, message.subarray(1));
    const { content, values, round } = JSON.parse(message) as WholeMessage;
    this.#content = content;
    return this.#answer(round, values);
  }

  #answer(round: number, values: ArrayLike<number>): SystemAnswer {
    const { series, gaps } = this.#content;
    const readings = series.map(({ metric, attributes }, index): MetricReading => ({
      metric,
      value: values[index] ?? 0,
      attributes,
    }));
    return { round, readings, gaps };
  }
}
