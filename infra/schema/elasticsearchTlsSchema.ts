import { mapping, text } from './fields.ts';
import { certificateAuthority, clientCertificate } from './tlsFields.ts';

/** How the cluster's certificate is checked. It always is: there is no key that switches it off. */
export const elasticsearchTlsSchema = mapping(
  {
    ca: certificateAuthority.optional(),
    clientCertificate: clientCertificate().optional(),
    serverName: text({
      pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/,
      allowed: 'a host name',
      description: "Name that stands in the cluster's certificate, where it is not the host of the address.",
    }).optional(),
  },
  'TLS to the cluster, where a private CA or a client certificate is needed. Addresses must be https.',
);
