import type { ErrorsResult } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import type { ComponentChildren } from 'preact';
import { formatAddress } from '../../address/address.ts';
import { Count } from '../../components/Count.tsx';
import { formatCount } from '../../components/counts.ts';
import { CourseBars, type CourseMark } from './CourseBars.tsx';
import { errorsHref } from './errorAddress.ts';
import { trendText } from './errorWords.ts';

interface ErrorFiguresProps {
  readonly result: ErrorsResult;
  readonly windowText: string;
  /** Part of the address that stays where figures lead to their groups. */
  readonly kept: Readonly<Record<string, string>>;
}

/** How errors come now: figures of the window, and its course. */
export function ErrorFigures({ result, windowText, kept }: ErrorFiguresProps) {
  const { figures, course, ungrouped } = result;
  const { errors, perMinute, newGroups, regressions, spikes, resolutions, trend } = figures;
  return (
    <section class="error-figures" aria-label={`Errors of the last ${windowText}`}>
      <dl class="totals">
        <Figure name="Errors" title={`In the last ${windowText}, of all groups`}>
          <a href={errorsHref({ ...kept, state: 'any', seen: 'true', order: 'inWindow' })}>
            <Count value={errors} />
          </a>
        </Figure>
        <Figure name="Per minute">
          {formatCount(perMinute < 10 ? Math.round(perMinute * 100) / 100 : Math.round(perMinute))}
        </Figure>
        <Figure name="New groups">
          <a href={errorsHref({ ...kept, state: 'any', order: 'firstSeen' })}>
            <Count value={newGroups} />
          </a>
        </Figure>
        <Figure name="Came back" title="Groups that were resolved and came back">
          <Count value={regressions} />
        </Figure>
        <Figure name="Spikes" title="Groups that came significantly more often than in the hour before">
          <Count value={spikes} />
        </Figure>
        <Figure name="Resolved">
          <a href={errorsHref({ ...kept, state: 'resolved' })}>
            <Count value={resolutions} />
          </a>
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
