import type { ComponentChildren } from 'preact';
import type { ErrorDetailResult } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import type { ChainedError, ErrorEventSummary } from '../../../../src/dashboard/api/errors/errorEventSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { formatTime, Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { requestHref, requestsHref } from '../requests/requestAddress.ts';
import { BreadcrumbList } from './BreadcrumbList.tsx';
import { errorHref } from './errorAddress.ts';
import { SOURCES } from './errorWords.ts';
import { LongText } from '../../components/LongText.tsx';
import { Properties } from './Properties.tsx';
import { StackFrames } from './StackFrames.tsx';

type Event = NonNullable<ErrorDetailResult['event']>;

interface EventSectionProps {
  readonly id: string;
  readonly event: Event;
  readonly events: ErrorDetailResult['events'];
  /** Key of the one that the address asks for. */
  readonly asked: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

/** One error of a group whole, with the way to the others that are kept. */
export function EventSection({ id, event, events, asked, query }: EventSectionProps) {
  const place = events.findIndex(({ key }) => key === event.key);
  const hrefOf = (key: string) => errorHref(id, { ...query, event: key });
  const older = events[place + 1];
  const newer = place > 0 ? events[place - 1] : undefined;
  return (
    <section class="card event" aria-labelledby="event-title">
      <header class="event-header">
        <h2 id="event-title">
          Error {place + 1} of {events.length} kept <span class="hint">{place === 0 ? 'the newest' : ''}</span>
        </h2>
        <nav aria-label="Errors of this group" class="event-nav">
          <Step href={newer && hrefOf(newer.key)}>← newer</Step>
          <Step href={older && hrefOf(older.key)}>older →</Step>
        </nav>
      </header>
      {asked !== undefined && asked !== event.key && (
        <p class="warning">The error that was asked for is not kept any more; this is the newest.</p>
      )}
      <EventFacts event={event} />
      {event.chain.map((error, index) => (
        <Chained key={index} error={error} />
      ))}
      <Properties title="Context" properties={event.context} />
      <BreadcrumbList event={event} />
    </section>
  );
}

function Step({ href, children }: { readonly href: string | undefined; readonly children: string }) {
  return href === undefined ? <span class="hint">{children}</span> : <a href={href}>{children}</a>;
}

/** Where it happened, and the ways to its request and its trace. */
function EventFacts({ event }: { readonly event: Event }) {
  const { atMillis, source, isHandled, isUncaught, release, request, traceId, spanId, sampled, instance } = event;
  return (
    <dl class="event-facts">
      <Fact name="When">
        {formatTime(atMillis)} (<Time millis={atMillis} />)
      </Fact>
      <Fact name="Trace">
        <TraceLink traceId={traceId} sampled={sampled} spanId={spanId} />
      </Fact>
      <RequestFacts request={request} />
      <Fact name="Known by">
        {SOURCES[source] ?? source},{' '}
        <Badge tone={isHandled ? 'neutral' : 'warning'}>{isHandled ? 'handled' : 'not handled'}</Badge>
        {isUncaught && <Badge tone="bad">ends the process</Badge>}
      </Fact>
      {release !== undefined && (
        <Fact name="Release">
          <Foreign text={release} />
        </Fact>
      )}
      <Fact name="Instance">
        <Foreign text={instance} />
      </Fact>
    </dl>
  );
}

function RequestFacts({ request }: { readonly request: ErrorEventSummary['request'] }) {
  const { id, operation, userId, agentId, status } = request;
  return (
    <>
      <Fact name="Request">
        {id === undefined ? (
          <span class="hint">in none</span>
        ) : (
          <a href={requestHref(id)}>
            <Foreign text={id} isId />
          </a>
        )}
        {status !== undefined && ` answered ${status}`}
      </Fact>
      {operation !== undefined && (
        <Fact name="Operation">
          <a href={requestsHref('finished', { operation })}>
            <Foreign text={operation} />
          </a>
        </Fact>
      )}
      {userId !== undefined && (
        <Fact name="User">
          <a href={requestsHref('finished', { userId })}>
            <Foreign text={userId} />
          </a>
        </Fact>
      )}
      {agentId !== undefined && (
        <Fact name="Agent">
          <a href={requestsHref('finished', { agentId })}>
            <Foreign text={agentId} />
          </a>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const RELATIONS: Readonly<Record<ChainedError['relation'], string>> = {
  thrown: 'Thrown',
  cause: 'Caused by',
  aggregated: 'One of its errors',
};

function Chained({ error }: { readonly error: ChainedError }) {
  const { relation, depth, type, classes, message, code, status, properties, frames, leftOut } = error;
  return (
    <section class={`chained depth-${Math.min(3, depth)}`}>
      <h3>
        <span class="hint">{RELATIONS[relation]}</span>{' '}
        <bdi title={classes.map(plainText).join(' < ')}>{plainText(type)}</bdi>
        {code !== undefined && (
          <>
            {' '}
            <Badge>
              <Foreign text={code} />
            </Badge>
          </>
        )}
        {status !== undefined && <Badge>status {status}</Badge>}
      </h3>
      <p class="error-message">
        {message === '' ? <span class="hint">without a message</span> : <LongText text={message} />}
      </p>
      <StackFrames frames={frames} />
      <Properties title="Properties" properties={properties} />
      {leftOut > 0 && <p class="hint">{leftOut} more causes or errors of it are not shown.</p>}
    </section>
  );
}
