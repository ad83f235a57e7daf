import {
  configPath,
  DNS_SERVICE_ADDRESS,
  kubeconfigPath,
  pkiPath,
  programPath,
  type Component,
  type NodeSettings,
} from './component.ts';
import { CONTAINERD_SOCKET } from './containerd.ts';

/** Port of the kubelet's API, which only the API server asks. */
export const KUBELET_PORT = 10250;

/** The node's agent. Its API asks for a client certificate and lets the API server decide. */
export function kubelet(node: NodeSettings): Component {
  return {
    name: 'kubelet',
    // Before the API has read its pods, it does not let a node have their claims: a pod would wait for 15 s more.
    startsAfter: ['containerd', 'api-caches'],
    command: [
      programPath('kubelet'),
      `--config=${configPath('kubelet.json')}`,
      `--kubeconfig=${kubeconfigPath('kubelet')}`,
      `--hostname-override=${node.nodeName}`,
      `--node-ip=${node.nodeAddress}`,
    ],
  };
}

/** Renders the kubelet's configuration. */
export function kubeletConfig(node: NodeSettings): string {
  const config = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pkiPath('ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    port: KUBELET_PORT,
    readOnlyPort: 0,
    tlsCertFile: pkiPath('node-server.crt'),
    tlsPrivateKeyFile: pkiPath('node-server.key'),
    clusterDomain: 'cluster.local',
    clusterDNS: [DNS_SERVICE_ADDRESS],
    cgroupDriver: 'cgroupfs',
    cgroupRoot: node.cgroupRoot,
    failCgroupV1: false,
    failSwapOn: false,
    oomScoreAdj: 0, // Lowering it needs CAP_SYS_RESOURCE.
    volumePluginDir: '/var/lib/kubelet/volumeplugins', // The default lies in the read-only /usr.
    serializeImagePulls: false,
    // Absolute bounds: a few percent of a large disk are plenty, and images that were imported cannot be pulled again.
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1Gi',
      'imagefs.available': '1Gi',
      'nodefs.inodesFree': '1%',
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    containerLogMaxSize: '5Mi',
    containerLogMaxFiles: 3,
    // What crashed because another part was killed comes back within seconds of that part, not within five minutes.
    featureGates: { KubeletCrashLoopBackOffMax: true },
    crashLoopBackOff: { maxContainerRestartPeriod: '10s' },
    nodeStatusUpdateFrequency: '5s',
    // Mounted Secrets and ConfigMaps are written anew when the kubelet looks at a pod again: every 10 to 15 s, so that a
    // rotated password is there within seconds. The default is 60 to 90 s, and real clusters mostly keep it.
    syncFrequency: '10s',
    configMapAndSecretChangeDetectionStrategy: 'Watch',
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
