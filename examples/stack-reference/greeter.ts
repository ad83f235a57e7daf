import * as pulumi from '@pulumi/pulumi';
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment.js';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap.js';
import { Service } from '@pulumi/kubernetes/core/v1/service.js';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy.js';
import type { types } from '@pulumi/kubernetes';
import { readFileSync } from 'node:fs';

/** Arguments of {@link Greeter}. */
export interface GreeterArgs {
  /** A namespace that exists. */
  readonly namespace: pulumi.Input<string>;
  /** The name that its spans carry. */
  readonly serviceName: string;
  /** An image with Node.js and `@tracewright/runtime` in its working directory. */
  readonly image: string;
  /** The tracing stack's `environment` output. */
  readonly environment: pulumi.Input<Readonly<Record<string, string>>>;
}

const name = 'greeter';
const port = 8080;
const programDirectory = '/srv/greeter';
const program = 'greeter.mjs';

/** A small HTTP service that is traced: it takes every address from a ConfigMap of the tracing stack's outputs. */
export class Greeter extends pulumi.ComponentResource {
  /** Address of the service inside the cluster. */
  readonly url: pulumi.Output<string>;

  constructor(logicalName: string, args: GreeterArgs, options?: pulumi.ComponentResourceOptions) {
    super('example:application:Greeter', logicalName, {}, options);
    const labels = { 'app.kubernetes.io/name': name };
    const { namespace } = args;
    const environment = new ConfigMap(
      `${logicalName}-tracing`,
      { metadata: { name: 'tracing', namespace, labels }, data: args.environment },
      { parent: this },
    );
    const source = new ConfigMap(
      `${logicalName}-program`,
      { metadata: { name: 'program', namespace, labels }, data: { [program]: readProgram() } },
      { parent: this },
    );
    new NetworkPolicy(
      logicalName,
      { metadata: { name, namespace, labels }, spec: networkPolicySpec(labels) },
      { parent: this },
    );
    const pod = podSpec(args, environment.metadata.name, source.metadata.name);
    new Deployment(
      logicalName,
      {
        metadata: { name, namespace, labels },
        spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod } },
      },
      { parent: this },
    );
    const service = new Service(
      logicalName,
      {
        metadata: { name, namespace, labels },
        spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
      },
      { parent: this },
    );
    this.url = pulumi.interpolate`http://${service.metadata.name}.${namespace}.svc`;
    this.registerOutputs({ url: this.url });
  }
}

function readProgram(): string {
  return readFileSync(new URL(`app/${program}`, import.meta.url), 'utf8');
}

function podSpec(
  { image, serviceName }: GreeterArgs,
  environment: pulumi.Input<string>,
  source: pulumi.Input<string>,
): types.input.core.v1.PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name,
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['node', '--import', '@tracewright/runtime/register', `${programDirectory}/${program}`],
        envFrom: [{ configMapRef: { name: environment } }],
        env: [
          { name: 'OTEL_SERVICE_NAME', value: serviceName },
          { name: 'PORT', value: String(port) },
        ],
        ports: [{ name: 'http', containerPort: port }],
        ...probes(),
        resources: { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '500m', memory: '192Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'program', mountPath: programDirectory, readOnly: true }],
      },
    ],
    volumes: [{ name: 'program', configMap: { name: source } }],
  };
}

/** Everybody may ask it; it asks the cluster's DNS for names, and sends spans to a Tracewright stack in whatever namespace. */
function networkPolicySpec(labels: Readonly<Record<string, string>>): types.input.networking.v1.NetworkPolicySpec {
  const open = (protocol: 'TCP' | 'UDP', ...ports: readonly number[]) => ports.map((port) => ({ protocol, port }));
  const namespace = (matchLabels: Readonly<Record<string, string>>) => [{ namespaceSelector: { matchLabels } }];
  return {
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ protocol: 'TCP', port: 'http' }] }],
    egress: [
      {
        to: namespace({ 'kubernetes.io/metadata.name': 'kube-system' }),
        ports: [...open('UDP', 53), ...open('TCP', 53)],
      },
      {
        to: namespace({ 'app.kubernetes.io/part-of': 'tracewright' }),
        ports: [...open('UDP', 6831, 6832), ...open('TCP', 5778, 14_268, 4317, 4318)],
      },
    ],
  };
}

/** The runtime makes no spans of requests to these paths. */
function probes(): Pick<types.input.core.v1.Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'> {
  const asks = (path: string) => ({ httpGet: { path, port: 'http' }, timeoutSeconds: 2 });
  return {
    startupProbe: { ...asks('/startupz'), periodSeconds: 1, failureThreshold: 60 },
    livenessProbe: { ...asks('/livez'), periodSeconds: 10 },
    readinessProbe: { ...asks('/readyz'), periodSeconds: 5 },
  };
}
