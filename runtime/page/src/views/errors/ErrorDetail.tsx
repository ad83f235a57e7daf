import type { ErrorDetailResult, GroupFacts } from '../../../../src/dashboard/api/errors/errorDetailSchema.ts';
import type { Address } from '../../address/address.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { Select } from '../../components/Select.tsx';
import { Time } from '../../components/Time.tsx';
import { CopyButton } from './CopyButton.tsx';
import { CourseBars, type CourseMark } from './CourseBars.tsx';
import { errorsHref, windowOf, WINDOWS } from './errorAddress.ts';
import { CATEGORY_NAMES, SEVERITY_TONES, STATE_TONES, usersText } from './errorWords.ts';
import { EventSection } from './EventSection.tsx';
import { GroupActions } from './GroupActions.tsx';
import { EventList, InstanceList, ReleaseList, UserList } from './GroupSide.tsx';
import { HistoryList } from './HistoryList.tsx';
import { LongText } from '../../components/LongText.tsx';
import { ticketText } from './ticketText.ts';

/** A group of errors with all that is known of it. */
export function ErrorDetail({ id, address: { query } }: { readonly id: string; readonly address: Address }) {
  const window = windowOf(query, '24h');
  const asked = query['event'];
  const viewed = useView<ErrorDetailResult>({
    path: `errors/${encodeURIComponent(id)}`,
    query: { window, ...(asked !== undefined && { event: asked }) },
    topics: ['errors'],
  });
  const kept: Readonly<Record<string, string>> = query['window'] === undefined ? {} : { window };
  return (
    <>
      <p class="trail">
        <a href={errorsHref()}>Errors</a>
      </p>
      <Answered title="Error group" viewed={viewed}>
        {(result, { instances }) => {
          const { group, event, events, course } = result;
          const versions = instances.flatMap(({ instance }) => instance?.version ?? []);
          return (
            <div class="error-detail">
              <GroupHead result={result} release={versions[0]} onChanged={viewed.refresh} />
              <section class="card error-course" aria-labelledby="course-title">
                <header class="event-header">
                  <h2 id="course-title">
                    <Count value={group.inWindow} /> in the last {windowText(window)}
                  </h2>
                  <Select
                    label="Window"
                    value={window}
                    options={WINDOWS}
                    onChange={(chosen) => changeQuery({ window: chosen })}
                  />
                </header>
                <CourseBars
                  label={`Errors of this group in the last ${windowText(window)}`}
                  startMillis={course.startMillis}
                  sliceMillis={course.sliceMillis}
                  values={course.errors}
                  marks={marksOf(result)}
                />
              </section>
              <div class="error-main">
                {event ? (
                  <EventSection id={id} event={event} events={events} asked={asked} query={kept} />
                ) : (
                  <p class="card hint">None of its errors is kept whole: memory was short, or it was counted only.</p>
                )}
              </div>
              <div class="error-side stack">
                <HistoryList {...result} />
                <EventList result={result} query={kept} />
                <UserList {...result} />
                <ReleaseList {...result} />
                <InstanceList {...result} />
              </div>
            </div>
          );
        }}
      </Answered>
    </>
  );
}

interface GroupHeadProps {
  readonly result: ErrorDetailResult;
  readonly release: string | undefined;
  readonly onChanged: () => void;
}

function GroupHead({ result, release, onChanged }: GroupHeadProps) {
  const { group } = result;
  const { id, type, message, code, culprit } = group;
  return (
    <section class="card error-head" aria-labelledby="group-title">
      <h2 id="group-title">
        <bdi>{plainText(type)}</bdi>
      </h2>
      <p class="error-message">
        <LongText text={message} />
      </p>
      <GroupBadges group={group} />
      <p class="hint">
        {culprit !== undefined && (
          <>
            at <Foreign text={culprit} />,{' '}
          </>
        )}
        {code !== undefined && (
          <>
            code <Foreign text={code} />,{' '}
          </>
        )}
        group <span class="id">{id}</span>
      </p>
      <GroupFigures group={group} />
      <div class="head-actions">
        <GroupActions group={group} release={release} onChanged={onChanged} />
        <CopyButton label="Copy for a ticket" textOf={() => ticketOf(result)} />
      </div>
    </section>
  );
}

function GroupBadges({ group }: { readonly group: GroupFacts }) {
  const { state, severity, category, isRegressed, spike, severityGiven, categoryGiven } = group;
  return (
    <p class="badges">
      <Badge tone={STATE_TONES[state]}>{state}</Badge>
      {isRegressed && <Badge tone="bad">came back after it was resolved</Badge>}
      {spike && (
        <Badge tone="bad">
          spike: {spike.count} in a minute, where {spike.expected.toFixed(1)} were expected
        </Badge>
      )}
      <span title={givenTitle(severityGiven)}>
        <Badge tone={SEVERITY_TONES[severity]}>
          {severity}
          {severityGiven && ' (given)'}
        </Badge>
      </span>
      <span title={givenTitle(categoryGiven)}>
        <Badge>
          {CATEGORY_NAMES[category]}
          {categoryGiven && ' (given)'}
        </Badge>
      </span>
    </p>
  );
}

function givenTitle(given: GroupFacts['severityGiven'] | GroupFacts['categoryGiven']): string | undefined {
  if (given === undefined) return undefined;
  const { by = 'somebody', note } = given;
  return plainText(`Given by ${by}${note === undefined ? '' : `: ${note}`}`);
}

function GroupFigures({ group }: { readonly group: GroupFacts }) {
  const { count, users, hasMoreUsers, firstSeenMillis, lastSeenMillis, firstRelease, lastRelease } = group;
  return (
    <dl class="totals">
      <div>
        <dt>Errors</dt>
        <dd>
          <Count value={count} />
        </dd>
      </div>
      <div>
        <dt>Users</dt>
        <dd>{usersText(users, hasMoreUsers)}</dd>
      </div>
      <Seen name="First seen" millis={firstSeenMillis} release={firstRelease} />
      <Seen name="Last seen" millis={lastSeenMillis} release={lastRelease} />
    </dl>
  );
}

interface SeenProps {
  readonly name: string;
  readonly millis: number;
  readonly release: string | undefined;
}

function Seen({ name, millis, release }: SeenProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Time millis={millis} />
        {release !== undefined && (
          <span class="hint">
            {' '}
            in <Foreign text={release} />
          </span>
        )}
      </dd>
    </div>
  );
}

/** Releases as they came, and that it came back. */
function marksOf({ group, history }: ErrorDetailResult): CourseMark[] {
  const releases = group.releases.flatMap(({ release, sinceMillis }) =>
    sinceMillis === undefined ? [] : [{ atMillis: sinceMillis, text: `first in ${plainText(release)}` }],
  );
  const changes = history.map(({ to, from, atMillis, by }) => ({
    atMillis,
    text: by === undefined && from === 'resolved' ? 'came back' : to === 'open' ? 'opened' : to,
    isBad: by === undefined && from === 'resolved',
  }));
  return [...releases, ...changes].sort((a, b) => a.atMillis - b.atMillis);
}

function ticketOf(result: ErrorDetailResult): string {
  return ticketText(result, location.href);
}

function windowText(window: string): string {
  return WINDOWS.find(({ value }) => value === window)?.text ?? window;
}
