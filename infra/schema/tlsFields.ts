import { X509Certificate } from 'node:crypto';
import { mapping, text } from './fields.ts';
import { dataKey, kubernetesName } from './storageFields.ts';

const certificate = {
  pattern: /^\s*(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/,
  allowed: 'one or more certificates in PEM form, and nothing else (no private key)',
};
/** Whether each block of a PEM text can be read as a certificate. */
function areCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.every((block) => {
    try {
      new X509Certificate(block);
      return true;
    } catch {
      return false;
    }
  });
}

const secretName = text({ ...kubernetesName, description: "Name of the Secret, in Jaeger's namespace." });

/** Who signs a server's certificate: in the configuration, or in a Secret. */
export const certificateAuthority = mapping(
  {
    certificate: text({ ...certificate, description: 'Certificates of the CA, in PEM form; they are public.' })
      .refine(areCertificates, { error: 'holds something that is no certificate' })
      .optional(),
    existingSecret: mapping(
      {
        name: secretName,
        key: text({ ...dataKey, description: 'Key that holds the certificates.' }).default('ca.crt'),
      },
      'A Secret that exists already, as cert-manager makes them.',
    ).optional(),
  },
  "Who signs the cluster's certificate. Left out: the CAs in the trust store of the image.",
).refine((ca) => (ca.certificate === undefined) !== (ca.existingSecret === undefined), {
  error: 'must have either "certificate" (PEM) or "existingSecret" (name, key)',
});

/** The certificate of a client. @param privateKey - What its private key must be. */
export function clientCertificate(privateKey = 'Key that holds the private key.') {
  return mapping(
    {
      existingSecret: mapping(
        {
          name: secretName,
          certificateKey: text({ ...dataKey, description: 'Key that holds the certificate.' }).default('tls.crt'),
          privateKeyKey: text({ ...dataKey, description: privateKey }).default('tls.key'),
        },
        'A Secret that exists already, of type kubernetes.io/tls or alike.',
      ),
    },
    'The certificate that Jaeger shows to the cluster.',
  );
}

/** A password in a Secret that exists already. @param rotation - What a change of it takes. */
export function existingPassword(rotation: string) {
  return mapping(
    {
      name: secretName,
      key: text({ ...dataKey, description: 'Key that holds the password.' }).default('password'),
    },
    `A Secret that exists already and holds the password. ${rotation}`,
  );
}

/** A user of a server. Kubernetes would read "$" in a variable's value as the beginning of another variable. */
export const username = text({
  pattern: /^[^\s:$\p{Cc}]+$/u,
  allowed: 'a user name without spaces, ":" and "$"',
  description: 'User of the cluster.',
});
