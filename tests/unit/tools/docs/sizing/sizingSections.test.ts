import { describe, expect, it } from 'vitest';
import { readMeasuredCosts } from '../../../../../tools/docs/sizing/measuredCosts.ts';
import { sizingSections } from '../../../../../tools/docs/sizing/sizingSections.ts';

const values: Readonly<Record<string, number>> = {
  '3000 spans a second: processor time of a million spans, collector': 50,
  '3000 spans a second: processor time of a million spans, ingester': 100,
  '3000 spans a second: processor time of a million spans, kafka': 25,
  '3000 spans a second: processor time of a million spans, elasticsearch': 200,
  'one ingester: spans stored a second': 5000,
  'disk of a stored span in Elasticsearch, one copy': 300,
  'disk of a span in Kafka, one copy': 150,
  "Lucene's documents of a stored span": 16,
};

const json = (names: readonly string[]): string =>
  JSON.stringify({ suite: 'scale', observations: names.map((name) => ({ name, value: values[name], runs: [1] })) });

describe('readMeasuredCosts', () => {
  it('takes them from the observations of the bench', () => {
    expect(readMeasuredCosts(json(Object.keys(values)))).toEqual({
      cpuSecondsPerMillion: { collector: 50, ingester: 100, kafka: 25, elasticsearch: 200 },
      spansPerSecondOfIngester: 5000,
      diskBytesPerSpan: { elasticsearch: 300, kafka: 150 },
      documentsPerSpan: 16,
    });
  });

  it.each(Object.keys(values))('says that "%s" was not measured', (missing) => {
    const names = Object.keys(values).filter((name) => name !== missing);
    expect(() => readMeasuredCosts(json(names))).toThrow(new Error(`scale.json has no observation "${missing}"`));
  });
});

describe('sizingSections', () => {
  const sections = sizingSections(readMeasuredCosts(json(Object.keys(values))));
  const lines = (section: string): readonly string[] => (sections[section] ?? '').split('\n');

  it('says what a span was measured to cost', () => {
    expect(lines('measured').slice(2)).toEqual([
      '| collectors | 50 s | 20,000 |  |  |',
      '| ingesters | 100 s | 10,000 |  | one alone: 5,000 spans a second |',
      '| Kafka | 25 s | 40,000 | 150 bytes |  |',
      '| Elasticsearch | 200 s | 5,000 | 300 bytes | 16 documents of Lucene for a span |',
    ]);
  });

  it('has a column for each load, and for each share that is sampled', () => {
    expect(lines('sizes')[0]).toBe('| spans stored a second | 1,000 | 10,000 | 100,000 | 1,000,000 |');
    expect(lines('million')[0]).toBe('| sampled of 1,000,000 a second | 100 % | 10 % | 1 % |');
    expect(lines('sizes')).toContain('| ingesters | 3 | 4 | 40 | 400 |');
    expect(lines('million')).toContain('| ingesters | 400 | 40 | 4 |');
  });

  it('writes large disks in TiB', () => {
    expect(lines('sizes')).toContain('| a day in Elasticsearch | 49 GiB | 483 GiB | 4.7 TiB | 47 TiB |');
  });
});
