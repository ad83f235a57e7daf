import { serviceNames } from '../../../infra/jaeger/endpoints.ts';
import {
  networkFlows,
  type Destination,
  type FlowEnd,
  type FlowSettings,
  type NetworkFlow,
} from '../../../infra/jaeger/networkFlows.ts';
import type { PolicyPeer, PolicyPort } from '../../../infra/kubernetes/networkPolicy.ts';
import { code, table } from '../markdown.ts';

const address: PolicyPeer = { kind: 'addresses', cidrs: ['192.0.2.0/24'] };
const somebody = [address];
const elsewhere: readonly Destination[] = [{ peer: address, ports: [443] }];

/** A stack with all that can be configured, so that no flow is missing from the page. */
const everything: FlowSettings = {
  namespace: 'tracing',
  applicationNamespaces: ['shop'],
  queryNamespaces: ['grafana'],
  dns: { peers: somebody, port: 53 },
  prometheus: somebody,
  storage: 'embedded',
  ingress: { controller: somebody, issuer: elsewhere },
  check: true,
};

/** Every flow that network policies let through, and why. */
export function flowTable(): string {
  const external = networkFlows({ ...everything, storage: elsewhere }).filter(
    ({ toName }) => toName === 'external storage',
  );
  // With Kafka, collectors have no way to the storage; all else stays.
  const direct = new Set(networkFlows(everything).map((flow) => JSON.stringify(flow)));
  const streaming = [
    ...networkFlows({ ...everything, kafka: 'embedded' }),
    ...networkFlows({ ...everything, kafka: elsewhere }).filter(({ toName }) => toName === 'external Kafka'),
    ...networkFlows({ ...everything, kafka: 'embedded', storage: elsewhere }).filter(
      ({ from, toName }) => from === serviceNames.ingester && toName === 'external storage',
    ),
  ]
    .filter((flow) => !direct.has(JSON.stringify(flow)))
    .map((flow) => ({ ...flow, reason: `Only with \`strategy: streaming\`: ${flow.reason}` }));
  // Without a log-in, the Ingress leads straight to the query service.
  const open = networkFlows({ ...everything, ingress: { controller: somebody } })
    .filter(({ fromName }) => fromName === 'Ingress controller')
    .map((flow) => ({ ...flow, reason: `Only with \`ingress.unauthenticated\`: ${flow.reason}` }));
  return table(
    ['from', 'to', 'ports', 'why'],
    [...networkFlows(everything), ...external, ...streaming, ...open].map((flow) => [
      end(flow.from, flow.fromName),
      end(flow.to, flow.toName),
      ports(flow),
      flow.reason,
    ]),
  );
}

function end(given: FlowEnd, name: string | undefined): string {
  return typeof given === 'string' ? code(given) : (name ?? '');
}

function ports({ ports: given, toName }: NetworkFlow): string {
  if (toName === 'external storage') return 'those of `storage.urls`, or `storage.egressPorts`';
  if (toName === 'external Kafka') return 'those of `streaming.kafka.brokers`, or `egressPorts` there';
  if (toName === 'issuer') return 'that of `ingress.oidc.issuerUrl`, or `ingress.oidc.egressPorts`';
  const of = (wanted: PolicyPort['protocol']) => given.filter(({ protocol }) => protocol === wanted);
  return (['TCP', 'UDP'] as const)
    .filter((protocol) => of(protocol).length > 0)
    .map(
      (protocol) =>
        `${protocol} ${of(protocol)
          .map(({ number }) => number)
          .join(', ')}`,
    )
    .join('; ');
}
