import { ApiException, CoreV1Api, NetworkingV1Api, type KubeConfig } from '@kubernetes/client-node';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { shorten } from './logLines.ts';
import { noneIfForbidden } from './noneIfForbidden.ts';
import type { PlacedProblem } from './workload.ts';

const dayMillis = 24 * 60 * 60 * 1000;
/** Whoever renews certificates has done so by then: cert-manager when a third of their time is left. */
const warningDays = 7;

/** A Secret of an Ingress: its name and, where it exists, what is in it. */
export interface CertificateSecret {
  readonly name: string;
  /** By key, in base64; undefined for one that is not there. */
  readonly data: Readonly<Record<string, string>> | undefined;
}

/** What is wrong with the certificates that the UIs of deployments are served with. Where nobody may look, nothing is said. */
export async function listCertificateProblems(
  config: KubeConfig,
  deployments: readonly string[],
  nowMillis: () => number = Date.now,
): Promise<PlacedProblem[]> {
  const networking = config.makeApiClient(NetworkingV1Api);
  const labelSelector = 'app.kubernetes.io/part-of=tracewright';
  const found = deployments.map(async (namespace) => {
    const { items } = await networking.listNamespacedIngress({ namespace, labelSelector }).catch(noneIfForbidden);
    const served = items.flatMap(({ metadata, spec }) =>
      (spec?.tls ?? []).flatMap(({ secretName, hosts = [] }) =>
        secretName === undefined ? [] : [{ name: metadata?.name ?? '', secretName, hosts }],
      ),
    );
    const problems = served.map(async ({ name, secretName, hosts }) => {
      const secret = await readSecret(config, namespace, secretName);
      return hosts
        .flatMap((host) => (secret === undefined ? [] : (certificateProblem(secret, host, nowMillis()) ?? [])))
        .map((problem): PlacedProblem => ({ namespace, kind: 'Ingress', name, problem }));
    });
    return (await Promise.all(problems)).flat();
  });
  return (await Promise.all(found)).flat();
}

/** @returns undefined where the user may not read it. */
async function readSecret(config: KubeConfig, namespace: string, name: string): Promise<CertificateSecret | undefined> {
  try {
    const { data = {} } = await config.makeApiClient(CoreV1Api).readNamespacedSecret({ namespace, name });
    return { name, data };
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return { name, data: undefined };
    if (error instanceof ApiException && error.code === 403) return undefined;
    throw error;
  }
}

/** What is wrong with the certificate of a host; undefined for one that browsers take and that nobody has to renew soon. */
export function certificateProblem(
  { name, data }: CertificateSecret,
  host: string,
  nowMillis: number,
): string | undefined {
  const instead = 'until then people are shown another certificate, which their browsers refuse';
  if (data === undefined) return `its Secret ${name} is not there: make it from the certificate of ${host}; ${instead}`;
  const lacking = ['tls.crt', 'tls.key'].find((key) => (data[key] ?? '') === '');
  if (lacking !== undefined)
    return `its Secret ${name} has no ${lacking}: make it of type kubernetes.io/tls; ${instead}`;
  const certificate = parsed(() => new X509Certificate(decoded(data['tls.crt'])));
  if (certificate === undefined) return `tls.crt of its Secret ${name} is no certificate; ${instead}`;
  const key = parsed(() => createPrivateKey(decoded(data['tls.key'])));
  if (key === undefined || !certificate.checkPrivateKey(key))
    return `tls.key of its Secret ${name} is not the key of tls.crt; ${instead}`;
  return hostProblem(certificate, name, host) ?? timeProblem(certificate, name, nowMillis);
}

function hostProblem(certificate: X509Certificate, secret: string, host: string): string | undefined {
  if (certificate.checkHost(host) !== undefined) return undefined;
  const names = shorten(certificate.subjectAltName ?? certificate.subject);
  return `the certificate in its Secret ${secret} is for ${names}, not for ${host}: put one of ${host} there`;
}

function timeProblem(certificate: X509Certificate, secret: string, nowMillis: number): string | undefined {
  const what = `the certificate in its Secret ${secret}`;
  const { validFromDate: from, validToDate: to } = certificate;
  if (nowMillis < from.getTime()) return `${what} is not valid before ${dayOf(from)}: put another one there`;
  if (nowMillis > to.getTime()) return `${what} expired on ${dayOf(to)}: put a new one there`;
  const days = Math.ceil((to.getTime() - nowMillis) / dayMillis);
  if (days > warningDays) return undefined;
  return `${what} expires on ${dayOf(to)}: put a new one there, or see why nobody renews it`;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function decoded(base64 = ''): Buffer {
  return Buffer.from(base64, 'base64');
}

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
