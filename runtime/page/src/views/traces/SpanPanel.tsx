import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../../../../src/dashboard/api/instanceSchema.ts';
import type { ShownTrace } from '../../../../src/dashboard/api/traces/traceSchema.ts';
import type { TraceRow, TraceSpansResult } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { getJson } from '../../api/client.ts';
import { Badge } from '../../components/Badge.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { formatTime } from '../../components/Time.tsx';
import { SpanSays } from './SpanSays.tsx';
import type { TimeRange } from './traceAddress.ts';

interface SpanPanelProps {
  readonly traceId: string;
  readonly spanId: string;
  readonly trace: ShownTrace;
  /** `undefined` where the trace has no such span, or it has not come yet. */
  readonly row: TraceRow | undefined;
  readonly isComplete: boolean;
  readonly onZoom: (range: TimeRange) => void;
  readonly onClose: () => void;
}

/** Everything that a span says. */
export function SpanPanel({ traceId, spanId, trace, row, isComplete, onZoom, onClose }: SpanPanelProps) {
  const said = useSpan(traceId, spanId, trace.readMillis);
  return (
    <aside
      class="span-panel card"
      aria-labelledby="span-title"
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <div class="span-panel-head">
        <h3 id="span-title">{row ? plainText(row.operation) : 'Span'}</h3>
        <button type="button" onClick={onClose} aria-label="Close the details">
          ×
        </button>
      </div>
      {row ? (
        <SpanFacts row={row} trace={trace} onZoom={onZoom} />
      ) : (
        <p class="hint">
          {isComplete ? (
            <>
              No span <Foreign text={spanId} isId /> is among the rows: it was not sent yet, or got lost.
            </>
          ) : (
            'It has not come yet…'
          )}
        </p>
      )}
      {said.problem !== undefined && <p class="problem">{said.problem}</p>}
      {said.result && said.result.spans.length > 1 && (
        <p class="warning">{said.result.spans.length} spans have this ID. All are shown.</p>
      )}
      {said.result?.spans.map((span, index) => (
        <SpanSays key={index} span={span} />
      ))}
      {said.result?.jaegerLink !== undefined && (
        <p>
          <a href={said.result.jaegerLink} rel="noopener noreferrer" target="_blank">
            Open in Jaeger<span class="visually-hidden"> (in a new tab)</span>
          </a>
        </p>
      )}
    </aside>
  );
}

interface SpanFactsProps {
  readonly row: TraceRow;
  readonly trace: ShownTrace;
  readonly onZoom: (range: TimeRange) => void;
}

function SpanFacts({ row, trace, onZoom }: SpanFactsProps) {
  const { startMicros, durationMicros, service, kind, spanId, isError, isOnCriticalPath, isOrphan } = row;
  const critical = row.criticalSections.reduce((sum, section) => sum + section.durationMicros, 0);
  return (
    <>
      <p class="span-facts">
        <strong>{formatDuration(durationMicros / 1000)}</strong> <Badge tone="info">{kind}</Badge>{' '}
        {isError && <Badge tone="bad">failed</Badge>} {isOrphan && <Badge tone="warning">parent missing</Badge>}
      </p>
      <table class="facts">
        <tbody>
          <tr>
            <th scope="row">Service</th>
            <td>{plainText(service)}</td>
          </tr>
          <tr>
            <th scope="row">Began</th>
            <td title={formatTime((trace.startMicros + startMicros) / 1000)}>
              {formatDuration(startMicros / 1000)} after the trace
            </td>
          </tr>
          <tr>
            <th scope="row">Critical path</th>
            <td>
              {isOnCriticalPath
                ? `the trace waited for it ${formatDuration(critical / 1000)}`
                : 'the trace did not wait for it'}
            </td>
          </tr>
          <tr>
            <th scope="row">Span ID</th>
            <td>
              <Foreign text={spanId} isId />
            </td>
          </tr>
        </tbody>
      </table>
      <div class="buttons">
        <button
          type="button"
          onClick={() => onZoom({ from: startMicros, to: startMicros + Math.max(1, durationMicros) })}
        >
          Zoom to it
        </button>
      </div>
    </>
  );
}

interface SaidOfSpan {
  readonly result: TraceSpansResult | undefined;
  readonly problem: string | undefined;
}

/** What spans say is asked for when somebody looks: ten thousand would be megabytes. */
function useSpan(traceId: string, spanId: string, readMillis: number): SaidOfSpan {
  const [said, setSaid] = useState<SaidOfSpan>({ result: undefined, problem: undefined });
  useEffect(() => {
    const aborts = new AbortController();
    const { signal } = aborts;
    const path = `traces/${encodeURIComponent(traceId)}/spans/${encodeURIComponent(spanId)}`;
    getJson<Answer<TraceSpansResult>>(path, { signal })
      .then((fetched) => {
        const result = fetched?.body.result;
        setSaid({ result, problem: result?.problem?.text });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setSaid({ result: undefined, problem: String(error) });
      });
    return () => aborts.abort();
  }, [traceId, spanId, readMillis]);
  return said;
}
