import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { RequestState } from '../../../../src/dashboard/api/requests/requestSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { plainText } from '../../components/plainText.ts';
import { Select } from '../../components/Select.tsx';
import { TextFilter } from '../../components/TextFilter.tsx';
import { formatTime } from '../../components/Time.tsx';
import { REQUEST_FILTERS, type RequestFilterName, type RequestFilters } from './requestAddress.ts';
import { FAILURE_REASONS, STATES } from './requestWords.ts';

interface RequestFilterBarProps {
  readonly filters: RequestFilters;
  /** What has a field; whatever else is set is shown, too, with a way to take it out. */
  readonly names: readonly RequestFilterName[];
  readonly states?: readonly RequestState[];
  /** Further fields. */
  readonly children?: ComponentChildren;
}

const LABELS: Readonly<Record<RequestFilterName, string>> = {
  id: 'ID',
  operation: 'Operation',
  userId: 'User',
  agentId: 'Agent',
  parentId: 'Part of',
  traceId: 'Trace',
  state: 'State',
  failureReason: 'Failed for',
  failureType: 'Type of failure',
  cancelled: 'Cancelled',
  sampled: 'Trace recorded',
  minDurationMillis: 'At least, ms',
  maxDurationMillis: 'At most, ms',
  startedFromMillis: 'Started from',
  startedBeforeMillis: 'Started before',
  instance: 'Instance',
};

const TIMES: readonly RequestFilterName[] = ['startedFromMillis', 'startedBeforeMillis'];

/** What the list is narrowed by. */
export function RequestFilterBar({ filters, names, states = STATES, children }: RequestFilterBarProps) {
  const [isOpen, setOpen] = useState(false);
  const set = Object.keys(filters).length;
  const others = REQUEST_FILTERS.filter((name) => filters[name] !== undefined && !names.includes(name));
  return (
    <form
      class={`filters request-filters${isOpen ? ' is-open' : ''}`}
      role="search"
      aria-label="Narrow the list"
      onSubmit={(event) => event.preventDefault()}
    >
      {/* On a phone, fields would push the list out of sight. */}
      <button type="button" class="filters-switch" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide filters' : 'Filters'}
        {set > 0 && ` (${set} set)`}
      </button>
      {names.map((name) => (
        <Field key={name} name={name} value={filters[name] ?? ''} states={states} />
      ))}
      {children}
      {others.map((name) => (
        <button
          key={name}
          type="button"
          class="filter-chip"
          onClick={() => changeQuery({ [name]: '' })}
          title="Press to take it out"
        >
          {LABELS[name]}: {valueWords(name, filters[name] ?? '')} <span aria-hidden="true">×</span>
          <span class="visually-hidden">, take it out</span>
        </button>
      ))}
      {set > 0 && (
        <button
          type="button"
          onClick={() => changeQuery(Object.fromEntries(REQUEST_FILTERS.map((name) => [name, ''])))}
        >
          Clear
        </button>
      )}
    </form>
  );
}

interface Choice {
  readonly value: string;
  readonly text: string;
}

const YES_OR_NO: readonly Choice[] = [
  { value: 'true', text: 'yes' },
  { value: 'false', text: 'no' },
];

function valueWords(name: RequestFilterName, value: string): string {
  if (TIMES.includes(name)) return formatTime(Number(value));
  const answer = name === 'cancelled' ? YES_OR_NO.find((choice) => choice.value === value) : undefined;
  return answer?.text ?? plainText(value);
}

interface FieldProps {
  readonly name: RequestFilterName;
  readonly value: string;
  readonly states: readonly RequestState[];
}

function Field({ name, value, states }: FieldProps) {
  const label = LABELS[name];
  const change = (changed: string) => changeQuery({ [name]: changed });
  const options = choicesOf(name, states);
  if (options === undefined) return <TextFilter label={label} value={value} onChange={change} />;
  return <Select label={label} value={value} options={options} onChange={change} />;
}

/** `undefined` for what is any text. */
function choicesOf(name: RequestFilterName, states: readonly RequestState[]): Choice[] | undefined {
  if (name === 'state') return choices(states);
  if (name === 'failureReason') return choices(FAILURE_REASONS);
  if (name === 'sampled') return [...choices([]), ...YES_OR_NO];
  return undefined;
}

function choices(values: readonly string[]): Choice[] {
  return [{ value: '', text: 'any' }, ...values.map((value) => ({ value, text: value }))];
}
