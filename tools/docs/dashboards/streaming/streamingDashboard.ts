import type { DashboardSpec } from '../dashboardSpec.ts';
import { jaegerLists } from '../jaegerLists.ts';
import { storageRow } from '../pipeline/storageRow.ts';
import { ingesterRow } from './ingesterRow.ts';
import { kafkaRow } from './kafkaRow.ts';

/** What `strategy: streaming` adds: Kafka between collectors and storage, and the ingesters. */
export const streamingDashboard: DashboardSpec = {
  name: 'streaming',
  title: 'Tracewright / Streaming',
  description:
    'With strategy: streaming, the way of spans through Kafka: what collectors write, what ingesters have yet to read, what they store.',
  lists: jaegerLists,
  rows: [kafkaRow, ingesterRow, storageRow],
};
