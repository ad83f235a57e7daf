import { kubeconfigPath, programPath, runsControlPlane, type Component, type NodeSettings } from './component.ts';

const DIRECTORY = '/var/lib/tracewright/volumes';

/**
 * Where the node keeps the directories that it hands out as volumes. No two nodes have the same: every provisioner hears
 * that a volume is deleted, and only the one under whose directory it lies may say that it is gone.
 */
export function volumesDirectory(node: Pick<NodeSettings, 'number'>): string {
  return runsControlPlane(node) ? DIRECTORY : `${DIRECTORY}-${String(node.number)}`;
}

/** Gives every claim of the default storage class whose pod is scheduled to this node a directory. */
export function volumeProvisioner(node: NodeSettings): Component {
  return {
    name: 'volume-provisioner',
    startsAfter: ['api'],
    command: [
      programPath('volume-provisioner'),
      `--kubeconfig=${kubeconfigPath('volume-provisioner')}`,
      `--node=${node.nodeName}`,
      `--directory=${volumesDirectory(node)}`,
    ],
  };
}
