import type { GeneratedPage } from '../generatedPage.ts';
import { applicationsDashboard } from './applications/applicationsDashboard.ts';
import { dashboardOf } from './dashboard.ts';
import type { DashboardSpec } from './dashboardSpec.ts';
import { pipelineDashboard } from './pipeline/pipelineDashboard.ts';
import { streamingDashboard } from './streaming/streamingDashboard.ts';

/** Where the dashboards are, from the root of the repository; the stack reads them there. */
export const dashboardsDirectory = 'infra/monitoring/dashboards';

const DASHBOARDS: readonly DashboardSpec[] = [pipelineDashboard, streamingDashboard, applicationsDashboard];

/** Every dashboard as a file that Grafana imports. */
export function dashboardFiles(): readonly GeneratedPage[] {
  return DASHBOARDS.map((spec) => ({
    path: `${dashboardsDirectory}/${spec.name}.json`,
    text: JSON.stringify(dashboardOf(spec)),
  }));
}
