import { podCidrOf, type NodeSettings } from './component.ts';

/** The interface of the node that all pods' packets come in by. */
export const POD_BRIDGE = 'cni0';

/** Renders the pods' network: one bridge, addresses from the node's range, host ports. */
export function cniConfig(node: Pick<NodeSettings, 'number'>): string {
  const bridge = {
    type: 'bridge',
    bridge: POD_BRIDGE,
    isGateway: true,
    isDefaultGateway: true,
    // A policy of another node would see this node's address instead of the pod's. The first node hides the pods' addresses
    // from the host, which alone does not know the way to them.
    ipMasq: false,
    hairpinMode: true,
    // Under /run, so that a node that was killed does not keep its pods' addresses for ever.
    ipam: { type: 'host-local', dataDir: '/run/cni/addresses', ranges: [[{ subnet: podCidrOf(node) }]] },
  };
  const portmap = { type: 'portmap', capabilities: { portMappings: true } };
  return `${JSON.stringify({ cniVersion: '0.4.0', name: 'tracewright', plugins: [bridge, portmap] }, null, 2)}\n`;
}
