import type { KubeConfig, V1Pod } from '@kubernetes/client-node';
import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import { adminPorts } from '../../../infra/jaeger/ports.ts';
import { componentOf, isRunningPod } from '../../kube/podState.ts';
import { sumOfSamples, type SampleFilter } from '../exposition.ts';
import { readMetrics } from './readMetrics.ts';

/** What the programs of a deployment have counted since they were started, over all pods. */
export interface Counters {
  /** Spans of the load that collectors have written to the storage, or to Kafka. */
  readonly saved: number;
  /** Spans that were lost, by where. */
  readonly lost: Readonly<Record<LossPlace, number>>;
  /** Spans that wait in collectors' queues now. */
  readonly queued: number;
  readonly queueCapacity: number;
  /** Messages that wait in Kafka; 0 without it. */
  readonly lag: number;
}

/** Where a span can be lost on its way through collectors and ingesters. */
export type LossPlace = keyof typeof losses;

/** Metrics of Jaeger 1.50, as its programs show them. */
const losses = {
  'refused by collectors': [{ name: 'jaeger_collector_spans_rejected_total' }],
  'dropped by full queues of collectors': [{ name: 'jaeger_collector_spans_dropped_total' }],
  'not written by collectors': [
    { name: 'jaeger_collector_spans_saved_by_svc_total', labels: { result: 'err' } },
    { name: 'jaeger_kafka_spans_written_total', labels: { status: 'failure' } },
  ],
} as const satisfies Readonly<Record<string, readonly SampleFilter[]>>;

const saved = 'jaeger_collector_spans_saved_by_svc_total';
const queued = 'jaeger_collector_queue_length';
const queueCapacity = 'jaeger_collector_queue_capacity';
/** What Jaeger counts services under that are more than it names: it names 4000. */
const otherServices = 'other-services';

interface Scraped {
  readonly port: number;
  /** What its programs show from the beginning. Of Kafka nothing is there before the first message. */
  readonly needed: readonly string[];
}

const scraped: Readonly<Record<string, Scraped>> = {
  [serviceNames.collector]: {
    port: adminPorts.collector.number,
    needed: [
      saved,
      queued,
      queueCapacity,
      'jaeger_collector_spans_rejected_total',
      'jaeger_collector_spans_dropped_total',
    ],
  },
  [serviceNames.ingester]: { port: adminPorts.ingester.number, needed: [] },
};

/**
 * Reads the counters of every running pod.
 *
 * @param service - Name of the service that the load's spans are of: others may send meanwhile.
 * @throws Error when one does not show them: what is missing would be taken for 0.
 */
export async function readCounters(kube: KubeConfig, pods: readonly V1Pod[], service: string): Promise<Counters> {
  return countersIn(await Promise.all(pods.flatMap((pod) => exposition(kube, pod))), service);
}

/** The counters that expositions show together. */
export function countersIn(shown: readonly string[], service: string): Counters {
  const sum = (filter: SampleFilter): number => shown.reduce((total, text) => total + sumOfSamples(text, filter), 0);
  const sumOf = (filters: readonly SampleFilter[]): number => filters.reduce((total, each) => total + sum(each), 0);
  return {
    saved: sumOf([service, otherServices].map((svc) => ({ name: saved, labels: { result: 'ok', svc } }))),
    lost: ofEachPlace((place) => sumOf(losses[place])),
    queued: sum({ name: queued }),
    queueCapacity: sum({ name: queueCapacity }),
    lag: sum({ name: 'jaeger_ingester_sarama_consumer_offset_lag' }),
  };
}

/** What was lost between two readings, by where. A program that was started again counts from 0: that is no gain. */
export function lossesBetween(before: Counters, after: Counters): Readonly<Record<LossPlace, number>> {
  return ofEachPlace((place) => Math.max(0, after.lost[place] - before.lost[place]));
}

function ofEachPlace(count: (place: LossPlace) => number): Readonly<Record<LossPlace, number>> {
  return {
    'refused by collectors': count('refused by collectors'),
    'dropped by full queues of collectors': count('dropped by full queues of collectors'),
    'not written by collectors': count('not written by collectors'),
  };
}

function exposition(kube: KubeConfig, found: V1Pod): Promise<string>[] {
  const own = scraped[componentOf(found)];
  if (own === undefined || !isRunningPod(found)) return [];
  const { namespace = '', name: pod = '' } = found.metadata ?? {};
  return [readMetrics(kube, { namespace, pod, port: own.port }, own.needed)];
}
