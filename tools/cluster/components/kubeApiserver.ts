import { API_PORT, pkiPath, programPath, SERVICE_CIDR, type Component, type NodeSettings } from './component.ts';

/** The API: client certificates and service account tokens only, anonymous requests refused. */
export function kubeApiserver(node: NodeSettings): Component {
  const issuer = 'https://kubernetes.default.svc.cluster.local';
  return {
    name: 'kube-apiserver',
    startsAfter: ['etcd'],
    command: [
      programPath('kube-apiserver'),
      `--advertise-address=${node.nodeAddress}`,
      `--secure-port=${String(API_PORT)}`,
      '--anonymous-auth=false',
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction,PodSecurity',
      '--allow-privileged=true',
      '--profiling=false',
      `--service-cluster-ip-range=${SERVICE_CIDR}`,
      `--client-ca-file=${pkiPath('ca.crt')}`,
      `--tls-cert-file=${pkiPath('kube-apiserver.crt')}`,
      `--tls-private-key-file=${pkiPath('kube-apiserver.key')}`,
      '--tls-min-version=VersionTLS12',
      '--etcd-servers=https://127.0.0.1:2379',
      `--etcd-cafile=${pkiPath('etcd-ca.crt')}`,
      `--etcd-certfile=${pkiPath('apiserver-etcd-client.crt')}`,
      `--etcd-keyfile=${pkiPath('apiserver-etcd-client.key')}`,
      `--kubelet-certificate-authority=${pkiPath('ca.crt')}`,
      `--kubelet-client-certificate=${pkiPath('apiserver-kubelet-client.crt')}`,
      `--kubelet-client-key=${pkiPath('apiserver-kubelet-client.key')}`,
      '--kubelet-preferred-address-types=InternalIP',
      `--service-account-issuer=${issuer}`,
      `--service-account-key-file=${pkiPath('sa.pub')}`,
      `--service-account-signing-key-file=${pkiPath('sa.key')}`,
      `--requestheader-client-ca-file=${pkiPath('front-proxy-ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      `--proxy-client-cert-file=${pkiPath('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${pkiPath('front-proxy-client.key')}`,
    ],
  };
}
