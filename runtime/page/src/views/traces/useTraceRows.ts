import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../../../src/dashboard/api/instanceSchema.ts';
import type { ShownTrace } from '../../../../src/dashboard/api/traces/traceSchema.ts';
import type { TraceRow, TraceRowsResult } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { ApiProblem } from '../../api/apiProblem.ts';
import { getJson } from '../../api/client.ts';

/** The rows of a trace, as far as they have come. */
export interface LoadedRows {
  readonly rows: readonly TraceRow[];
  /** Whether all have come. */
  readonly isComplete: boolean;
  readonly problem: string | undefined;
}

const NONE: LoadedRows = { rows: [], isComplete: false, problem: undefined };

/** Asks for a trace's rows, some after the others. Those of an earlier reading stay until all of the new one have come. */
export function useTraceRows(traceId: string, { readMillis, rowCount }: ShownTrace): LoadedRows {
  const [loaded, setLoaded] = useState(NONE);
  useEffect(() => {
    const aborts = new AbortController();
    void loadRows(traceId, rowCount, aborts.signal, (next) => {
      if (!aborts.signal.aborted)
        setLoaded((now) => (now.isComplete && !next.isComplete && !next.problem ? now : next));
    });
    return () => aborts.abort();
  }, [traceId, readMillis, rowCount]);
  return loaded;
}

async function loadRows(
  traceId: string,
  rowCount: number,
  signal: AbortSignal,
  tell: (loaded: LoadedRows) => void,
): Promise<void> {
  let rows: readonly TraceRow[] = [];
  let readMillis: number | undefined;
  try {
    do {
      const { result } = await rowsFrom(traceId, rows.length, signal);
      if (result.problem) {
        tell({ rows, isComplete: false, problem: result.problem.text });
        return;
      }
      // Read anew meanwhile: rows of two readings do not belong together.
      const isSame = readMillis === undefined || readMillis === result.readMillis;
      readMillis = result.readMillis;
      rows = isSame ? [...rows, ...result.rows] : [];
      const isComplete = isSame && (rows.length >= rowCount || result.rows.length === 0);
      tell({ rows, isComplete, problem: undefined });
      if (isComplete) return;
    } while (!signal.aborted);
  } catch (error) {
    if (!signal.aborted) tell({ rows, isComplete: false, problem: messageOf(error) });
  }
}

async function rowsFrom(traceId: string, from: number, signal: AbortSignal): Promise<Answer<TraceRowsResult>> {
  const path = `traces/${encodeURIComponent(traceId)}/rows`;
  const fetched = await getJson<Answer<TraceRowsResult>>(path, { query: { from: String(from) }, signal });
  if (fetched === undefined) throw new ApiProblem('The answer was empty.', 0);
  return fetched.body;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
