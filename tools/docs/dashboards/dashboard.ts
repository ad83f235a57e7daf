import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardSpec } from './dashboardSpec.ts';
import { panelOf } from './panel.ts';
import { variablesOf } from './variables.ts';

/** What all of our dashboards have, by which they find each other. */
const TAG = 'tracewright';

/** The dashboard as Grafana reads it. The same specification gives the same dashboard. */
export function dashboardOf(spec: DashboardSpec): Dashboard {
  const dashboard = new DashboardBuilder(spec.title)
    .uid(`tracewright-${spec.name}`)
    .description(spec.description)
    .tags([TAG])
    // In a repository, hence not in Grafana: what is changed there would be gone with the next deployment.
    .readonly()
    .timezone('browser')
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(variablesOf(spec.lists))
    .links(links());
  let id = 0;
  for (const row of spec.rows) {
    dashboard.withRow(new RowBuilder(row.title).id(++id));
    for (const panel of row.panels) dashboard.withPanel(panelOf(panel, ++id));
  }
  return dashboard.build();
}

function links(): DashboardLinkBuilder[] {
  return [
    new DashboardLinkBuilder('Tracewright')
      .type(DashboardLinkType.Dashboards)
      .tooltip('The other dashboards, for the same time')
      .tags([TAG])
      .asDropdown(true)
      .keepTime(true),
    page('Runbooks', 'What to do about an alert', '${runbooks}'),
    page('On call', 'From an alert to the line of code', '${on_call}'),
  ];
}

function page(title: string, tooltip: string, url: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon('doc')
    .tooltip(tooltip)
    .url(url)
    .targetBlank(true);
}
