import { POD_CIDR } from './component.ts';

/** The interface of the node that all pods' packets come in by. */
export const POD_BRIDGE = 'cni0';

/** Renders the pods' network: one bridge, addresses from the node's range, host ports. */
export function cniConfig(): string {
  const bridge = {
    type: 'bridge',
    bridge: POD_BRIDGE,
    isGateway: true,
    isDefaultGateway: true,
    ipMasq: true,
    hairpinMode: true,
    // Under /run, so that a node that was killed does not keep its pods' addresses for ever.
    ipam: { type: 'host-local', dataDir: '/run/cni/addresses', ranges: [[{ subnet: POD_CIDR }]] },
  };
  const portmap = { type: 'portmap', capabilities: { portMappings: true } };
  return `${JSON.stringify({ cniVersion: '0.4.0', name: 'tracewright', plugins: [bridge, portmap] }, null, 2)}\n`;
}
