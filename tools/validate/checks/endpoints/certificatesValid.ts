import { CoreV1Api } from '@kubernetes/client-node';
import { unlessAbsent } from '../../../kube/namespaces.ts';
import { certificateProblem, type CertificateSecret } from '../../../kube/uiCertificates.ts';
import type { Check } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const dayMillis = 86_400_000;
// What `certificateProblem` tells a week before its end is told as a warning a week earlier.
const earlierDays = 7;

/** Browsers take what the UI shows them, for some days to come. */
export const certificatesValid: Check = {
  id: 'certificates-valid',
  component: 'endpoints',
  title: 'the certificate of the UI is for its host, and lasts',
  applies: async (deployment) => (await deployment.config()).ingress?.tlsSecretName !== undefined,
  run: async ({ deployment }) => {
    const [kube, { namespace, ingress }] = await Promise.all([deployment.kube(), deployment.config()]);
    const { host = '', tlsSecretName: name = '' } = ingress ?? {};
    // Whoever may not read it is told so: nothing is said to be well that was not seen.
    const secret = await kube.makeApiClient(CoreV1Api).readNamespacedSecret({ namespace, name }).catch(unlessAbsent);
    return [judgeCertificate({ name, data: secret && (secret.data ?? {}) }, host, Date.now())];
  },
};

/** What the Secret of a host's certificate means at a moment: failed from a week before its end, a warning for a week before that. */
export function judgeCertificate(secret: CertificateSecret, host: string, nowMillis: number): Finding {
  const seen = { subject: `certificate of ${host}`, expected: 'valid for its host, and for 14 days to come' };
  const mend = 'renew the certificate in the Secret of ingress.tlsSecretName';
  const problem = certificateProblem(secret, host, nowMillis);
  if (problem !== undefined) return { outcome: 'failed', ...seen, found: problem, mend };
  const soon = certificateProblem(secret, host, nowMillis + earlierDays * dayMillis);
  if (soon !== undefined) return { outcome: 'warning', ...seen, found: soon, mend };
  return { outcome: 'ok', ...seen, found: 'nothing that browsers refuse' };
}
