import { type TraceAvailability, traceAvailability } from '../../traces/traceAvailability.ts';
import { TraceQueryError } from '../../traces/traceQueryError.ts';
import type { TracePart } from './traceSchema.ts';

/** Says why there is no trace, by what all instances know of the requests and errors that belong to it. */
export function knownAvailability(
  traceId: string,
  { trace, problem }: Pick<TracePart, 'trace' | 'problem'>,
  parts: readonly TracePart[],
): TraceAvailability {
  const said = problem?.kind;
  return traceAvailability({
    traceId,
    sampled: sampledOf(parts),
    outcome:
      trace !== undefined
        ? 'found'
        : said === undefined || said === 'notConfigured' || problem === undefined
          ? undefined
          : new TraceQueryError(said, problem.text.replace(/\.$/, '')),
    endedMillis: endedMillisOf(parts),
    nowMillis: Math.max(0, ...parts.map(({ nowMillis }) => nowMillis)),
  });
}

/** Sampled is what one service at least has sampled. */
function sampledOf(parts: readonly TracePart[]): boolean | undefined {
  const said = parts.flatMap(({ requests, errors }) => [...requests, ...errors].map(({ sampled }) => sampled));
  if (said.includes(true)) return true;
  return said.includes(false) ? false : undefined;
}

/** `undefined` while something of it is under way; a trace that nobody knows has ended long ago. */
function endedMillisOf(parts: readonly TracePart[]): number | undefined {
  const requests = parts.flatMap((part) => part.requests);
  if (requests.some(({ state }) => state === 'pending' || state === 'processing')) return undefined;
  const ends = requests.map(({ startedMillis, durationMillis }) => startedMillis + durationMillis);
  const errors = parts.flatMap((part) => part.errors.map(({ atMillis }) => atMillis));
  return Math.max(0, ...ends, ...errors);
}
