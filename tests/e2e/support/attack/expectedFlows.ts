/**
 * What may reach what in a stack with `attackSettings`, written by hand: `x` may, `.` must not, `-` is not tried (a pod's way
 * to itself never leaves it). It says what a reader of the documentation would say, and knows nothing of the program's own
 * list of flows.
 *
 * From other namespaces: `stranger` has no right; `elsewhere` carries the label of another Jaeger; `impostor` has no right
 * either, but its pod has the collector's labels; `labelled` carries this Jaeger's label; `listed` stands in
 * `applicationNamespaces`; `scraper` is Prometheus, and `neighbour` another pod beside it; `reader` stands in
 * `network.queryNamespaces`; `door` is the Ingress controller, and `porch` another pod beside it.
 */
const fromOutside = `
                              stranger elsewhere impostor labelled listed scraper neighbour reader
collector:14250                   .        .        .        x       x       .        .       .
collector:14268                   .        .        .        x       x       .        .       .
collector:4317                    .        .        .        x       x       .        .       .
collector:4318                    .        .        .        x       x       .        .       .
collector:9411                    .        .        .        x       x       .        .       .
collector:14269                   .        .        .        .       .       x        .       .
query:16685                       .        .        .        .       .       .        .       x
query:16686                       .        .        .        .       .       .        .       x
query:16687                       .        .        .        .       .       x        .       .
agent:5778                        .        .        .        x       x       .        .       .
agent:14271                       .        .        .        .       .       x        .       .
elasticsearch:9200                .        .        .        .       .       .        .       .
elasticsearch:9300                .        .        .        .       .       .        .       .
collector-service:14268           .        .        .        x       x       .        .       .
query-service:16686               .        .        .        .       .       .        .       x
agent-service:5778                .        .        .        x       x       .        .       .
elasticsearch-service:9200        .        .        .        .       .       .        .       .
as-collector:8080                 .        .        .        .       .       .        .       .
as-query:8080                     .        .        .        .       .       .        .       .
as-agent:8080                     .        .        .        .       .       .        .       .
as-cleaner:8080                   .        .        .        .       .       .        .       .
as-elasticsearch:8080             .        .        .        .       .       .        .       .
as-check:8080                     .        .        .        .       .       .        .       .
stray:8080                        .        .        .        .       .       .        .       .
stranger:8080                     x        x        x        x       x       x        x       x
`;

/** From Jaeger's own namespace: pods with the labels of each component, and `stray`, which has none. */
const fromInside = `
                              as-collector as-query as-agent as-cleaner as-elasticsearch as-check stray
collector:14250                    .          .        x         .            .              x      .
collector:14268                    .          .        .         .            .              .      .
collector:4317                     .          .        .         .            .              .      .
collector:4318                     .          .        .         .            .              .      .
collector:9411                     .          .        .         .            .              .      .
collector:14269                    .          .        .         .            .              .      .
query:16685                        .          .        .         .            .              .      .
query:16686                        .          .        .         .            .              .      .
query:16687                        .          .        .         .            .              .      .
agent:5778                         .          .        .         .            .              .      .
agent:14271                        .          .        .         .            .              .      .
elasticsearch:9200                 x          x        .         x            .              .      .
elasticsearch:9300                 .          .        .         .            .              .      .
collector-service:14268            .          .        .         .            .              .      .
query-service:16686                .          .        .         .            .              .      .
agent-service:5778                 .          .        .         .            .              .      .
elasticsearch-service:9200         x          x        .         x            .              .      .
stray:8080                         .          .        .         .            .              .      -
stranger:8080                      .          .        .         .            .              .      .
outside:tcp                        .          .        .         .            .              .      .
api-service:443                    .          .        .         .            .              .      .
api-node:6443                      .          .        .         .            .              .      .
kubelet:10250                      .          .        .         .            .              .      .
dns:53/tcp                         x          x        x         x            .              x      .
dns:53/udp                         x          x        x         x            .              x      .
dns-service:53/udp                 x          x        x         x            .              x      .
`;

