import { kubeconfigPath, programPath, SERVICE_CIDR, type Component, type NodeSettings } from './component.ts';

/** Port of kube-router's health probe. */
export const KUBE_ROUTER_HEALTH_PORT = 20244;

/** Where the node finds the iptables that kube-router is given, the other one than kube-proxy's where the kernel has two. */
export const KUBE_ROUTER_PROGRAMS = '/etc/tracewright/kube-router';

/**
 * Enforces NetworkPolicy, and does nothing else. It replaces the whole filter table whenever something
 * changes, and kube-proxy, whose chains vanish meanwhile, gives up for half a minute: hence two tables,
 * one in each of the kernel's interfaces. A packet passes when both let it.
 */
export function kubeRouter(node: NodeSettings): Component {
  return {
    name: 'kube-router',
    startsAfter: ['api'],
    searchesFirst: KUBE_ROUTER_PROGRAMS,
    command: [
      programPath('kube-router'),
      `--kubeconfig=${kubeconfigPath('kube-router')}`,
      `--hostname-override=${node.nodeName}`,
      '--run-firewall=true',
      '--run-router=false',
      '--run-service-proxy=false',
      '--run-loadbalancer=false',
      '--enable-cni=false',
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      `--health-port=${String(KUBE_ROUTER_HEALTH_PORT)}`,
      '--metrics-port=0',
    ],
  };
}
