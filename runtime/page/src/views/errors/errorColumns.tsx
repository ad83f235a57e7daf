import type { ErrorRow, ErrorsResult } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import { Badge } from '../../components/Badge.tsx';
import { Count } from '../../components/Count.tsx';
import type { Column } from '../../components/DataTable.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { plainText } from '../../components/plainText.ts';
import { Time } from '../../components/Time.tsx';
import { TraceLink } from '../../components/TraceLink.tsx';
import { errorHref } from './errorAddress.ts';
import { CATEGORY_NAMES, SEVERITY_TONES, STATE_TONES } from './errorWords.ts';

/** Which rows are chosen. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
}

interface ColumnOptions {
  readonly course: ErrorsResult['course'];
  readonly windowText: string;
  /** Part of the address that goes along to the group. */
  readonly query: Readonly<Record<string, string>>;
  /** Not there for those who may change nothing. */
  readonly selection: Selection | undefined;
  readonly hasReplicas: boolean;
}

/** What a row shows of a group. */
export function errorColumns(options: ColumnOptions): Column<ErrorRow>[] {
  const { course, windowText, query, selection, hasReplicas } = options;
  return [
    ...(selection ? [selectColumn(selection)] : []),
    {
      key: 'group',
      title: 'Group',
      width: 'minmax(9rem, 1fr)',
      render: (row) => <GroupCell row={row} query={query} />,
    },
    {
      key: 'severity',
      title: 'Severity',
      width: '5rem',
      isSortable: true,
      isExtra: true,
      render: ({ severity }) => <Badge tone={SEVERITY_TONES[severity]}>{severity}</Badge>,
    },
    { key: 'state', title: 'State', width: '8.5rem', isExtra: true, render: (row) => <StateCell row={row} /> },
    {
      key: 'bars',
      title: `Last ${windowText}`,
      width: '7rem',
      isExtra: true,
      render: ({ bars, inWindow }) => <SmallBars bars={bars} inWindow={inWindow} slices={course?.slices.length ?? 0} />,
    },
    numberColumn('inWindow', 'In it', '3.5rem', ({ inWindow }) => <Count value={inWindow} />),
    { ...numberColumn('count', 'Count', '4.5rem', ({ count }) => <Count value={count} />), isExtra: true },
    {
      ...numberColumn('users', 'Users', '4rem', ({ users, hasMoreUsers }) => (
        <span title={hasMoreUsers ? 'At least so many' : undefined}>
          <Count value={users} />
          {hasMoreUsers && '+'}
        </span>
      )),
      isExtra: true,
    },
    {
      key: 'lastSeen',
      title: 'Last seen',
      width: '5.5rem',
      isSortable: true,
      render: ({ lastSeenMillis }) => <Time millis={lastSeenMillis} />,
    },
    {
      key: 'firstSeen',
      title: 'First seen',
      width: '5.5rem',
      isSortable: true,
      isExtra: true,
      render: ({ firstSeenMillis }) => <Time millis={firstSeenMillis} />,
    },
    {
      key: 'trace',
      title: 'Trace',
      width: '6rem',
      isExtra: true,
      render: ({ traceId, sampled }) => <TraceLink traceId={traceId} sampled={sampled} />,
    },
    ...(hasReplicas ? [instancesColumn()] : []),
  ];
}

function selectColumn({ ids, toggle }: Selection): Column<ErrorRow> {
  return {
    key: 'select',
    title: 'Choose',
    isTitleHidden: true,
    width: '1.25rem',
    render: ({ id, type }) => (
      <input
        type="checkbox"
        class="row-check"
        aria-label={`Choose ${plainText(type)} ${id}`}
        checked={ids.has(id)}
        onChange={() => toggle(id)}
      />
    ),
  };
}

function numberColumn(key: string, title: string, width: string, render: Column<ErrorRow>['render']): Column<ErrorRow> {
  return { key, title, width, isNumber: true, isSortable: true, render };
}

function instancesColumn(): Column<ErrorRow> {
  return {
    key: 'instances',
    title: 'Instances',
    width: '5rem',
    isExtra: true,
    render: ({ instances }) => <span title={instances.join('\n')}>{instances.length}</span>,
  };
}

function GroupCell({ row, query }: { readonly row: ErrorRow; readonly query: ColumnOptions['query'] }) {
  const { id, type, message, code, culprit, category, severity, isHandled } = row;
  return (
    <div class="group-cell">
      <a href={errorHref(id, query)} title={plainText(`${type}: ${message}`)} class={`group-link is-${severity}`}>
        <bdi>
          <strong>{plainText(type)}</strong> {plainText(message)}
        </bdi>
      </a>
      <span class="group-place hint">
        {CATEGORY_NAMES[category]}
        {!isHandled && ', not handled'}
        {code !== undefined && (
          <>
            {' · '}
            <Foreign text={code} />
          </>
        )}
        {culprit !== undefined && (
          <>
            {' · '}
            <Foreign text={culprit} />
          </>
        )}
      </span>
    </div>
  );
}

function StateCell({ row: { state, isRegressed, spike } }: { readonly row: ErrorRow }) {
  return (
    <span class="state-cell">
      {spike && (
        <span title={`${spike.count} in a minute, where ${spike.expected.toFixed(1)} were expected`}>
          <Badge tone="bad">spike</Badge>
        </span>
      )}
      <Badge tone={STATE_TONES[state]}>{state}</Badge>
      {isRegressed && (
        <span title="It was resolved, and came back">
          <Badge tone="bad">back</Badge>
        </span>
      )}
    </span>
  );
}

interface SmallBarsProps {
  readonly bars: ErrorRow['bars'];
  readonly inWindow: number;
  readonly slices: number;
}

/** The course of a group, small; the number is in the next cell. */
function SmallBars({ bars, inWindow, slices }: SmallBarsProps) {
  if (inWindow === 0) return <span class="hint">–</span>;
  const peak = Math.max(1, ...bars.map(([, errors]) => errors));
  return (
    <svg class="bars small-bars" viewBox={`0 0 ${slices} 20`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map(([slice, errors]) => {
        const height = Math.max(2, (errors / peak) * 20);
        return <rect key={slice} x={slice} y={20 - height} width={0.8} height={height} />;
      })}
    </svg>
  );
}
