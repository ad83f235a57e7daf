/**
 * How others are kept away from a port: `authenticated` asks everybody who they are; `policy` lets in only peers that a network
 * policy names; `loopback` is closed to all but the programs beside it; `open` answers anybody who gets there, for the reason given.
 */
export type PortAccess = 'authenticated' | 'policy' | 'loopback' | 'open';

/** A port that may be listened on. */
export interface ExpectedPort {
  /** `machine`, `node`, or the name of a workload, whose pods have it. */
  readonly where: string;
  /** As the kernel calls it. */
  readonly program: string;
  readonly protocol: 'TCP' | 'UDP';
  /** A number, or `*` where the system chooses one. */
  readonly port: string;
  readonly access: PortAccess;
  /** Who gets what there. */
  readonly why: string;
}

// By hand, as docs/threat-model.md has it: it must not be made of what the program or the cluster says.
const table = `
machine            forwarder        TCP *      authenticated  way to the API server: a client certificate
machine            gateway          TCP *      loopback       the UI for whoever is logged in to this machine
machine            page-gateway     TCP *      authenticated  way to the page of the example: its token
node               kube-apiserver   TCP 6443   authenticated  a client certificate or a service account's token
node               kubelet          TCP 10250  authenticated  a client certificate; pods get there, the machine does not
node               kubelet          TCP 10248  loopback       health
node               kube-controller  TCP 10257  loopback       health and metrics, with authentication
node               kube-scheduler   TCP 10259  loopback       health and metrics, with authentication
node               kube-proxy       TCP 10249  loopback       metrics
node               kube-proxy       TCP 10256  loopback       health
node               etcd             TCP 2379   loopback       a client certificate
node               etcd             TCP 2380   loopback       a client certificate
node               containerd       TCP *      loopback       streams of exec, for the kubelet
node               kube-router      TCP 20244  open           pods of the local cluster: health, one word
kube-dns           coredns          TCP 53     open           every pod: names
kube-dns           coredns          UDP 53     open           every pod: names
kube-dns           coredns          TCP 8080   policy         nobody: the kubelet probes its health
kube-dns           coredns          TCP 8181   policy         nobody: the kubelet probes its readiness
kube-dns           coredns          TCP 9153   policy         nobody: counts of queries
jaeger-collector   collector-linux  TCP 4317   policy         applications: spans
jaeger-collector   collector-linux  TCP 4318   policy         applications: spans
jaeger-collector   collector-linux  TCP 9411   policy         applications: spans
jaeger-collector   collector-linux  TCP 14250  policy         agents and applications: spans, strategies
jaeger-collector   collector-linux  TCP 14268  policy         applications: spans, strategies
jaeger-collector   collector-linux  TCP 14269  policy         Prometheus: metrics
jaeger-query       query-linux      TCP 16685  policy         network.queryNamespaces: traces
jaeger-query       query-linux      TCP 16686  policy         network.queryNamespaces, the Ingress or its log-in: the UI
jaeger-query       query-linux      TCP 16687  policy         Prometheus: metrics
jaeger-agent       agent-linux      TCP 5778   policy         applications: strategies
jaeger-agent       agent-linux      TCP 14271  policy         Prometheus: metrics
jaeger-agent       agent-linux      UDP 5775   policy         applications: spans
jaeger-agent       agent-linux      UDP 6831   policy         applications: spans
jaeger-agent       agent-linux      UDP 6832   policy         applications: spans
elasticsearch      java             TCP 9200   policy         collectors, query service, cleaner: spans
elasticsearch      java             TCP 9300   policy         nobody: the one node has no other
storefront         node             TCP 8080   open           every pod: the shop itself
storefront         node             TCP 8081   loopback       switches of failures
storefront         node             TCP 4319   policy         its own replicas, with their token: the page
storefront         node             TCP 9464   policy         Prometheus: the runtime's metrics
orders             node             TCP 8080   policy         the storefront: orders
orders             node             TCP 8081   loopback       switches of failures
orders             node             TCP 4319   loopback       the page, with its token
orders             node             TCP 9464   policy         Prometheus: the runtime's metrics
postgres           postgres         TCP 5432   policy         orders, with a password: the shop's orders
redis              redis-server     TCP 6379   policy         orders: a cache
`;

/** Every port of the local cluster with stack `dev` and the example, on one node, and of the commands that serve it. */
export const expectedPorts: readonly ExpectedPort[] = table
  .trim()
  .split('\n')
  .map((row) => parseRow(row));

function parseRow(row: string): ExpectedPort {
  const [, where, program, protocol, port, access, why] =
    /^(\S+)\s+(\S+)\s+(TCP|UDP) (\d+|\*)\s+(authenticated|policy|loopback|open)\s+(.+)$/.exec(row) ?? [];
  if (where === undefined || program === undefined || port === undefined || why === undefined)
    throw new TypeError(`not a row of the table of ports: ${row}`);
  return { where, program, protocol: protocol as 'TCP' | 'UDP', port, access: access as PortAccess, why };
}
