import { kubeconfigPath, pkiPath, programPath, type Component } from './component.ts';

/** Port of the scheduler's health probe. */
export const SCHEDULER_PORT = 10259;

/** The scheduler. */
export function kubeScheduler(): Component {
  const kubeconfig = kubeconfigPath('kube-scheduler');
  return {
    name: 'kube-scheduler',
    startsAfter: ['api'],
    command: [
      programPath('kube-scheduler'),
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      '--bind-address=127.0.0.1',
      '--leader-elect=false',
      '--profiling=false',
      `--client-ca-file=${pkiPath('ca.crt')}`,
      `--tls-cert-file=${pkiPath('node-server.crt')}`,
      `--tls-private-key-file=${pkiPath('node-server.key')}`,
    ],
  };
}
