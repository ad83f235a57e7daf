import { isoMillis } from '../../../core/isoTime.ts';
import type { LatencyBand, SampledRequest } from '../../../requests/statistics/statisticsReader.ts';
import type { ViewSource } from '../../viewSource.ts';
import { defineView } from '../view.ts';
import {
  type RequestSamplesPart,
  requestSamplesPart,
  requestSamplesQuery,
  requestSamplesResult,
  type RequestSamplesResult,
  type SampledRow,
} from './requestSamplesSchema.ts';

/** Of all operations there may be thousands in a band. */
const MOST_IN_A_BAND = 100;

type Samples = NonNullable<RequestSamplesPart['samples']>;
type SampledFacts = Samples['slowest'][number];

/** Requests to look at, for what they took. */
export const requestSamplesView = defineView({
  path: 'requests/samples',
  summary: 'The slowest requests of this hour and the last, and some of each band of durations',
  query: requestSamplesQuery,
  part: requestSamplesPart,
  result: requestSamplesResult,
  read: ({ observability: { requests } }: ViewSource, { operation, limit }): RequestSamplesPart => {
    if (requests === undefined) return {};
    const of = operation === undefined ? {} : { operation };
    const slowest = requests.statistics.slowest({ ...of, limit }).map(factsOf);
    return { samples: { slowest, bands: requests.statistics.sample(of).map(bandOf) } };
  },
  merge: (parts, { limit }): RequestSamplesResult => {
    const rows = parts.flatMap(({ instance: { id: instance }, part: { samples } }) =>
      samples === undefined
        ? []
        : { slowest: withInstance(samples.slowest, instance), bands: bandsOf(samples, instance) },
    );
    return {
      off: parts.filter(({ part }) => part.samples === undefined).map(({ instance }) => instance.id),
      slowest: rows
        .flatMap(({ slowest }) => slowest)
        .sort((a, b) => b.durationMillis - a.durationMillis)
        .slice(0, limit),
      bands: mergedBands(rows.flatMap(({ bands }) => bands)),
    };
  },
});

function factsOf({ requestId, operation, state, durationMillis, startedAt, ...trace }: SampledRequest): SampledFacts {
  const { traceId, spanId, sampled } = trace;
  return {
    id: requestId,
    operation,
    state,
    durationMillis,
    startedMillis: isoMillis(startedAt),
    ...(traceId !== undefined && { traceId }),
    ...(spanId !== undefined && { spanId }),
    ...(sampled !== undefined && { sampled }),
  };
}

function bandOf({ aboveMillis, upToMillis, requests }: LatencyBand): Samples['bands'][number] {
  return {
    aboveMillis,
    ...(Number.isFinite(upToMillis) && { upToMillis }),
    requests: requests.slice(0, MOST_IN_A_BAND).map(factsOf),
  };
}

function withInstance(rows: readonly SampledFacts[], instance: string): SampledRow[] {
  return rows.map((row) => ({ ...row, instance }));
}

function bandsOf({ bands }: Samples, instance: string): RequestSamplesResult['bands'] {
  return bands.map((band) => ({ ...band, requests: withInstance(band.requests, instance) }));
}

/** Instances of another release may have other bands: those stay apart. */
function mergedBands(bands: RequestSamplesResult['bands']): RequestSamplesResult['bands'] {
  const merged = new Map<string, RequestSamplesResult['bands'][number]>();
  for (const band of bands) {
    const key = `${band.aboveMillis} ${band.upToMillis ?? ''}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, requests: [...known.requests, ...band.requests] } : band);
  }
  return [...merged.values()]
    .sort((a, b) => a.aboveMillis - b.aboveMillis)
    .map((band) => ({
      ...band,
      requests: band.requests.sort((a, b) => b.durationMillis - a.durationMillis).slice(0, MOST_IN_A_BAND),
    }));
}
