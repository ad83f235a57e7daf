import type { TraceNamesResult } from '../../../../src/dashboard/api/traces/traceNamesSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { Select } from '../../components/Select.tsx';
import { TextFilter } from '../../components/TextFilter.tsx';
import { formatTime } from '../../components/Time.tsx';
import { plainText } from '../../components/plainText.ts';
import { hasErrorTag, toggledErrorTag } from './tagText.ts';
import { TRACE_FILTERS, type TraceFilters } from './traceAddress.ts';

const WINDOWS = [
  { value: '15', text: 'last 15 minutes' },
  { value: '60', text: 'last hour' },
  { value: '360', text: 'last 6 hours' },
  { value: '1440', text: 'last day' },
  { value: '2880', text: 'last 2 days' },
  { value: '10080', text: 'last week' },
];

const LIMITS = ['20', '50', '100'];

interface TraceFilterBarProps {
  readonly filters: TraceFilters;
  /** `undefined` while it is not known. */
  readonly names: TraceNamesResult | undefined;
}

/** What traces are sought by. */
export function TraceFilterBar({ filters, names }: TraceFilterBarProps) {
  const { service = '', operation = '', tags = '', minDurationMillis = '', maxDurationMillis = '' } = filters;
  const { lastMinutes = '60', startedFromMillis, startedUntilMillis, limit = '20' } = filters;
  const isFixed = startedFromMillis !== undefined || startedUntilMillis !== undefined;
  const isNarrowed = TRACE_FILTERS.some((name) => name !== 'service' && filters[name] !== undefined);
  return (
    <form class="filters trace-filters" role="search" aria-label="Search traces" onSubmit={(e) => e.preventDefault()}>
      <Select
        label="Service"
        value={service}
        options={named(names?.services ?? [], service)}
        onChange={(chosen) => changeQuery({ service: chosen, operation: '' })}
      />
      <Select
        label="Operation"
        value={operation}
        options={[{ value: '', text: 'any' }, ...named(names?.operations ?? [], operation)]}
        onChange={(chosen) => changeQuery({ operation: chosen })}
      />
      <TextFilter
        label="Tags"
        value={tags}
        placeholder='error=true http.route="/a b"'
        onChange={(typed) => changeQuery({ tags: typed })}
      />
      <TextFilter
        label="At least, ms"
        value={minDurationMillis}
        onChange={(typed) => changeQuery({ minDurationMillis: numberText(typed) })}
      />
      <TextFilter
        label="At most, ms"
        value={maxDurationMillis}
        onChange={(typed) => changeQuery({ maxDurationMillis: numberText(typed) })}
      />
      {isFixed ? (
        <button
          type="button"
          class="filter-chip"
          title="Press to look at the time before now"
          onClick={() => changeQuery({ startedFromMillis: '', startedUntilMillis: '' })}
        >
          {startedFromMillis !== undefined && `from ${formatTime(Number(startedFromMillis))}`}{' '}
          {startedUntilMillis !== undefined && `until ${formatTime(Number(startedUntilMillis))}`}{' '}
          <span aria-hidden="true">×</span>
          <span class="visually-hidden">, take it out</span>
        </button>
      ) : (
        <Select
          label="Began"
          value={lastMinutes}
          options={
            WINDOWS.some(({ value }) => value === lastMinutes)
              ? WINDOWS
              : [...WINDOWS, { value: lastMinutes, text: `last ${lastMinutes} minutes` }]
          }
          onChange={(chosen) => changeQuery({ lastMinutes: chosen === '60' ? '' : chosen })}
        />
      )}
      <Select
        label="Traces"
        value={limit}
        options={[...new Set([...LIMITS, limit])].map((value) => ({ value, text: value }))}
        onChange={(chosen) => changeQuery({ limit: chosen === '20' ? '' : chosen })}
      />
      <button
        type="button"
        aria-pressed={hasErrorTag(tags)}
        onClick={() => changeQuery({ tags: toggledErrorTag(tags) })}
      >
        Only failed
      </button>
      {isNarrowed && (
        <button
          type="button"
          onClick={() => changeQuery({ ...Object.fromEntries(TRACE_FILTERS.map((name) => [name, ''])), service })}
        >
          Clear
        </button>
      )}
    </form>
  );
}

/** One that is chosen is always among them. */
function named(names: readonly string[], chosen: string) {
  const all = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
  return all.map((name) => ({ value: name, text: plainText(name) }));
}

/** The API says what is wrong with all that is no number; a comma is how some write a point. */
function numberText(typed: string): string {
  return typed.replace(',', '.');
}
