import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { applicationMetricsPort, metricsToLabel } from '../../../../infra/monitoring/scrapeTargets.ts';
import { grows, movedExposition, stays } from './movedExposition.ts';

/** A pod that Prometheus would have found, and what it answers. */
export interface BrokenPod {
  readonly pod: string;
  readonly namespace: string;
  /** Its answer to the so-many-th scrape; `undefined` for none. */
  readonly answer: (scrape: number) => string | undefined;
}

const mebibytes = (count: number): (() => number) => stays(count * 1024 * 1024);

/** Everything of a stack in namespace `tracing` that streams, with all that can be wrong at once. */
export const brokenPods: readonly BrokenPod[] = [
  {
    pod: 'jaeger-agent-1',
    namespace: 'tracing-agent',
    answer: movedExposition('agent', {
      'jaeger_agent_thrift_udp_server_packets_dropped_total{model="jaeger",protocol="compact"}': grows(10),
      'jaeger_agent_thrift_udp_server_packets_processed_total{model="jaeger",protocol="compact"}': grows(10),
      'jaeger_agent_thrift_udp_t_processor_handler_errors_total{model="jaeger",protocol="compact"}': grows(1),
      'jaeger_agent_reporter_spans_failures_total{format="jaeger"': grows(10),
      'jaeger_agent_reporter_spans_submitted_total{format="jaeger"': grows(10),
    }),
  },
  {
    pod: 'jaeger-collector-1',
    namespace: 'tracing',
    answer: movedExposition('collector-streaming', {
      go_memstats_heap_alloc_bytes: mebibytes(450),
      jaeger_collector_queue_length: stays(4900),
      jaeger_collector_spans_dropped_total: grows(10),
      'jaeger_collector_spans_received_total{debug="false",format="proto",svc="shop"': grows(100),
      'jaeger_collector_spans_saved_by_svc_total{debug="false",result="err"': grows(10),
      ...slowly('jaeger_collector_save_latency_bucket{host="vm",'),
      'jaeger_kafka_spans_written_total{status="failure"}': grows(10),
      'jaeger_kafka_spans_written_total{status="success"}': grows(40),
    }),
  },
  {
    pod: 'jaeger-query-1',
    namespace: 'tracing',
    answer: movedExposition('query', {
      'jaeger_query_requests_total{operation="find_traces",result="err"}': grows(2),
      ...slowly('jaeger_query_latency_bucket{operation="find_traces",result="ok",'),
    }),
  },
  {
    pod: 'jaeger-ingester-1',
    namespace: 'tracing',
    answer: movedExposition('ingester', {
      'jaeger_ingester_sarama_consumer_messages_total{partition="0"': grows(10),
      'jaeger_ingester_sarama_consumer_offset_lag{partition="0"': grows(10_000),
      jaeger_ingester_sarama_consumer_partitions_held: stays(7),
      jaeger_ingester_span_processor_retry_exhausted_total: grows(1),
      jaeger_bulk_index_attempts_total: grows(2),
      jaeger_bulk_index_errors_total: grows(1),
      ...slowly('jaeger_bulk_index_latency_ok_bucket{'),
    }),
  },
  { pod: 'jaeger-query-2', namespace: 'tracing', answer: () => undefined },
  { pod: 'oauth2-proxy-1', namespace: 'tracing', answer: (scrape) => (scrape % 2 === 0 ? 'up_to_it 1\n' : undefined) },
  // Of a stack that reads one partition, and another one not.
  {
    pod: 'jaeger-collector-1',
    namespace: 'stuck',
    answer: movedExposition('collector-streaming', {
      'jaeger_kafka_spans_written_total{status="success"}': grows(10_000),
    }),
  },
  { pod: 'jaeger-ingester-1', namespace: 'stuck', answer: movedExposition('ingester', {}) },
  { pod: 'jaeger-ingester-2', namespace: 'stuck', answer: readsPartitionOne },
  // What takes more than a test's minute in the runtime, or a limit of its container: in its words.
  {
    pod: 'cart-1',
    namespace: 'shop',
    answer: () =>
      'tracewright_errors_group_changes_total{otel_scope_name="@tracewright/runtime",tracewright_error_category="database",tracewright_error_change="spiked",tracewright_error_severity="high"} 1\n' +
      'process_uptime_seconds{otel_scope_name="@tracewright/runtime"} 200\n' +
      'container_memory_working_set_bytes{otel_scope_name="@tracewright/runtime"} 520000000\n' +
      'tracewright_container_memory_limit_bytes{otel_scope_name="@tracewright/runtime"} 536870912\n',
  },
];

/** An ingester that reads what {@link movedExposition}'s does not, of another partition. */
function readsPartitionOne(scrape: number): string {
  const messages = { 'jaeger_ingester_sarama_consumer_messages_total{partition="0"': grows(10) };
  return movedExposition('ingester', messages)(scrape).replaceAll('partition="0"', 'partition="1"');
}

/** Buckets of a histogram whose measurements lie between five and ten seconds. */
function slowly(buckets: string): Readonly<Record<string, (scrape: number) => number>> {
  return { [`${buckets}le="10"`]: grows(10), [`${buckets}le="+Inf"`]: grows(10) };
}

/** Serves pods, each at a path of its own, until it is closed. */
export async function servePods(
  pods: readonly BrokenPod[],
): Promise<{ readonly server: Server; readonly address: string }> {
  const scrapes = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    const scrape = (scrapes.get(url) ?? -1) + 1;
    scrapes.set(url, scrape);
    const text = pods.find((pod) => pathOf(pod) === url)?.answer(scrape);
    response.writeHead(text === undefined ? 503 : 200, { 'content-type': 'text/plain; version=0.0.4' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Where a pod's metrics are on the server. */
export function pathOf({ namespace, pod }: Pick<BrokenPod, 'namespace' | 'pod'>): string {
  return `/${namespace}/${pod}`;
}

/** What Prometheus' Kubernetes discovery says of a pod: the labels that the scrape configuration relabels. */
export function discovered(
  { namespace, pod }: Pick<BrokenPod, 'namespace' | 'pod'>,
  jaeger: string,
): Readonly<Record<string, string>> & { readonly __meta_kubernetes_namespace: string } {
  const workload = pod.replace(/-\d+$/, '');
  const isOwn = namespace.startsWith(jaeger);
  const port = isOwn && workload !== 'oauth2-proxy' ? 'admin' : applicationMetricsPort;
  return {
    __meta_kubernetes_namespace: namespace,
    __meta_kubernetes_pod_name: pod,
    __meta_kubernetes_pod_phase: 'Running',
    __meta_kubernetes_pod_container_name: workload,
    __meta_kubernetes_pod_container_port_name: port,
    __meta_kubernetes_pod_node_name: 'node-1',
    __meta_kubernetes_pod_label_app_kubernetes_io_name: workload,
    ...(isOwn
      ? { __meta_kubernetes_pod_label_app_kubernetes_io_part_of: 'tracewright' }
      : { [`__meta_kubernetes_pod_label_${metricsToLabel.replaceAll(/[./-]/g, '_')}`]: jaeger }),
  };
}
