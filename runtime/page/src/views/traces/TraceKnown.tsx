import type { TraceResult } from '../../../../src/dashboard/api/traces/traceSchema.ts';
import { formatAddress } from '../../address/address.ts';
import { Badge } from '../../components/Badge.tsx';
import { Duration } from '../../components/Duration.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { LongText } from '../../components/LongText.tsx';
import { Time } from '../../components/Time.tsx';
import { StateBadge } from '../requests/StateBadge.tsx';

/** What the application itself knows of a trace: it is there without Jaeger, too. */
export function TraceKnown({ result }: { readonly result: TraceResult }) {
  return (
    <div class="cards">
      <RequestsOfTrace result={result} />
      <ErrorsOfTrace result={result} />
    </div>
  );
}

function RequestsOfTrace({ result: { requests, requestCount } }: { readonly result: TraceResult }) {
  const traceId = requests[0]?.traceId;
  return (
    <section class="card" aria-labelledby="trace-requests">
      <h2 id="trace-requests">Requests of this trace</h2>
      {requests.length === 0 ? (
        <p class="hint">
          None is kept by the instances that are asked: it was let go of, or belongs to other services.
        </p>
      ) : (
        <ul class="plain-list">
          {requests.map((request) => (
            <li key={`${request.instance} ${request.id}`}>
              <a href={formatAddress({ path: ['requests', request.id], query: {} })}>
                <Foreign text={request.operation} />
              </a>{' '}
              <StateBadge request={request} /> <Duration millis={request.durationMillis} />{' '}
              <span class="hint">
                <Time millis={request.startedMillis} /> on <Foreign text={request.instance} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {requestCount > requests.length && traceId !== undefined && (
        <a href={formatAddress({ path: ['requests'], query: { tab: 'finished', traceId } })}>All {requestCount}</a>
      )}
    </section>
  );
}

function ErrorsOfTrace({ result: { errors } }: { readonly result: TraceResult }) {
  return (
    <section class="card" aria-labelledby="trace-errors">
      <h2 id="trace-errors">Errors of this trace</h2>
      {errors.length === 0 ? (
        <p class="hint">
          None is kept whole by the instances that are asked. Exceptions that spans recorded are with their spans.
        </p>
      ) : (
        <ul class="plain-list">
          {errors.map((error) => (
            <li key={`${error.instance} ${error.groupId} ${error.atMillis}`}>
              <a href={formatAddress({ path: ['errors', error.groupId], query: {} })}>
                <Foreign text={error.type} />
              </a>{' '}
              <Badge tone={error.isHandled ? 'warning' : 'bad'}>{error.isHandled ? 'handled' : 'unhandled'}</Badge>{' '}
              <span class="hint">
                <Time millis={error.atMillis} /> on <Foreign text={error.instance} />
              </span>
              <p class="error-message">
                <LongText text={error.message} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
