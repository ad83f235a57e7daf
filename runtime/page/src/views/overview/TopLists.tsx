import type {
  OverviewResult,
  ShownErrors,
  ShownRequests,
} from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { formatAddress } from '../../address/address.ts';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { formatRatio } from '../../components/counts.ts';
import { Duration } from '../../components/Duration.tsx';
import { formatDuration } from '../../components/durations.ts';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { errorsHref } from '../errors/errorAddress.ts';
import { SEVERITY_TONES } from '../errors/errorWords.ts';
import { FAILURES, requestHref, requestsHref } from '../requests/requestAddress.ts';
import { formatRate } from '../requests/requestWords.ts';
import { WINDOW_NAMES } from './overviewWords.ts';

/** The groups of errors that somebody should look at first. */
export function PressingGroups({ errors }: { readonly errors: ShownErrors | undefined }) {
  if (errors === undefined) {
    return (
      <section class="card" aria-labelledby="pressing">
        <h2 id="pressing">Groups of errors</h2>
        <p class="hint">
          No data: <code>createObservability</code> was given <code>errors: false</code>.
        </p>
      </section>
    );
  }
  const { pressing, unresolved, acknowledged } = errors;
  const open = unresolved.low + unresolved.medium + unresolved.high + unresolved.critical;
  return (
    <section class="card" aria-labelledby="pressing">
      <h2 id="pressing">
        <a href={errorsHref({ state: 'unresolved' })}>Errors to look at first</a>{' '}
        <span class="hint">
          <a href={errorsHref({ state: 'unresolved' })}>
            <Count value={open} /> unresolved
          </a>
          ,{' '}
          <a href={errorsHref({ state: 'acknowledged' })}>
            <Count value={acknowledged} /> looked at
          </a>
        </span>
      </h2>
      {pressing.length === 0 && <p class="hint">None: every group is resolved or ignored, or there was no error.</p>}
      <ul class="plain groups">
        {pressing.map((group) => (
          <li key={group.id}>
            <Badge tone={SEVERITY_TONES[group.severity]}>{group.severity}</Badge>
            <span class="group-name">
              <a href={formatAddress({ path: ['errors', group.id], query: {} })}>
                <Foreign text={group.message === '' ? group.type : `${group.type}: ${group.message}`} />
              </a>
              <span class="hint one-line">
                {group.culprit !== undefined && <Foreign text={group.culprit} />}
                {group.spike && ' · spiking'}
                {group.regressedMillis !== undefined && ' · came back'}
                {group.state === 'acknowledged' && ' · somebody looks at it'}
              </span>
            </span>
            <span class="number">
              <Count value={group.count} /> ×
              <span class="hint group-when">
                {group.users > 0 && `${group.users} ${group.users === 1 ? 'user' : 'users'} · `}
                <Time millis={group.lastSeenMillis} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RequestListProps {
  readonly requests: ShownRequests;
  readonly window: OverviewResult['window'];
}

/** The operations with the highest 95th percentiles. */
export function SlowestOperations({ requests: { operations }, window }: RequestListProps) {
  return (
    <section class="card" aria-labelledby="slowest">
      <h2 id="slowest">
        <a href={requestsHref('groups', {}, { order: 'p95', window })}>Slowest operations</a>{' '}
        <span class="hint">last {WINDOW_NAMES[window]}</span>
      </h2>
      {operations.length === 0 ? (
        <p class="hint">No operation was called three times.</p>
      ) : (
        <table class="facts">
          <thead>
            <tr>
              <th scope="col">Operation</th>
              <th scope="col" class="number">
                p95
              </th>
              <th scope="col" class="number">
                Failed
              </th>
              <th scope="col" class="number">
                Rate
              </th>
            </tr>
          </thead>
          <tbody>
            {operations.slice(0, 6).map(({ operation, p95Millis, errorRatio, ratePerSecond }) => (
              <tr key={operation}>
                <th scope="row">
                  <a href={requestsHref('finished', { operation }, { order: 'slowest' })}>
                    <Foreign text={operation} />
                  </a>
                </th>
                <td class="number">{p95Millis === undefined ? '–' : formatDuration(p95Millis)}</td>
                <td class="number">{errorRatio === undefined ? '–' : formatRatio(errorRatio)}</td>
                <td class="number">{formatRate(ratePerSecond)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The requests that have been stuck for longest, and the users whose requests failed most. */
export function StuckAndUsers({ requests, window }: RequestListProps) {
  const { stuck, stuckCount, stuckAfterMillis, failingUsers } = requests;
  return (
    <section class="card" aria-labelledby="stuck">
      <h2 id="stuck">
        <a href={requestsHref('live', {}, { show: 'stuck' })}>Stuck requests</a> <span class="hint">{stuckCount}</span>
      </h2>
      {stuck.length === 0 && (
        <p class="hint">None has been under way for {formatDuration(stuckAfterMillis)} or longer.</p>
      )}
      <ul class="plain">
        {stuck.map(({ id, instance, operation, durationMillis, waitsIn, traceId, sampled, spanId }) => (
          <li key={`${instance} ${id}`} class="one-line">
            <Duration millis={durationMillis} />{' '}
            <a href={requestHref(id)}>
              <Foreign text={operation} />
            </a>{' '}
            {waitsIn && (
              <span class="hint">
                in <Foreign text={waitsIn.name} />
              </span>
            )}{' '}
            <TraceLink traceId={traceId} sampled={sampled} spanId={waitsIn?.spanId ?? spanId} />
          </li>
        ))}
      </ul>
      <h3>
        <a href={requestsHref('groups', {}, { by: 'userId', order: 'failed', window })}>Users in trouble</a>
      </h3>
      {failingUsers.length === 0 ? (
        <p class="hint">No request of a known user failed.</p>
      ) : (
        <ul class="plain">
          {failingUsers.slice(0, 5).map(({ userId, count, failures }) => (
            <li key={userId} class="one-line">
              <a href={requestsHref('finished', { userId, ...FAILURES })}>
                <Foreign text={userId} />
              </a>{' '}
              <span class="hint">
                {failures} of {count} failed
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** What people, or the groups themselves, did last. */
export function LastChanges({ errors: { changes } }: { readonly errors: ShownErrors }) {
  return (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">Last resolutions and reopenings</h2>
      {changes.length === 0 && <p class="hint">Nobody has resolved, acknowledged or ignored a group yet.</p>}
      <ul class="plain">
        {changes.map(({ id, type, from, to, atMillis, by, note }) => (
          <li key={`${id} ${to}`}>
            <span class="one-line">
              <a href={formatAddress({ path: ['errors', id], query: {} })}>
                <Foreign text={type} />
              </a>{' '}
              {from === 'resolved' && to === 'open' && by === undefined ? 'came back' : to}{' '}
              <span class="hint">
                {by !== undefined && (
                  <>
                    by <Foreign text={by} />{' '}
                  </>
                )}
                <Time millis={atMillis} />
              </span>
            </span>
            {note !== undefined && (
              <span class="hint one-line">
                “<Foreign text={note} />”
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
