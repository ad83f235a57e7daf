import type { DashboardSpec } from '../dashboardSpec.ts';
import { jaegerLists } from '../jaegerLists.ts';
import { agentRow } from './agentRow.ts';
import { collectorRow } from './collectorRow.ts';
import { overviewRow } from './overviewRow.ts';
import { processesRow } from './processesRow.ts';
import { queryRow } from './queryRow.ts';
import { storageRow } from './storageRow.ts';

/** Jaeger itself: the way of spans from agents into the storage, and out of it. */
export const pipelineDashboard: DashboardSpec = {
  name: 'pipeline',
  title: 'Tracewright / Pipeline',
  description: 'The way of spans through Jaeger: agents, collectors, storage; the query service; how the processes do.',
  lists: jaegerLists,
  rows: [overviewRow, agentRow, collectorRow, storageRow, queryRow, processesRow],
};
