import type {
  DetailedRequest,
  RequestDetailResult,
} from '../../../../src/dashboard/api/requests/requestDetailSchema.ts';
import { useLive } from '../../api/live.tsx';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { requestsHref } from './requestAddress.ts';
import { RequestErrors } from './RequestErrors.tsx';
import { RequestFactsCard } from './RequestFactsCard.tsx';
import { RelatedRequests } from './RelatedRequests.tsx';
import { RequestTimeline } from './RequestTimeline.tsx';
import { StateBadge } from './StateBadge.tsx';
import { useElapsed } from './useElapsed.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { formatSince, useNow } from '../../components/Time.tsx';
import { formatDuration } from '../../components/durations.ts';

/** Everything that is known of a request. */
export function RequestDetail({ id }: { readonly id: string }) {
  const viewed = useView<RequestDetailResult>({
    path: `requests/${encodeURIComponent(id)}`,
    topics: ['requests', 'errors'],
  });
  const { state } = useLive();
  const elapsedMillis = useElapsed(viewed.answer, state);
  return (
    <>
      <p class="trail">
        <a href={requestsHref('live')}>Requests</a> <span aria-hidden="true">›</span> <Foreign text={id} isId />
      </p>
      <Answered title={titleOf(viewed.answer?.result) ?? 'Request'} viewed={viewed}>
        {(result) => (
          <div class="stack">
            {result.requests.length === 0 && (
              <p class="warning">The request itself is not kept any more, or started elsewhere: these are its parts.</p>
            )}
            {result.requests.map((request) => (
              <OneRequest key={request.instance} request={request} result={result} elapsedMillis={elapsedMillis} />
            ))}
            <RelatedRequests
              title="Parts of it"
              related={result.children}
              allHref={requestsHref('finished', { parentId: id })}
            />
            <RelatedRequests
              title="Others of its trace"
              related={result.sameTrace}
              allHref={requestsHref('finished', { traceId: result.requests[0]?.traceId ?? '' })}
            />
          </div>
        )}
      </Answered>
    </>
  );
}

function titleOf(result: RequestDetailResult | undefined): string | undefined {
  const operation = result?.requests[0]?.operation;
  return operation === undefined ? undefined : plainText(operation);
}

interface OneRequestProps {
  readonly request: DetailedRequest;
  readonly result: RequestDetailResult;
  readonly elapsedMillis: number;
}

function OneRequest({ request, result, elapsedMillis }: OneRequestProps) {
  const isOver = request.state === 'completed' || request.state === 'failed';
  const millis = isOver ? request.durationMillis : request.durationMillis + elapsedMillis;
  return (
    <>
      <p class="request-line">
        <StateBadge request={request} />{' '}
        <strong>
          {isOver ? 'took' : 'for'} {formatDuration(isOver ? millis : Math.round(millis / 100) * 100)}
        </strong>
        {result.requests.length > 1 && (
          <>
            {' '}
            on <Foreign text={request.instance} />
          </>
        )}
      </p>
      {request.isStuck && <Stuck request={request} />}
      <div class="cards">
        <section class="card" aria-labelledby={`life-${request.instance}`}>
          <h2 id={`life-${request.instance}`}>Its life</h2>
          <RequestTimeline request={request} elapsedMillis={elapsedMillis} />
        </section>
        {request.state === 'failed' || result.errors.length > 0 ? (
          <RequestErrors request={request} result={result} />
        ) : null}
        <RequestFactsCard request={request} parent={result.parent} />
      </div>
    </>
  );
}

function Stuck({ request: { waitsIn, traceId } }: { readonly request: DetailedRequest }) {
  const nowMillis = useNow();
  return (
    <p class="problem">
      It is stuck
      {waitsIn ? (
        <>
          : it waits in the span{' '}
          <code>
            <Foreign text={waitsIn.name} />
          </code>
          , for {formatSince(waitsIn.sinceMillis, nowMillis)}.
        </>
      ) : (
        `. ${traceId === undefined ? 'It has no trace, so nobody knows where.' : 'No unfinished span of its trace is known.'}`
      )}
    </p>
  );
}
