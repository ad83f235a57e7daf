import type { TraceRow } from '../../../../src/dashboard/api/traces/traceRowsSchema.ts';
import { formatDuration } from '../../components/durations.ts';
import { plainText } from '../../components/plainText.ts';
import type { TimeRange } from './traceAddress.ts';
import { placeOf } from './waterfallModel.ts';

interface WaterfallLineProps {
  readonly row: TraceRow;
  readonly index: number;
  /** Which of the lines that are not folded away. */
  readonly line: number;
  readonly startPixels: number;
  /** How many rows are folded away beneath it. */
  readonly hiddenCount: number;
  readonly isCollapsed: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly isFound: boolean;
  readonly colour: number;
  readonly range: TimeRange;
  readonly onToggle: (index: number) => void;
  readonly onSelect: (index: number) => void;
}

/** Beyond this depth names would have no room. */
const MOST_INDENT = 16;

/** How many sections of the critical path are drawn in a row: more cannot be told apart. */
const MOST_SECTIONS = 200;

/** One span: its name in the tree, and its time as a bar. */
export function WaterfallLine(props: WaterfallLineProps) {
  const { row, index, line, startPixels, isCollapsed, isActive, isSelected, isFound, onSelect } = props;
  const classes = [
    'waterfall-row',
    isActive && 'is-active',
    isSelected && 'is-selected',
    isFound && 'is-found',
    row.isError && 'is-bad',
  ];
  return (
    <div
      id={`span-${index}`}
      role="row"
      class={classes.filter(Boolean).join(' ')}
      aria-level={row.depth + 1}
      aria-rowindex={line + 1}
      aria-selected={isSelected}
      aria-expanded={row.hasChildren ? !isCollapsed : undefined}
      style={{ transform: `translateY(${startPixels}px)` }}
      onClick={() => onSelect(index)}
    >
      <NameCell {...props} />
      <div role="gridcell" class="waterfall-time">
        <SpanBar {...props} />
      </div>
    </div>
  );
}

function NameCell({ row, index, isCollapsed, hiddenCount, isFound, colour, onToggle }: WaterfallLineProps) {
  const { depth, service, operation, hasChildren, isError, isOrphan, isOnCriticalPath } = row;
  const name = `${plainText(service)}: ${plainText(operation)}`;
  return (
    <div
      role="gridcell"
      class="waterfall-name"
      style={{ paddingLeft: `calc(${Math.min(depth, MOST_INDENT)} * var(--indent) + 0.25rem)` }}
      title={depth > MOST_INDENT ? `${name} (${depth} deep)` : name}
    >
      {hasChildren ? (
        <button
          type="button"
          class="fold"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(index);
          }}
        >
          {isCollapsed ? '▸' : '▾'}
        </button>
      ) : (
        <span class="fold" aria-hidden="true" />
      )}
      <span class={`service-mark service-${colour}`} aria-hidden="true" />
      {isError && (
        <span class="failed-mark" aria-hidden="true">
          !
        </span>
      )}
      <bdi class="waterfall-operation">{plainText(operation)}</bdi>
      <bdi class="hint">{plainText(service)}</bdi>
      <span class="visually-hidden">
        {isError && ', failed'}
        {isOnCriticalPath && ', on the critical path'}
        {isOrphan && ', its parent is missing'}
        {isFound && ', found'}
      </span>
      {isOrphan && (
        <span class="hint" title="Its parent is missing" aria-hidden="true">
          ⚠
        </span>
      )}
      {hiddenCount > 0 && <span class="badge">+{hiddenCount}</span>}
    </div>
  );
}

function SpanBar({ row, colour, range }: WaterfallLineProps) {
  const { startMicros, durationMicros, isError, criticalSections } = row;
  const place = placeOf(startMicros, durationMicros, range);
  const took = formatDuration(durationMicros / 1000);
  if (place === undefined) {
    return <span class={`span-outside${startMicros > range.to ? ' is-later' : ''}`}>{took}</span>;
  }
  const isLabelLeft = place.left + place.width > 70 && place.left > 25;
  const isLabelInside = place.left + place.width > 70 && !isLabelLeft;
  const labelStyle = isLabelLeft
    ? { right: `${100 - place.left}%` }
    : isLabelInside
      ? { right: `${100 - place.left - place.width}%` }
      : { left: `${place.left + place.width}%` };
  return (
    <>
      <span
        class={`span-bar service-${colour}${isError ? ' is-failed' : ''}`}
        style={{ left: `${place.left}%`, width: `${place.width}%` }}
      />
      {criticalSections.slice(0, MOST_SECTIONS).map((section) => {
        const on = placeOf(section.startMicros, section.durationMicros, range);
        return on === undefined ? null : (
          <span
            key={section.startMicros}
            class="critical-section"
            style={{ left: `${on.left}%`, width: `${on.width}%` }}
          />
        );
      })}
      <span class={`span-took${isLabelInside ? ' is-inside' : ''}`} style={labelStyle}>
        {took}
      </span>
    </>
  );
}
