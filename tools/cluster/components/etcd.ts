import { pkiPath, type Component } from './component.ts';

const CLIENT_URL = 'https://127.0.0.1:2379';
const PEER_URL = 'https://127.0.0.1:2380';

/** One member, on the node's loopback; clients and peers must show a certificate of etcd's authority. */
export function etcd(): Component {
  return {
    name: 'etcd',
    command: [
      '/usr/bin/etcd',
      '--name=node',
      '--data-dir=/var/lib/etcd',
      `--listen-client-urls=${CLIENT_URL}`,
      `--advertise-client-urls=${CLIENT_URL}`,
      `--listen-peer-urls=${PEER_URL}`,
      `--initial-advertise-peer-urls=${PEER_URL}`,
      `--initial-cluster=node=${PEER_URL}`,
      `--cert-file=${pkiPath('etcd-server.crt')}`,
      `--key-file=${pkiPath('etcd-server.key')}`,
      `--trusted-ca-file=${pkiPath('etcd-ca.crt')}`,
      '--client-cert-auth',
      `--peer-cert-file=${pkiPath('etcd-server.crt')}`,
      `--peer-key-file=${pkiPath('etcd-server.key')}`,
      `--peer-trusted-ca-file=${pkiPath('etcd-ca.crt')}`,
      '--peer-client-cert-auth',
      // The gateway would dial etcd with the server's certificate, which is not one for clients.
      '--enable-grpc-gateway=false',
      '--snapshot-count=10000',
      '--logger=zap',
      '--log-level=warn',
    ],
  };
}