/** From the Ingress controller's namespace, where the UI asks nobody who they are. */
const fromDoor = `
                              door porch
collector:14250                 .    .
collector:14268                 .    .
collector:4317                  .    .
collector:4318                  .    .
collector:9411                  .    .
collector:14269                 .    .
query:16685                     .    .
query:16686                     x    .
query:16687                     .    .
agent:5778                      .    .
agent:14271                     .    .
elasticsearch:9200              .    .
elasticsearch:9300              .    .
collector-service:14268         .    .
query-service:16686             x    .
agent-service:5778              .    .
elasticsearch-service:9200      .    .
as-collector:8080               .    .
as-query:8080                   .    .
as-agent:8080                   .    .
as-cleaner:8080                 .    .
as-elasticsearch:8080           .    .
as-check:8080                   .    .
stray:8080                      .    .
stranger:8080                   x    x
`;

/** The same, where the UI has people log in: the controller reaches oauth2-proxy, and no longer the query service. */
const fromDoorWithLogin = `
                              door porch
collector:14250                 .    .
collector:14268                 .    .
collector:4317                  .    .
collector:4318                  .    .
collector:9411                  .    .
collector:14269                 .    .
query:16685                     .    .
query:16686                     .    .
query:16687                     .    .
agent:5778                      .    .
agent:14271                     .    .
elasticsearch:9200              .    .
elasticsearch:9300              .    .
collector-service:14268         .    .
query-service:16686             .    .
agent-service:5778              .    .
elasticsearch-service:9200      .    .
as-collector:8080               .    .
as-query:8080                   .    .
as-agent:8080                   .    .
as-cleaner:8080                 .    .
as-elasticsearch:8080           .    .
as-check:8080                   .    .
stray:8080                      .    .
stranger:8080                   x    x
proxy:4180                      x    .
proxy:44180                     .    .
proxy-service:4180              x    .
as-proxy:8080                   .    .
`;

/** Everybody else and oauth2-proxy, where there is one. */
const toProxy = `
                              stranger elsewhere impostor labelled listed scraper neighbour reader
proxy:4180                        .        .        .        .       .       .        .       .
proxy:44180                       .        .        .        .       .       x        .       .
proxy-service:4180                .        .        .        .       .       .        .       .
as-proxy:8080                     .        .        .        .       .       .        .       .
`;
const toProxyFromInside = `
                              as-collector as-query as-agent as-cleaner as-elasticsearch as-check stray
proxy:4180                         .          .        .         .            .              .      .
proxy:44180                        .          .        .         .            .              .      .
proxy-service:4180                 .          .        .         .            .              .      .
issuer:5556                        .          .        .         .            .              .      .
`;

/** What oauth2-proxy itself reaches: `as-proxy` has its labels, `issuer` is where people log in. */
const fromProxy = `
                              as-proxy
collector:14250                  .
collector:14268                  .
collector:4317                   .
collector:4318                   .
collector:9411                   .
collector:14269                  .
query:16685                      .
query:16686                      x
query:16687                      .
agent:5778                       .
agent:14271                      .
elasticsearch:9200               .
elasticsearch:9300               .
collector-service:14268          .
query-service:16686              x
agent-service:5778               .
elasticsearch-service:9200       .
stray:8080                       .
stranger:8080                    .
outside:tcp                      .
api-service:443                  .
api-node:6443                    .
kubelet:10250                    .
dns:53/tcp                       x
dns:53/udp                       x
dns-service:53/udp               x
issuer:5556                      x
proxy:4180                       .
proxy:44180                      .
proxy-service:4180               .
`;

/** One flow that is tried. */
export interface ExpectedFlow {
  readonly from: string;
  readonly to: string;
  readonly allowed: boolean;
}

/** Every cell. @param withLogin - Whether people log in to the UI. */
export function expectedFlows(withLogin = false): readonly ExpectedFlow[] {
  const own = withLogin ? [fromDoorWithLogin, toProxy, toProxyFromInside, fromProxy] : [fromDoor];
  return [fromOutside, fromInside, ...own].flatMap(parseTable);
}

/** The cells of a table: a row for each target, a column for each source. */
export function parseTable(table: string): ExpectedFlow[] {
  const [sources = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([to = '', ...marks]) => {
    if (marks.length !== sources.length || !marks.every((mark) => /^[x.-]$/.test(mark)))
      throw new Error(`the row ${to} has not one mark for each of ${sources.join(', ')}`);
    return sources.flatMap((from, column) =>
      marks[column] === '-' ? [] : [{ from, to, allowed: marks[column] === 'x' }],
    );
  });
}
