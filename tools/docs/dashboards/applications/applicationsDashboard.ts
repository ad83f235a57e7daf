import type { DashboardSpec } from '../dashboardSpec.ts';
import { errorsRow } from './errorsRow.ts';
import { processRow } from './processRow.ts';
import { requestsRow } from './requestsRow.ts';
import { tracerRow } from './tracerRow.ts';

/** Applications with `@tracewright/runtime`: requests, errors, tracer, process. */
export const applicationsDashboard: DashboardSpec = {
  name: 'applications',
  title: 'Tracewright / Applications',
  description:
    'Applications that use @tracewright/runtime: their requests with traces to look at, their errors, what became of their spans, their processes.',
  lists: [
    {
      name: 'namespace',
      label: 'Namespace',
      description: 'Namespaces in which there are applications.',
      series: 'tracewright_metrics_series',
    },
    {
      name: 'job',
      label: 'Job',
      description: 'What Prometheus scrapes them as.',
      series: 'tracewright_metrics_series{namespace=~"$namespace"}',
    },
    {
      name: 'service',
      label: 'Service',
      description: 'The name that their traces have in Jaeger.',
      series: 'target_info{namespace=~"$namespace", job=~"$job"}',
      of: 'service_name',
    },
    {
      name: 'instance',
      label: 'Instance',
      description: 'Single processes of these services.',
      series: 'target_info{namespace=~"$namespace", job=~"$job", service_name=~"$service"}',
    },
  ],
  rows: [requestsRow, errorsRow, tracerRow, processRow],
};
