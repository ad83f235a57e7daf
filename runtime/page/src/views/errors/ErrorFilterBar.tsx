import { useState } from 'preact/hooks';
import type { ErrorsResult } from '../../../../src/dashboard/api/errors/errorsSchema.ts';
import { changeQuery } from '../../address/useAddress.ts';
import { plainText } from '../../components/plainText.ts';
import { Select } from '../../components/Select.tsx';
import { TextFilter } from '../../components/TextFilter.tsx';
import { ERROR_FILTERS, type ErrorFilterName, type ErrorFilters, type WindowName, WINDOWS } from './errorAddress.ts';
import { CATEGORIES, CATEGORY_NAMES, HAPPENING_NAMES, HAPPENINGS, SEVERITIES, STATES } from './errorWords.ts';

interface ErrorFilterBarProps {
  readonly filters: ErrorFilters;
  readonly window: WindowName;
  readonly result: ErrorsResult;
  readonly instances: readonly string[];
}

/** What the list is narrowed by; how many groups there are of each kind stands beside. */
export function ErrorFilterBar({ filters, window, result, instances }: ErrorFilterBarProps) {
  const [isOpen, setOpen] = useState(false);
  const { totals, releases } = result;
  const set = Object.keys(filters).length;
  const value = (name: ErrorFilterName): string => filters[name] ?? '';
  const change = (name: ErrorFilterName) => (chosen: string) => changeQuery({ [name]: chosen });
  const unresolved = (totals.state.open ?? 0) + (totals.state.acknowledged ?? 0);
  return (
    <form
      class={`filters request-filters error-filters${isOpen ? ' is-open' : ''}`}
      role="search"
      aria-label="Narrow the list"
      onSubmit={(event) => event.preventDefault()}
    >
      <button type="button" class="filters-switch" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide filters' : 'Filters'}
        {set > 0 && ` (${set} set)`}
      </button>
      <TextFilter
        label="Text"
        value={value('text')}
        placeholder="type, message, code, place"
        onChange={change('text')}
      />
      <Select
        label="State"
        value={value('state')}
        options={[
          { value: '', text: `unresolved (${unresolved})` },
          ...STATES.map((state) => ({ value: state, text: `${state} (${totals.state[state] ?? 0})` })),
          { value: 'any', text: `any (${totals.groups})` },
        ]}
        onChange={change('state')}
      />
      <Select
        label="Severity"
        value={value('severity')}
        options={any(SEVERITIES.map((name) => ({ value: name, text: `${name} (${totals.severity[name] ?? 0})` })))}
        onChange={change('severity')}
      />
      <Select
        label="Category"
        value={value('category')}
        options={any(
          CATEGORIES.map((name) => ({ value: name, text: `${CATEGORY_NAMES[name]} (${totals.category[name] ?? 0})` })),
        )}
        onChange={change('category')}
      />
      <Select
        label="Release"
        value={value('release')}
        options={any(namesWith(releases, filters.release))}
        onChange={change('release')}
      />
      <TextFilter label="User" value={value('userId')} onChange={change('userId')} />
      <Select
        label="Handled"
        value={value('handled')}
        options={any([
          { value: 'false', text: 'not handled' },
          { value: 'true', text: 'handled' },
        ])}
        onChange={change('handled')}
      />
      {(instances.length > 1 || filters.instance !== undefined) && (
        <Select
          label="Instance"
          value={value('instance')}
          options={any(namesWith(instances, filters.instance))}
          onChange={change('instance')}
        />
      )}
      <Select
        label="Window"
        value={window}
        options={WINDOWS}
        onChange={(chosen) => changeQuery({ window: chosen === '1h' ? '' : chosen })}
      />
      <Select
        label="In the window"
        value={value('happened')}
        options={any(
          HAPPENINGS.map((name) => ({ value: name, text: `${HAPPENING_NAMES[name]} (${totals.happened[name] ?? 0})` })),
        )}
        onChange={change('happened')}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={value('seen') === 'true'}
          onChange={({ currentTarget }) => changeQuery({ seen: currentTarget.checked ? 'true' : '' })}
        />
        seen in the window
      </label>
      {set > 0 && (
        <button type="button" onClick={() => changeQuery(Object.fromEntries(ERROR_FILTERS.map((name) => [name, ''])))}>
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

function any(choices: readonly Choice[]): Choice[] {
  return [{ value: '', text: 'any' }, ...choices];
}

/** What the address says is there to be seen, be it among what is shown or not. */
function namesWith(names: readonly string[], said: string | undefined): Choice[] {
  const all = said === undefined || names.includes(said) ? names : [...names, said];
  return all.map((name) => ({ value: name, text: plainText(name) }));
}
