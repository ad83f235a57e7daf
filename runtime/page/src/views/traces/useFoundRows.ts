import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../../../src/dashboard/api/instanceSchema.ts';
import type { TraceFindResult } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { getJson } from '../../api/client.ts';

/** Where a text is in a trace. */
export interface FoundInTrace {
  /** Indices of rows; `undefined` while it is not known, and where nothing is sought. */
  readonly rows: readonly number[] | undefined;
  readonly problem: string | undefined;
}

const NOTHING: FoundInTrace = { rows: undefined, problem: undefined };

/** Looks for a text in the names, tags and events of a trace's spans, which the server has. */
export function useFoundRows(traceId: string, readMillis: number, text: string): FoundInTrace {
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    setFound(NOTHING);
    if (text === '') return;
    const aborts = new AbortController();
    const { signal } = aborts;
    const path = `traces/${encodeURIComponent(traceId)}/find`;
    getJson<Answer<TraceFindResult>>(path, { query: { text }, signal })
      .then((fetched) => {
        const { rows = [], problem } = fetched?.body.result ?? {};
        setFound({ rows, problem: problem?.text });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setFound({ rows: undefined, problem: String(error) });
      });
    return () => aborts.abort();
  }, [traceId, readMillis, text]);
  return found;
}
