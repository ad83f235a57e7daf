// Runs in a pod: see podDiscovery.ts.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

const account = '/var/run/secrets/kubernetes.io/serviceaccount';

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly nodeName?: string; readonly containers: readonly Container[] };
  readonly status: { readonly podIP?: string; readonly phase: string };
}

interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
}

/** One target in the form of `http_sd_configs`. */
interface TargetGroup {
  readonly targets: readonly [string];
  readonly labels: Readonly<Record<string, string>>;
}

createServer((asked, answer) => {
  const namespaces = new URL(asked.url ?? '/', 'http://localhost').searchParams.getAll('namespace');
  listPods().then(
    (pods) => {
      const wanted = pods.filter(({ metadata }) => namespaces.length === 0 || namespaces.includes(metadata.namespace));
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(wanted.flatMap(groupsOf)));
    },
    (error: unknown) => answer.writeHead(500).end(String(error)),
  );
}).listen(8080);

async function listPods(): Promise<readonly Pod[]> {
  const token = readFileSync(`${account}/token`, 'utf8');
  const ca = readFileSync(`${account}/ca.crt`);
  const body = await new Promise<string>((resolve, reject) => {
    request(
      'https://kubernetes.default.svc/api/v1/pods',
      { ca, headers: { authorization: `Bearer ${token}` } },
      (given) => {
        text(given).then(resolve, reject);
      },
    )
      .on('error', reject)
      .end();
  });
  return (JSON.parse(body) as { readonly items: readonly Pod[] }).items;
}

/** A target for each port of each container, with the labels that Prometheus' own discovery of pods gives it. */
function groupsOf(pod: Pod): TargetGroup[] {
  const { podIP } = pod.status;
  if (podIP === undefined) return [];
  return pod.spec.containers.flatMap((container) =>
    (container.ports ?? []).map(({ name, containerPort }) => ({
      targets: [`${podIP}:${containerPort}`] as const,
      labels: withPrefix({
        ...labelsOf(pod),
        container_name: container.name,
        container_port_name: name ?? '',
        container_port_number: String(containerPort),
      }),
    })),
  );
}

function labelsOf({ metadata, spec, status }: Pod): Record<string, string> {
  const { name, namespace, labels = {}, annotations = {} } = metadata;
  const each = (kind: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([key, value]) => [`${kind}_${key.replaceAll(/[^a-zA-Z0-9_]/g, '_')}`, value] as const);
  return {
    name,
    ip: status.podIP ?? '',
    phase: status.phase,
    node_name: spec.nodeName ?? '',
    namespace,
    ...Object.fromEntries([...each('label', labels), ...each('annotation', annotations)]),
  };
}

function withPrefix({ namespace = '', ...labels }: Record<string, string>): Record<string, string> {
  const entries = Object.entries(labels).map(([name, value]) => [`__meta_kubernetes_pod_${name}`, value] as const);
  return { __meta_kubernetes_namespace: namespace, ...Object.fromEntries(entries) };
}
