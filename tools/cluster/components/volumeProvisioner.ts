import { kubeconfigPath, programPath, type Component, type NodeSettings } from './component.ts';

/** Where the node keeps the directories that it hands out as volumes. */
export const VOLUMES_DIRECTORY = '/var/lib/tracewright/volumes';

/** Gives every claim of the default storage class a directory. */
export function volumeProvisioner(node: NodeSettings): Component {
  return {
    name: 'volume-provisioner',
    startsAfter: ['api'],
    command: [
      programPath('volume-provisioner'),
      `--kubeconfig=${kubeconfigPath('volume-provisioner')}`,
      `--node=${node.nodeName}`,
      `--directory=${VOLUMES_DIRECTORY}`,
    ],
  };
}
