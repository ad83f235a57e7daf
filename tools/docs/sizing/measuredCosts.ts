import * as z from 'zod';

/** What a span was measured to cost (`npm run bench -- scale`). */
export interface MeasuredCosts {
  /** Seconds of processor time for a million spans. */
  readonly cpuSecondsPerMillion: {
    readonly collector: number;
    readonly ingester: number;
    readonly kafka: number;
    readonly elasticsearch: number;
  };
  /** Spans a second that one ingester took from a full topic to the storage. */
  readonly spansPerSecondOfIngester: number;
  /** Bytes on a disk, one copy. */
  readonly diskBytesPerSpan: { readonly elasticsearch: number; readonly kafka: number };
  /** Documents as Lucene counts them: each tag of a span is one of its own. */
  readonly documentsPerSpan: number;
}

const result = z.object({
  observations: z.array(z.object({ name: z.string(), value: z.number() })),
});

/** The load whose costs are taken: the highest of those that a pipeline carried with room to spare. */
const LOAD = '3000 spans a second: processor time of a million spans';

/**
 * Finds them in `tests/bench/results/scale.json`.
 * @throws Error when an observation is not there.
 */
export function readMeasuredCosts(json: string): MeasuredCosts {
  const { observations } = result.parse(JSON.parse(json));
  const of = (name: string): number => {
    const found = observations.find((observation) => observation.name === name);
    if (found === undefined) throw new Error(`scale.json has no observation "${name}"`);
    return found.value;
  };
  return {
    cpuSecondsPerMillion: {
      collector: of(`${LOAD}, collector`),
      ingester: of(`${LOAD}, ingester`),
      kafka: of(`${LOAD}, kafka`),
      elasticsearch: of(`${LOAD}, elasticsearch`),
    },
    spansPerSecondOfIngester: of('one ingester: spans stored a second'),
    diskBytesPerSpan: {
      elasticsearch: of('disk of a stored span in Elasticsearch, one copy'),
      kafka: of('disk of a span in Kafka, one copy'),
    },
    documentsPerSpan: of("Lucene's documents of a stored span"),
  };
}
