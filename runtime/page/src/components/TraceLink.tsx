import { formatAddress } from '../address/address.ts';

interface TraceLinkProps {
  readonly traceId: string | undefined;
  /** Whether the trace is recorded. `undefined` where it is not known. */
  readonly sampled?: boolean | undefined;
  /** The span that it is about. */
  readonly spanId?: string | undefined;
}

/** The way from an error or a request to its trace; says so where there is none. */
export function TraceLink({ traceId, sampled, spanId }: TraceLinkProps) {
  if (traceId === undefined) return <span class="hint">no trace</span>;
  if (sampled === false) {
    return (
      <span class="hint" title={`Trace ${traceId} was not sampled: its spans were not sent.`}>
        not sampled
      </span>
    );
  }
  return (
    <a
      class="id"
      href={formatAddress({ path: ['traces', traceId], query: spanId === undefined ? {} : { span: spanId } })}
      title={traceId}
    >
      {traceId.slice(0, 8)}
    </a>
  );
}
