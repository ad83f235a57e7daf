import { kubeconfigPath, pkiPath, programPath, SERVICE_CIDR, type Component } from './component.ts';

/** Port of the controller manager's health probe. */
export const CONTROLLER_MANAGER_PORT = 10257;

/** The controllers, each with a service account of its own. */
export function kubeControllerManager(): Component {
  const kubeconfig = kubeconfigPath('kube-controller-manager');
  return {
    name: 'kube-controller-manager',
    startsAfter: ['api'],
    command: [
      programPath('kube-controller-manager'),
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      '--leader-elect=false',
      '--profiling=false',
      '--use-service-account-credentials=true',
      '--flex-volume-plugin-dir=/var/lib/kubelet/volumeplugins', // The default lies in the read-only /usr.
      '--allocate-node-cidrs=false', // Each node's number says which are its pods'.
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      `--root-ca-file=${pkiPath('ca.crt')}`,
      `--client-ca-file=${pkiPath('ca.crt')}`,
      `--service-account-private-key-file=${pkiPath('sa.key')}`,
      `--cluster-signing-cert-file=${pkiPath('ca.crt')}`,
      `--cluster-signing-key-file=${pkiPath('ca.key')}`,
      `--tls-cert-file=${pkiPath('node-server.crt')}`,
      `--tls-private-key-file=${pkiPath('node-server.key')}`,
    ],
  };
}
