import type { CatalogueResult } from '../../../../src/dashboard/api/performance/catalogueSchema.ts';
import type { Address } from '../../address/address.ts';
import { FrameTurnsProvider } from '../../components/frameTurns.tsx';
import { Nothing } from '../../components/Nothing.tsx';
import { MetricChart } from './MetricChart.tsx';
import type { PanelGroup } from './panels.ts';
import { WhenInSight } from './WhenInSight.tsx';

interface PanelGroupsProps {
  readonly address: Address;
  readonly groups: readonly PanelGroup[];
  readonly catalogue: CatalogueResult;
  /** How to switch on what is missing. */
  readonly whenEmpty: string;
}

/** Charts of metrics that there are. */
export function PanelGroups({ address, groups, catalogue, whenEmpty }: PanelGroupsProps) {
  const known = new Set(catalogue.metrics.map(({ name }) => name));
  const shown = groups
    .map(({ title, panels }) => ({
      title,
      panels: panels
        .map((panel) => ({ ...panel, metrics: panel.metrics.filter((metric) => known.has(metric)) }))
        .filter(({ metrics }) => metrics.length > 0),
    }))
    .filter(({ panels }) => panels.length > 0);
  if (shown.length === 0) return <Nothing title="Nothing was read yet">{whenEmpty}</Nothing>;
  return (
    <FrameTurnsProvider>
      {shown.map(({ title, panels }) => (
        <section key={title} class="panel-group">
          <h2>{title}</h2>
          <div class="panels">
            {panels.map((panel) => (
              <div key={panel.title} class="card panel">
                <WhenInSight>
                  <MetricChart address={address} {...panel} />
                </WhenInSight>
              </div>
            ))}
          </div>
        </section>
      ))}
    </FrameTurnsProvider>
  );
}
