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

const certificateAuthority = mapping(
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

const clientCertificate = mapping(
  {
    existingSecret: mapping(
      {
        name: secretName,
        certificateKey: text({ ...dataKey, description: 'Key that holds the certificate.' }).default('tls.crt'),
        privateKeyKey: text({ ...dataKey, description: 'Key that holds the private key.' }).default('tls.key'),
      },
      'A Secret that exists already, of type kubernetes.io/tls or alike.',
    ),
  },
  'The certificate that Jaeger shows to the cluster.',
);

/** How the cluster's certificate is checked. It always is: there is no key that switches it off. */
export const elasticsearchTlsSchema = mapping(
  {
    ca: certificateAuthority.optional(),
    clientCertificate: clientCertificate.optional(),
    serverName: text({
      pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
      allowed: 'a host name',
      description: "Name that stands in the cluster's certificate, where it is not the host of the address.",
    }).optional(),
  },
  'TLS to the cluster, where a private CA or a client certificate is needed. Addresses must be https.',
);
