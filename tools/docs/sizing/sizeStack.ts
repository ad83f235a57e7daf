import { profiles } from '../../../infra/schema/profiles.ts';
import type { MeasuredCosts } from './measuredCosts.ts';

/** What is planned beside the measured costs. */
export const plan = {
  /** Share of a processor that is used under the load planned for: the rest is for peaks, and for what an outage left waiting. */
  utilization: 0.5,
  /** Fewest pods of each, and fewest nodes: one may go while another is replaced. */
  fewest: 3,
  /** Copies of each span, the first included. */
  copies: { elasticsearch: 2, kafka: 3 },
  /** For how long spans stay. */
  retention: { elasticsearchDays: 14, kafkaHours: 24 },
  /** Most of a disk that is used. */
  diskShare: 0.8,
  /** A data node of Elasticsearch, and a broker. */
  dataNode: { cores: 8, memoryGibibytes: 64, diskGibibytes: 4096 },
  broker: { cores: 4, memoryGibibytes: 16, diskGibibytes: 4096 },
  /** A shard should not grow larger (Elastic's advice is 10 to 50 GB). */
  shardGibibytes: 40,
} as const;

const SECONDS_PER_DAY = 86_400;
const BYTES_PER_GIBIBYTE = 2 ** 30;

/** Half of the documents that a shard holds at most (Lucene: 2³¹ − 129). */
const SHARD_DOCUMENTS = 2 ** 30;

/** What a stack needs that streams. */
export interface StackSize {
  readonly collectors: number;
  readonly ingesters: number;
  readonly partitions: number;
  readonly brokers: number;
  readonly dataNodes: number;
  /** Primary shards of each daily index. */
  readonly shards: number;
  /** Cores of all of a kind, at the planned utilization. */
  readonly cores: Readonly<Record<'collectors' | 'ingesters' | 'brokers' | 'dataNodes', number>>;
  readonly memoryGibibytes: number;
  /** All copies of a day's spans. */
  readonly diskGibibytesPerDay: { readonly elasticsearch: number; readonly kafka: number };
  /** All disks, for as long as spans stay. */
  readonly diskGibibytes: { readonly elasticsearch: number; readonly kafka: number };
}

/**
 * The size of a stack that stores so many spans a second: in proportion to what one span was measured to cost.
 * @param spansPerSecond - Spans that are stored, after sampling.
 */
export function sizeStack(spansPerSecond: number, costs: MeasuredCosts): StackSize {
  const { copies, retention, diskShare, dataNode, broker } = plan;
  const cores = coresOf(spansPerSecond, costs);
  const dailyGibibytes = (bytes: number): number => (spansPerSecond * SECONDS_PER_DAY * bytes) / BYTES_PER_GIBIBYTE;
  const primaries = dailyGibibytes(costs.diskBytesPerSpan.elasticsearch);
  const perDay = {
    elasticsearch: primaries * copies.elasticsearch,
    kafka: dailyGibibytes(costs.diskBytesPerSpan.kafka) * copies.kafka,
  };
  const disk = {
    elasticsearch: (perDay.elasticsearch * retention.elasticsearchDays) / diskShare,
    kafka: (perDay.kafka * (retention.kafkaHours / 24)) / diskShare,
  };
  const collectors = atLeastFewest(cores.collectors);
  const ingesters = atLeastFewest(
    Math.max(cores.ingesters, spansPerSecond / (costs.spansPerSecondOfIngester * plan.utilization)),
  );
  const dataNodes = nodes(dataNode, cores.dataNodes, disk.elasticsearch);
  const brokers = nodes(broker, cores.brokers, disk.kafka);
  return {
    collectors,
    ingesters,
    partitions: Math.max(profiles.large.kafka.partitions, 2 * ingesters),
    brokers,
    dataNodes,
    shards: Math.max(
      Math.ceil(primaries / plan.shardGibibytes),
      Math.ceil((spansPerSecond * SECONDS_PER_DAY * costs.documentsPerSpan) / SHARD_DOCUMENTS),
      // Every data node has one, a primary or a copy.
      Math.ceil(dataNodes / copies.elasticsearch),
    ),
    cores,
    memoryGibibytes:
      (collectors * profiles.large.collector.limits.memoryMebibytes) / 1024 +
      (ingesters * profiles.large.ingester.limits.memoryMebibytes) / 1024 +
      brokers * broker.memoryGibibytes +
      dataNodes * dataNode.memoryGibibytes,
    diskGibibytesPerDay: perDay,
    diskGibibytes: disk,
  };
}

/** Each copy of a span is indexed anew, and written by each broker that has one: what a copy costs was not measured. */
function coresOf(spansPerSecond: number, { cpuSecondsPerMillion }: MeasuredCosts): StackSize['cores'] {
  const needed = (secondsPerMillion: number): number => (spansPerSecond * secondsPerMillion) / 1e6 / plan.utilization;
  return {
    collectors: needed(cpuSecondsPerMillion.collector),
    ingesters: needed(cpuSecondsPerMillion.ingester),
    brokers: needed(cpuSecondsPerMillion.kafka * plan.copies.kafka),
    dataNodes: needed(cpuSecondsPerMillion.elasticsearch * plan.copies.elasticsearch),
  };
}

function nodes(
  node: { readonly cores: number; readonly diskGibibytes: number },
  cores: number,
  diskGibibytes: number,
): number {
  return atLeastFewest(Math.max(cores / node.cores, diskGibibytes / node.diskGibibytes));
}

function atLeastFewest(count: number): number {
  return Math.max(plan.fewest, Math.ceil(count));
}
