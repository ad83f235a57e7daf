import { useState } from 'preact/hooks';
import type { ErrorDetailResult } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { requestHref, requestsHref } from '../requests/requestAddress.ts';
import { errorHref, errorsHref } from './errorAddress.ts';
import { STATE_TONES, usersText } from './errorWords.ts';

const FIRST_SHOWN = 10;

/** All errors of a group that are kept whole, with the ways to their requests and traces. */
export function EventList({
  result: { group, events, event },
  query,
}: {
  readonly result: ErrorDetailResult;
  readonly query: Readonly<Record<string, string>>;
}) {
  const { shown, more } = useFirst(events);
  return (
    <section class="card">
      <h2>Errors that are kept</h2>
      <p class="hint">
        {events.length} of <Count value={group.count} />: the first, the first of each release, and a sample.
      </p>
      <table class="facts events">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Request</th>
            <th scope="col">Trace</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, atMillis, request, traceId, sampled, spanId }) => (
            <tr key={key} class={key === event?.key ? 'is-shown' : undefined}>
              <td>
                <a href={errorHref(group.id, { ...query, event: key })} aria-current={key === event?.key}>
                  <Time millis={atMillis} />
                </a>
              </td>
              <td class="cut">
                {request.id === undefined ? (
                  <span class="hint">none</span>
                ) : (
                  <a href={requestHref(request.id)}>
                    <Foreign text={request.id} isId />
                  </a>
                )}
              </td>
              <td>
                <TraceLink traceId={traceId} sampled={sampled} spanId={spanId} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </section>
  );
}

/** Whom it hit. */
export function UserList({ group, userIds }: ErrorDetailResult) {
  const { shown, more } = useFirst(userIds);
  return (
    <section class="card">
      <h2>Users: {usersText(group.users, group.hasMoreUsers)}</h2>
      {userIds.length === 0 && <p class="hint">None is known: its errors came without a user.</p>}
      <ul class="users">
        {shown.map((userId) => (
          <li key={userId}>
            <a href={requestsHref('finished', { userId })}>
              <Foreign text={userId} />
            </a>{' '}
            <a class="hint" href={errorsHref({ userId, state: 'any' })}>
              errors<span class="visually-hidden"> of this user</span>
            </a>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}

/** In which versions it came. */
export function ReleaseList({ group: { releases, inOtherReleases } }: ErrorDetailResult) {
  if (releases.length === 0) return null;
  return (
    <section class="card">
      <h2>Releases</h2>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col">Since</th>
            <th scope="col" class="number">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {releases.map(({ release, count, sinceMillis }) => (
            <tr key={release}>
              <td>
                <a href={errorsHref({ release, state: 'any' })}>
                  <Foreign text={release} />
                </a>
              </td>
              <td>{sinceMillis === undefined ? <span class="hint">not known</span> : <Time millis={sinceMillis} />}</td>
              <td class="number">
                <Count value={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {inOtherReleases > 0 && (
        <p class="hint">
          <Count value={inOtherReleases} /> of further releases.
        </p>
      )}
    </section>
  );
}

/** Where it came; one instance needs no list. */
export function InstanceList({ instances }: ErrorDetailResult) {
  if (instances.length < 2) return null;
  return (
    <section class="card">
      <h2>Instances</h2>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Instance</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {instances.map(({ id, state, count }) => (
            <tr key={id}>
              <td>
                <Foreign text={id} />
              </td>
              <td>
                <Badge tone={STATE_TONES[state]}>{state}</Badge>
              </td>
              <td class="number">
                <Count value={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The first ones, and a way to all. */
function useFirst<Item>(items: readonly Item[]) {
  const [isWhole, setWhole] = useState(false);
  return {
    shown: isWhole ? items : items.slice(0, FIRST_SHOWN),
    more: items.length > FIRST_SHOWN && (
      <button type="button" class="more" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? 'show less' : `show all ${items.length}`}
      </button>
    ),
  };
}
