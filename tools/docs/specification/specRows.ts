/** One thing that must work, as the specification numbers it. */
export interface SpecRow {
  /** As in `// @spec S1.1`. */
  readonly id: string;
  /** What works, in a few words. */
  readonly what: string;
}

/** Every row of the specification; S7.1 is its paragraph on integration, which has no number. */
export const specRows: readonly SpecRow[] = [
  {
    id: 'S1.1',
    what: 'Jaeger, 1.50 by default: two collectors and two query services with their UI, health checks, and agents that forward',
  },
  { id: 'S1.2', what: 'every port has its Service and takes its protocol: gRPC, HTTP, Zipkin, OTLP' },
  { id: 'S1.3', what: 'every container has requests and limits of CPU and memory' },
  { id: 'S1.4', what: 'every container that stays has probes: liveness, readiness, startup' },
  { id: 'S1.5', what: 'spans are stored in Elasticsearch: outside, with credentials and TLS, or a node of the stack' },
  { id: 'S1.6', what: 'sampling: probabilistic and limited, by service and operation, checked before it is deployed' },
  { id: 'S1.7', what: 'network policies and roles: what is not needed is refused, proven by trying' },
  { id: 'S1.8', what: 'a stack for each environment, with configuration that is typed and checked' },
  { id: 'S1.9', what: 'outputs that applications take as they are' },
  { id: 'S1.10', what: 'past one machine: autoscaling, and Kafka before the storage' },
  {
    id: 'S2.1',
    what: "the tracer: OpenTelemetry's SDK with a resource, batches with limits, to Jaeger's agent or by HTTP and OTLP",
  },
  { id: 'S2.2', what: 'HTTP, PostgreSQL and Redis are traced by themselves, on real servers' },
  { id: 'S2.3', what: 'spans by hand: tags, events, links; decorators and wrappers of functions and generators' },
  { id: 'S2.4', what: 'context: IDs of trace and span are told, carried between processes, and written to logs' },
  { id: 'S2.5', what: 'exceptions are recorded with status, and neither swallowed nor changed' },
  { id: 'S2.6', what: 'sampling strategies of both kinds are fetched from Jaeger and obeyed' },
  {
    id: 'S3.1',
    what: 'requests are pending, processing, then completed or failed; any other step is refused with a clear error',
  },
  { id: 'S3.2', what: 'requests are found by user, agent and trace' },
  { id: 'S3.3', what: 'durations: count, least, mean, percentiles and rate, by operation, user, agent and state' },
  { id: 'S3.4', what: 'export as JSON, NDJSON and CSV, filtered and streamed' },
  { id: 'S3.5', what: 'old requests are removed, by age and count; stuck ones are found' },
  {
    id: 'S4.1',
    what: "CPU, memory, disk and network are measured beside the application's thread, every 30 s unless told otherwise",
  },
  { id: 'S4.2', what: 'metrics, timings and counters of your own, with labels and a bound of their number' },
  { id: 'S4.3', what: 'a store in memory with limits' },
  { id: 'S4.4', what: 'summaries and trends that say when there is too little to say' },
  { id: 'S4.5', what: 'Prometheus exposition, dashboards for Grafana, alert rules' },
  { id: 'S5.1', what: 'errors have one of eight categories, by themselves or as you say' },
  { id: 'S5.2', what: 'errors have one of four severities: low, medium, high, critical' },
  { id: 'S5.3', what: 'errors are grouped, resolved with who, when and why, and come back' },
  { id: 'S5.4', what: 'statistics and trends as they happen, in memory with limits' },
  { id: 'S5.5', what: 'errors are exported, and resolved ones removed by themselves' },
  { id: 'S5.6', what: 'one page shows errors, requests, performance and traces' },
  { id: 'S6.1', what: 'one command examines a whole deployment: every component, its objects, what it does' },
  { id: 'S6.2', what: 'load on system and application, provoked errors, tests of components and from end to end' },
  { id: 'S6.3', what: 'a report for people (terminal, HTML) and machines (JSON, JUnit)' },
  {
    id: 'S7.1',
    what: 'Prometheus, Grafana and Alertmanager work with it; logs have trace IDs; PostgreSQL and Redis are traced',
  },
];
