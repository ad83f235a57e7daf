import type { Address } from '../../address/address.ts';
import { changeQuery, goTo } from '../../address/useAddress.ts';
import { formatChartTime } from '../../components/chartContract.ts';
import { Select } from '../../components/Select.tsx';
import { rangeOf, WINDOWS } from './performanceAddress.ts';

const TITLES = { '15m': '15 min', '1h': '1 h', '6h': '6 h', '24h': '24 h', '7d': '7 d' } as const;

interface RangeBarProps {
  readonly address: Address;
  /** IDs of instances that answered. */
  readonly instances: readonly string[];
}

/** Which time is shown, and of which instance. */
export function RangeBar({ address, instances }: RangeBarProps) {
  const { window, fromMillis, toMillis } = rangeOf(address);
  const { instance = '' } = address.query;
  // One that answers no more can be left, too.
  const named = instance === '' || instances.includes(instance) ? instances : [...instances, instance];
  return (
    <div class="range-bar">
      <div class="segments" role="group" aria-label="Time up to now">
        {WINDOWS.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={fromMillis === undefined && name === window}
            onClick={() => changeQuery({ window: name, from: '', to: '' })}
          >
            {TITLES[name]}
          </button>
        ))}
      </div>
      {fromMillis !== undefined && toMillis !== undefined && (
        <p class="range-zoom">
          {formatChartTime(fromMillis)} to {formatChartTime(toMillis)}{' '}
          <button type="button" onClick={() => changeQuery({ from: '', to: '' })}>
            back to the last {TITLES[window]}
          </button>
        </p>
      )}
      {(instances.length > 1 || instance !== '') && (
        <Select
          label="Instance"
          value={instance}
          options={[{ value: '', text: 'all' }, ...named.map((id) => ({ value: id, text: id }))]}
          onChange={(value) => changeQuery({ instance: value })}
        />
      )}
    </div>
  );
}

/** Shows a span of time from now on; back leads to what was shown. */
export function zoomTo(address: Address, fromMillis: number, toMillis: number): void {
  const from = Math.max(1, Math.round(fromMillis));
  // Narrower there is nothing to be seen.
  const to = Math.max(from + 10_000, Math.min(Math.round(toMillis), Date.now()));
  goTo({ path: address.path, query: { ...address.query, from: String(from), to: String(to) } });
}
