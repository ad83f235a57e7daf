import { Count } from '../../components/Count.tsx';
import { REQUEST_TABS, type RequestFilters, requestsHref, type RequestTab } from './requestAddress.ts';

const TITLES: Readonly<Record<RequestTab, string>> = {
  live: 'Under way',
  finished: 'Finished',
  groups: 'Groups',
  samples: 'Slowest and samples',
};

interface RequestTabsProps {
  readonly tab: RequestTab;
  /** They stay, where the other part has them, too. */
  readonly filters: RequestFilters;
  /** How many requests are under way, and stuck, where it is known. */
  readonly unfinished?: number | undefined;
  readonly stuck?: number | undefined;
}

/** From one part of the view to another. */
export function RequestTabs({ tab, filters, unfinished, stuck }: RequestTabsProps) {
  const { operation, userId, agentId, instance } = filters;
  const common = Object.fromEntries(
    Object.entries({ operation, userId, agentId, instance }).filter(([, value]) => value !== undefined),
  );
  return (
    <nav class="tabs" aria-label="Requests">
      {REQUEST_TABS.map((name) => (
        <a key={name} href={requestsHref(name, common)} aria-current={name === tab ? 'page' : undefined}>
          {TITLES[name]}
          {name === 'live' && unfinished !== undefined && (
            <span class="hint">
              {' '}
              <Count value={unfinished} />
            </span>
          )}
          {name === 'live' && stuck !== undefined && stuck > 0 && (
            <span class="tab-stuck">
              {' '}
              <Count value={stuck} /> stuck
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}
