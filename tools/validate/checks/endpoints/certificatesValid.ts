import { listCertificateProblems } from '../../../kube/uiCertificates.ts';
import { describePlaced } from '../../../kube/workload.ts';
import type { Check } from '../../check.ts';

/** Browsers take what the UI shows them, for some days to come. */
export const certificatesValid: Check = {
  id: 'certificates-valid',
  component: 'endpoints',
  title: 'the certificate of the UI is for its host, and lasts',
  applies: async (deployment) => (await deployment.config()).ingress?.tlsSecretName !== undefined,
  run: async ({ deployment }) => {
    const [kube, { namespace, ingress }] = await Promise.all([deployment.kube(), deployment.config()]);
    const subject = `certificate of ${ingress?.host ?? ''}`;
    const expected = 'valid for its host, and for days to come';
    const problems = await listCertificateProblems(kube, [namespace]);
    if (problems.length === 0) return [{ outcome: 'ok', subject, expected, found: 'nothing that browsers refuse' }];
    return problems.map((problem) => ({
      outcome: 'failed',
      subject,
      expected,
      found: describePlaced(problem),
      mend: 'renew the certificate in the Secret of ingress.tlsSecretName',
    }));
  },
};
