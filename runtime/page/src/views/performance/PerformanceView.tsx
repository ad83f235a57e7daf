import type { CatalogueResult } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { Address } from '../../address/address.ts';
import { useView } from '../../api/useView.ts';
import { Answered } from '../../components/Answered.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import type { ViewProps } from '../viewProps.ts';
import { LatencyTab } from './LatencyTab.tsx';
import { MetricsTab } from './MetricsTab.tsx';
import { PanelGroups } from './PanelGroups.tsx';
import { PROCESS_PANELS, SYSTEM_PANELS } from './panels.ts';
import { PERFORMANCE_TABS, performanceHref, type PerformanceTab, tabOf } from './performanceAddress.ts';
import { RaisedThresholds } from './RaisedThresholds.tsx';
import { RangeBar } from './RangeBar.tsx';
import { TrendsTab } from './TrendsTab.tsx';

const TITLES: Readonly<Record<PerformanceTab, string>> = {
  system: 'System',
  process: 'Process',
  metrics: 'All metrics',
  latency: 'Latency',
  trends: 'Trends',
};

/** How the machine, the process and the application do over time. */
export function PerformanceView({ address }: ViewProps) {
  const viewed = useView<CatalogueResult>({ path: 'performance', topics: ['performance'] });
  const tab = tabOf(address);
  return (
    <Answered title="Performance" viewed={viewed}>
      {(catalogue, { instances }) =>
        catalogue.isOn ? (
          <>
            <RaisedThresholds address={address} raised={catalogue.raised} thresholdCount={catalogue.thresholdCount} />
            <nav class="tabs" aria-label="Performance">
              {PERFORMANCE_TABS.map((name) => (
                <a key={name} href={performanceHref(address, name)} aria-current={name === tab ? 'page' : undefined}>
                  {TITLES[name]}
                </a>
              ))}
            </nav>
            <RangeBar
              address={address}
              instances={instances.flatMap(({ instance, problem }) =>
                instance && problem === undefined ? [instance.id] : [],
              )}
            />
            <Tab tab={tab} address={address} catalogue={catalogue} />
          </>
        ) : (
          <Nothing title="Performance monitoring is switched off">
            Leave <code>performance</code> out of what <code>createObservability</code> is given, or give its options in
            the place of <code>false</code>.
          </Nothing>
        )
      }
    </Answered>
  );
}

interface TabProps {
  readonly tab: PerformanceTab;
  readonly address: Address;
  readonly catalogue: CatalogueResult;
}

function Tab({ tab, address, catalogue }: TabProps) {
  const interval = `The first reading comes within ${Math.ceil(catalogue.intervalMillis / 1000)} s.`;
  switch (tab) {
    case 'system':
      return (
        <PanelGroups
          address={address}
          groups={SYSTEM_PANELS}
          catalogue={catalogue}
          whenEmpty={`${interval} With performance.system set to false, nothing of the machine is read.`}
        />
      );
    case 'process':
      return (
        <PanelGroups
          address={address}
          groups={PROCESS_PANELS}
          catalogue={catalogue}
          whenEmpty={`${interval} With performance.process set to false, nothing of the process is read.`}
        />
      );
    case 'metrics':
      return <MetricsTab address={address} />;
    case 'latency':
      return <LatencyTab address={address} catalogue={catalogue} />;
    case 'trends':
      return <TrendsTab address={address} />;
  }
}
