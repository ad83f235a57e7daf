import { agentNamespace, serviceNames } from '../jaeger/endpoints.ts';

/** The topic that spans wait in. */
export interface WatchedTopic {
  /** So many partitions it has; of an external Kafka, so many as the configuration says. */
  readonly partitions: number;
}

/** What alerts have to know of a stack. */
export interface MonitoredStack {
  /** Jaeger's namespace. */
  readonly namespace: string;
  /** That of the agent. */
  readonly agentNamespace: string;
  /** The topic between collectors and storage; `false` where there is none. */
  readonly streaming: false | WatchedTopic;
  /** Whether people log in by oauth2-proxy. */
  readonly login: boolean;
  /** What a container may take, in MiB. */
  readonly memoryLimitMebibytes: {
    /** Of an agent. */
    readonly agent: number;
    /** Of a collector. */
    readonly collector: number;
    /** Of a query service. */
    readonly query: number;
    /** Of an ingester; only of a stack that streams. */
    readonly ingester?: number;
  };
}

/** A component whose pods show metrics. */
export type ScrapedComponent = 'agent' | 'collector' | 'query' | 'ingester' | 'oauth2Proxy';

interface Limited {
  readonly resources: { readonly limits: { readonly memoryMebibytes: number } };
}

/** The part of a stack's configuration that {@link monitoredStack} reads. */
export interface MonitoredConfig {
  readonly namespace: string;
  readonly agent: Limited & { readonly hostPorts: boolean };
  readonly collector: Limited;
  readonly query: Limited;
  /** Only of a stack that streams, as is its ingester. */
  readonly streaming?: WatchedTopic | undefined;
  readonly ingester?: Limited | undefined;
  readonly ingress?: { readonly oidc?: unknown } | undefined;
}

/** What alerts have to know of a stack, as its configuration says. */
export function monitoredStack(config: MonitoredConfig): MonitoredStack {
  const { namespace, agent, collector, query, streaming, ingester, ingress } = config;
  const limit = ({ resources }: Limited): number => resources.limits.memoryMebibytes;
  return {
    namespace,
    agentNamespace: agentNamespace({ namespace, hostPorts: agent.hostPorts }),
    streaming: streaming !== undefined && { partitions: streaming.partitions },
    login: ingress?.oidc !== undefined,
    memoryLimitMebibytes: {
      agent: limit(agent),
      collector: limit(collector),
      query: limit(query),
      ...(ingester && { ingester: limit(ingester) }),
    },
  };
}

/** The components of a stack that show metrics. */
export function scrapedComponents({
  streaming,
  login,
}: Pick<MonitoredStack, 'streaming' | 'login'>): readonly ScrapedComponent[] {
  return [
    'agent',
    'collector',
    'query',
    ...(streaming ? (['ingester'] as const) : []),
    ...(login ? (['oauth2Proxy'] as const) : []),
  ];
}

/** The namespace of a component's pods. */
export function namespaceOf(
  component: ScrapedComponent,
  stack: Pick<MonitoredStack, 'namespace' | 'agentNamespace'>,
): string {
  return component === 'agent' ? stack.agentNamespace : stack.namespace;
}

/** The name of a component's workload, which its pods' names begin with. */
export function workloadOf(component: ScrapedComponent): string {
  return serviceNames[component];
}
