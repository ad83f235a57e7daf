/** Names that a mapping must not take for its own. */
export const prototypeNames: readonly string[] = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];

const names = [
  'shop',
  'db',
  'web',
  'http',
  'metrics',
  'config',
  'tls',
  'default',
  'jaeger-collector-headless',
  'admin',
];
const quantities = ['100m', '1', '0.5', '2', '128Mi', '1Gi', '1e3', '0', '64Ki', '500M'];
const percentages = ['25%', '0%', '50%', '100%', '101%'];
const images = [
  'shop:1.4.2',
  'shop',
  'shop:latest',
  'registry.example/shop:1.4.2',
  'registry.example:5000/team/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  'jaegertracing/jaeger-collector:1.50',
  'jaegertracing/jaeger-query:1.49.0',
  'jaegertracing/jaeger-agent:1.50.0',
  'jaegertracing/jaeger-es-index-cleaner:1.50.0',
  'jaegertracing/jaeger:2.1.0',
];
const args = [
  '--reporter.grpc.host-port=dns:///jaeger-collector-headless.shop:14250',
  '--reporter.grpc.host-port=jaeger-collector:14250',
  '--sampling.strategies-file=/etc/jaeger/sampling.json',
  '--es.index-prefix=shop',
  '--es.server-urls=https://shop:9200',
  '--span-storage.type=elasticsearch',
  '--es.max-span-age=72h0m0s',
  '--admin.http.host-port=:14269',
  '--collector.otlp.enabled=true',
  '7',
  'http://shop:9200',
];
const environmentNames = [
  'SPAN_STORAGE_TYPE',
  'ES_INDEX_PREFIX',
  'INDEX_PREFIX',
  'ES_SERVER_URLS',
  'ES_MAX_SPAN_AGE',
  'SAMPLING_STRATEGIES_FILE',
  'REPORTER_GRPC_HOST_PORT',
  'ADMIN_HTTP_HOST_PORT',
  'DB_PASSWORD',
  'API_TOKEN',
  'LOG_LEVEL',
];
const labels = [
  'app',
  'tier',
  'version',
  'app.kubernetes.io/name',
  'app.kubernetes.io/version',
  'kubernetes.io/metadata.name',
];
const annotations = [
  'container.apparmor.security.beta.kubernetes.io/shop',
  'cert-manager.io/cluster-issuer',
  'kubernetes.io/ingress.class',
  'prometheus.io/port',
  'note',
];
const files = [
  '{"default_strategy":{"type":"probabilistic","param":0.5},"service_strategies":[{"service":"shop","type":"ratelimiting","param":5}]}',
  '{"default_strategy":{"type":"probabilistic","param":"1"},"service_strategies":{"service":7}}',
  '{"service_strategies":[null,{"service":"shop","operation_strategies":[{"operation":"GET","type":"none"}]}]}',
  '{',
  '[]',
  'null',
  'a: 1',
];

/** What stands in a field of the API as a rule, by the name of the field. */
export const textsOfField: ReadonlyMap<string, readonly string[]> = new Map([
  ['apiGroups', ['', 'apps', '*', 'rbac.authorization.k8s.io']],
  ['apiGroup', ['', 'rbac.authorization.k8s.io', 'apps']],
  ['apiVersion', ['v1', 'apps/v1', 'batch/v1', 'apps/v1beta1', 'v1beta1']],
  ['args', args],
  ['averageValue', quantities],
  ['cidr', ['0.0.0.0/0', '10.0.0.0/8', '::/0', '192.0.2.1/32', 'nowhere']],
  ['command', ['/usr/bin/shop', 'sh', '-c', ...args.slice(0, 3)]],
  ['concurrencyPolicy', ['Allow', 'Forbid', 'Replace']],
  ['except', ['10.0.0.0/8', '192.0.2.0/24']],
  ['fieldPath', ['metadata.name', 'spec.nodeName', 'status.hostIP']],
  ['host', ['shop.example', '*.shop.example', '', 'localhost']],
  ['image', images],
  ['imagePullPolicy', ['Always', 'IfNotPresent', 'Never']],
  ['key', [...labels, 'config.yaml', 'sampling.json', 'password']],
  [
    'kind',
    [
      'Deployment',
      'StatefulSet',
      'ReplicaSet',
      'Pod',
      'Service',
      'User',
      'Group',
      'ServiceAccount',
      'ClusterRole',
      'Role',
    ],
  ],
  ['mountPath', ['/etc/jaeger', '/data', '/var/run/docker.sock', '/']],
  ['namespace', ['shop', 'tracing', 'kube-system', 'default']],
  ['operator', ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Equal']],
  ['path', ['/', '/api', '/etc', '/var/run/docker.sock', 'sampling.json']],
  ['pathType', ['Prefix', 'Exact', 'ImplementationSpecific']],
  ['policyTypes', ['Ingress', 'Egress']],
  ['procMount', ['Default', 'Unmasked']],
  ['protocol', ['TCP', 'UDP', 'SCTP']],
  ['resources', ['pods', 'secrets', '*', 'pods/exec', 'deployments', 'nodes/proxy']],
  ['restartPolicy', ['Always', 'OnFailure', 'Never']],
  ['schedule', ['*/5 * * * *', '@daily', '0 3 * * 1-5', 'TZ=UTC 0 0 * * *', 'sometimes', '61 * * * *']],
  ['schedulerName', ['default-scheduler']],
  ['sessionAffinity', ['None', 'ClientIP']],
  ['sizeLimit', quantities],
  ['subPath', ['sampling.json', 'data']],
  ['topologyKey', ['kubernetes.io/hostname', 'topology.kubernetes.io/zone']],
  [
    'type',
    [
      'ClusterIP',
      'NodePort',
      'LoadBalancer',
      'ExternalName',
      'RuntimeDefault',
      'Unconfined',
      'Localhost',
      'RollingUpdate',
      'Recreate',
      'OnDelete',
      'Resource',
      'Utilization',
      'Opaque',
    ],
  ],
  ['unhealthyPodEvictionPolicy', ['IfHealthyBudget', 'AlwaysAllow']],
  ['values', ['shop', 'db', 'web']],
  ['verbs', ['get', 'list', '*', 'create', 'escalate', 'bind', 'impersonate']],
  ['whenUnsatisfiable', ['DoNotSchedule', 'ScheduleAnyway']],
  ['add', ['ALL', 'NET_RAW', 'NET_BIND_SERVICE', 'SYS_ADMIN', 'CHOWN']],
  ['drop', ['ALL', 'NET_RAW', 'all']],
  ['value', [...args, 'elasticsearch', 'cassandra', 'shop', '72h', 'true', 'postgres://shop:secret@db/shop']],
]);

const amounts = ['limits', 'requests', 'capacity', 'hard', 'max', 'min', 'default', 'defaultRequest', 'overhead'];
const amountNames = ['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'storage'];

/** Names and values. */
type MappingWords = readonly [readonly string[], readonly string[]];

/** What mappings of texts have, by the name of the field. */
export const mappingsOfField: ReadonlyMap<string, MappingWords> = new Map<string, MappingWords>([
  ['annotations', [annotations, ['runtime/default', 'unconfined', 'localhost/shop', 'true', '9090']]],
  ['data', [['sampling.json', 'config.yaml', 'password'], files]],
  ['stringData', [['sampling.json', 'password'], files]],
  ...amounts.map((name): [string, MappingWords] => [name, [amountNames, quantities]]),
]);

/** What stands in any other field. */
export const anyNames = names;
export const anyLabels = labels;
export const anyPercentages = percentages;
export const anyEnvironmentNames = environmentNames;
