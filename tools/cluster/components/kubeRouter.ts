import { kubeconfigPath, programPath, SERVICE_CIDR, type Component, type NodeSettings } from './component.ts';

/** Port of kube-router's health probe. */
export const KUBE_ROUTER_HEALTH_PORT = 20244;

/** Enforces NetworkPolicy, and does nothing else. */
export function kubeRouter(node: NodeSettings): Component {
  return {
    name: 'kube-router',
    startsAfter: 'api',
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
