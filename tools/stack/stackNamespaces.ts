import { agentNamespace } from '../../infra/jaeger/endpoints.ts';

/** What says where a stack is: its configuration or its outputs. */
interface StackPlace {
  readonly namespace: string;
  readonly agent: { readonly hostPorts: boolean };
}

/** The namespaces that a stack makes: Jaeger's and, with host ports, the agent's. */
export function stackNamespaces({ namespace, agent: { hostPorts } }: StackPlace): string[] {
  return [...new Set([namespace, agentNamespace({ namespace, hostPorts })])];
}
