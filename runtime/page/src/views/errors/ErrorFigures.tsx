import type { GroupHappening } from '../../../../src/dashboard/api/errors/errorSchema.ts';
import type { ErrorsResult } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import type { ComponentChildren } from 'preact';
import { formatAddress } from '../../address/address.ts';
import { Count } from '../../components/Count.tsx';
import { formatCount } from '../../components/counts.ts';
import { CourseBars, type CourseMark } from './CourseBars.tsx';
import { errorsHref } from './errorAddress.ts';
import { timesText, trendText } from './errorWords.ts';

interface ErrorFiguresProps {
  readonly result: ErrorsResult;
  readonly windowText: string;
  /** Part of the address that stays where figures lead to their groups. */
  readonly kept: Readonly<Record<string, string>>;
}

/** How errors come now: figures of the window, and its course. */
export function ErrorFigures({ result, windowText, kept }: ErrorFiguresProps) {
  const { figures, course, ungrouped, totals } = result;
  const { errors, perMinute, newGroups, regressions, spikes, resolutions, trend } = figures;
  const all = errorsHref({ ...kept, state: 'any', seen: 'true', order: 'inWindow' });
  const groups = (happened: GroupHappening) => (
    <a href={errorsHref({ ...kept, state: 'any', happened, order: happened === 'appeared' ? 'firstSeen' : '' })}>
      <Count value={totals.happened[happened] ?? 0} />
    </a>
  );
  return (
    <section class="error-figures" aria-label={`Errors of the last ${windowText}`}>
      <dl class="totals">
        <Figure name="Errors" title={`In the last ${windowText}, of all groups`}>
          <a href={all}>
            <Count value={errors} />
          </a>
        </Figure>
        <Figure name="Per minute">
          <a href={all}>{formatCount(perMinute < 10 ? Math.round(perMinute * 100) / 100 : Math.round(perMinute))}</a>
        </Figure>
        <Figure name="New groups" title={`Groups that were seen first; it happened ${timesText(newGroups)}`}>
          {groups('appeared')}
        </Figure>
        <Figure
          name="Came back"
          title={`Groups that were resolved and came back; it happened ${timesText(regressions)}`}
        >
          {groups('regressed')}
        </Figure>
        <Figure
          name="Spikes"
          title={`Groups that began to come significantly more often than in the hour before; it happened ${timesText(spikes)}`}
        >
          {groups('spiked')}
        </Figure>
        <Figure name="Resolved" title={`Groups that somebody resolved; it happened ${timesText(resolutions)}`}>
          {groups('resolved')}
        </Figure>
        <Figure name="Trend" title="The newer half of the window against the older">
          <span class="error-trend">{errors === 0 ? 'none' : trendText(trend)}</span>
        </Figure>
      </dl>
      {course && (
        <CourseBars
          label={`Errors in the last ${windowText}`}
          startMillis={course.startMillis}
          sliceMillis={course.sliceMillis}
          values={course.slices.map(([count]) => count)}
          marks={marksOf(course)}
        />
      )}
      {ungrouped > 0 && (
        <p class="hint">
          <Count value={ungrouped} /> errors belong to no group that is kept:{' '}
          <a href={formatAddress({ path: ['accounting'], query: {} })}>why, is in the accounting</a>.
        </p>
      )}
    </section>
  );
}

/** Spikes and groups that came back; new groups are too many at the start of an application. */
function marksOf({ startMillis, sliceMillis, slices }: NonNullable<ErrorsResult['course']>): CourseMark[] {
  return slices.flatMap(([, , back, spikes], index) => {
    const atMillis = startMillis + index * sliceMillis;
    return [
      ...(spikes > 0 ? [{ atMillis, text: spikes === 1 ? 'a spike' : `${spikes} spikes`, isBad: true }] : []),
      ...(back > 0 ? [{ atMillis, text: back === 1 ? 'a group came back' : `${back} groups came back` }] : []),
    ];
  });
}

interface FigureProps {
  readonly name: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

function Figure({ name, title, children }: FigureProps) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
