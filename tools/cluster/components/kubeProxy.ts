import { kubeconfigPath, POD_CIDR, programPath, type Component, type NodeSettings } from './component.ts';

/** Port of kube-proxy's health probe. */
export const KUBE_PROXY_HEALTH_PORT = 10256;

/** Service addresses, by iptables. */
export function kubeProxy(node: NodeSettings): Component {
  return {
    name: 'kube-proxy',
    startsAfter: ['api'],
    command: [
      programPath('kube-proxy'),
      `--kubeconfig=${kubeconfigPath('kube-proxy')}`,
      `--hostname-override=${node.nodeName}`,
      '--proxy-mode=iptables',
      `--cluster-cidr=${POD_CIDR}`,
      `--healthz-bind-address=127.0.0.1:${String(KUBE_PROXY_HEALTH_PORT)}`,
      '--metrics-bind-address=127.0.0.1:10249',
      '--nodeport-addresses=primary',
      '--iptables-min-sync-period=200ms',
      '--iptables-sync-period=10s',
      '--oom-score-adj=0', // Lowering it needs CAP_SYS_RESOURCE.
      // Connection tracking's maximum and timeouts belong to the host and are read-only in a namespace.
      '--conntrack-max-per-core=0',
      '--conntrack-min=0',
      '--conntrack-tcp-timeout-established=0s',
      '--conntrack-tcp-timeout-close-wait=0s',
    ],
  };
}
