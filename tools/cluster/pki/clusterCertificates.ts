import { join } from 'node:path';
import { readTextIfPresent, writePrivateFile } from '../../process/privateFiles.ts';
import {
  createAuthority,
  createSigningKey,
  issueCertificate,
  type CertificateRequest,
  type KeyAndCertificate,
} from './certificateAuthority.ts';
import { isAuthorityUsable, isCertificateUsable } from './isCertificateUsable.ts';

/** The cluster's own authority, etcd's, and the one behind which the API server speaks to extensions. */
export type AuthorityName = 'ca' | 'etcd-ca' | 'front-proxy-ca';

/** One certificate of the cluster. */
export interface CertificateSpec {
  /** File name without extension. */
  readonly name: string;
  readonly authority: AuthorityName;
  readonly request: CertificateRequest;
}

const LOOPBACK = ['localhost', '127.0.0.1'];

/** User that kube-router acts as; its rights are in the cluster's own manifests. */
export const KUBE_ROUTER_USER = 'tracewright:kube-router';

/** User that the volume provisioner acts as. */
export const VOLUME_PROVISIONER_USER = 'tracewright:volume-provisioner';

/** User that the API server acts as towards the kubelet. */
export const KUBELET_CLIENT_USER = 'tracewright:kube-apiserver-kubelet-client';

/** Lists every certificate that a cluster whose first node has this name and address needs there. */
export function certificateSpecs(
  nodeName: string,
  nodeAddress: string,
  apiServiceAddress: string,
): readonly CertificateSpec[] {
  const apiNames = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  return [
    server('kube-apiserver', 'ca', [nodeName, ...apiNames, apiServiceAddress, nodeAddress, ...LOOPBACK]),
    client('admin', 'ca', 'tracewright:admin', 'system:masters'),
    client('kube-controller-manager', 'ca', 'system:kube-controller-manager'),
    client('kube-scheduler', 'ca', 'system:kube-scheduler'),
    ...workerCertificateSpecs(nodeName, nodeAddress),
    client('apiserver-kubelet-client', 'ca', KUBELET_CLIENT_USER),
    server('etcd-server', 'etcd-ca', LOOPBACK),
    client('apiserver-etcd-client', 'etcd-ca', 'kube-apiserver-etcd-client'),
    client('front-proxy-client', 'front-proxy-ca', 'front-proxy-client'),
  ];
}

/** Lists what every node needs, and a worker has nothing else: no administrator's key, and none of an authority. */
export function workerCertificateSpecs(nodeName: string, nodeAddress: string): readonly CertificateSpec[] {
  return [
    server('node-server', 'ca', [nodeName, nodeAddress, ...LOOPBACK]),
    client('kubelet', 'ca', `system:node:${nodeName}`, 'system:nodes'),
    client('kube-proxy', 'ca', 'system:kube-proxy'),
    client('kube-router', 'ca', KUBE_ROUTER_USER),
    client('volume-provisioner', 'ca', VOLUME_PROVISIONER_USER),
  ];
}

/**
 * Makes what is missing, damaged, about to expire (60 days) or issued for another address, and keeps
 * the rest: key files 0600, `<name>.crt` and `<name>.key`, and the service accounts' `sa.key`, `sa.pub`.
 */
export async function ensureCertificates(
  directory: string,
  specs: readonly CertificateSpec[],
  now: number,
): Promise<void> {
  const names: readonly AuthorityName[] = ['ca', 'etcd-ca', 'front-proxy-ca'];
  const authorities = await Promise.all(
    names.map(async (name) => [name, await ensureAuthority(directory, name, now)] as const),
  );
  const byName = new Map<AuthorityName, KeyAndCertificate>(authorities);
  await Promise.all(
    specs.map(async (spec) => {
      const authority = byName.get(spec.authority);
      if (authority !== undefined) await ensureCertificate(directory, spec, authority, now);
    }),
  );
  await ensureSigningKey(directory);
}

/**
 * Does for a worker's directory what {@link ensureCertificates} does for the first node's: issued by that one's authority, of
 * which the worker gets the certificate alone.
 *
 * @throws Error when the first node's directory has no authority.
 */
export async function ensureWorkerCertificates(
  directory: string,
  authorityDirectory: string,
  specs: readonly CertificateSpec[],
  now: number,
): Promise<void> {
  const authority = readPair(authorityDirectory, 'ca');
  if (authority === undefined)
    throw new Error(`the authority's files vanished from ${authorityDirectory}; run "up" again`);
  writePrivateFile(join(directory, 'ca.crt'), authority.certificate);
  await Promise.all(specs.map((spec) => ensureCertificate(directory, spec, authority, now)));
}

/** Reads a pair that {@link ensureCertificates} made; undefined when a file is missing. */
export function readPair(directory: string, name: string): KeyAndCertificate | undefined {
  const key = readTextIfPresent(join(directory, `${name}.key`));
  const certificate = readTextIfPresent(join(directory, `${name}.crt`));
  return key === undefined || certificate === undefined ? undefined : { key, certificate };
}

async function ensureAuthority(directory: string, name: AuthorityName, now: number): Promise<KeyAndCertificate> {
  const present = readPair(directory, name);
  if (present !== undefined && isAuthorityUsable(present, now)) return present;
  return writePair(directory, name, await createAuthority(`tracewright-${name}`, now));
}

async function ensureCertificate(
  directory: string,
  spec: CertificateSpec,
  authority: KeyAndCertificate,
  now: number,
): Promise<void> {
  const present = readPair(directory, spec.name);
  if (present !== undefined && isCertificateUsable(present, authority, spec.request, now)) return;
  writePair(directory, spec.name, await issueCertificate(authority, spec.request, now));
}

async function ensureSigningKey(directory: string): Promise<void> {
  const publicPath = join(directory, 'sa.pub');
  if (readTextIfPresent(publicPath) !== undefined) return;
  const { privateKey, publicKey } = await createSigningKey();
  writePrivateFile(join(directory, 'sa.key'), privateKey);
  writePrivateFile(publicPath, publicKey); // Last: its presence says that both are whole.
}

function writePair(directory: string, name: string, pair: KeyAndCertificate): KeyAndCertificate {
  writePrivateFile(join(directory, `${name}.key`), pair.key);
  writePrivateFile(join(directory, `${name}.crt`), `${pair.certificate}\n`);
  return pair;
}

function server(name: string, authority: AuthorityName, names: readonly string[]): CertificateSpec {
  const subjectAltNames = names.map((value) => ({
    type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const),
    value,
  }));
  return { name, authority, request: { commonName: name, usage: 'server', subjectAltNames } };
}

function client(name: string, authority: AuthorityName, commonName: string, organization?: string): CertificateSpec {
  const group = organization === undefined ? {} : { organization };
  return { name, authority, request: { commonName, usage: 'client', ...group } };
}
