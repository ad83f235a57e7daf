import { runsControlPlane, type Component, type NodeSettings } from './component.ts';
import { containerd } from './containerd.ts';
import { etcd } from './etcd.ts';
import { kubeApiserver } from './kubeApiserver.ts';
import { kubeControllerManager } from './kubeControllerManager.ts';
import { kubelet } from './kubelet.ts';
import { kubeProxy } from './kubeProxy.ts';
import { kubeRouter } from './kubeRouter.ts';
import { kubeScheduler } from './kubeScheduler.ts';
import { volumeProvisioner } from './volumeProvisioner.ts';

/** Every component of a node: a worker's, and on the first node the control plane too. */
export function clusterComponents(node: NodeSettings): readonly Component[] {
  const ofEveryNode = [kubelet(node), kubeProxy(node), kubeRouter(node), volumeProvisioner(node)];
  if (!runsControlPlane(node)) return [containerd(), ...ofEveryNode];
  return [etcd(), containerd(), kubeApiserver(node), kubeControllerManager(), kubeScheduler(), ...ofEveryNode];
}
