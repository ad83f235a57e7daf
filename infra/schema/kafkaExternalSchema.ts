import * as z from 'zod';
import { mapping, text } from './fields.ts';
import { destinations, podPorts } from './networkFields.ts';
import { certificateAuthority, clientCertificate, existingPassword, username } from './tlsFields.ts';

const broker = text({
  pattern:
    /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*:([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
  allowed: 'an address like kafka.example:9092: host name and port only, without a scheme',
  description: 'Address of one broker.',
});

const tls = mapping(
  {
    ca: certificateAuthority.optional(),
    clientCertificate: clientCertificate(
      "Key that holds the private key, in PKCS#8 form (BEGIN PRIVATE KEY), which Kafka's own tools need.",
    ).optional(),
  },
  'TLS to the brokers; `{}` where the CAs in the trust store of the image vouch for them. Left out: none.',
);

/** A Kafka cluster that exists already. */
export function kafkaExternalSchema() {
  return mapping(
    {
      kind: z.literal('external').describe('A Kafka cluster that exists already.'),
      brokers: z
        .array(broker, { error: 'must be a list of addresses like kafka.example:9092' })
        .min(1, { error: 'must name at least one broker' })
        .readonly()
        .describe('Addresses of brokers to begin with. The brokers themselves say where all of them are.'),
      egressCidrs: destinations(
        'Addresses that every broker is reached at, whatever it calls itself: a network policy cannot name a host. Required ' +
          'unless each of the brokers names a Service of this Kubernetes cluster (kafka.streams.svc:9092) or an address.',
      ).default([]),
      egressPorts: podPorts('Ports that the brokers listen on, where others than those of brokers are among them.'),
      username: username.optional(),
      mechanism: z
        .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'], {
          error: 'must be "PLAIN", "SCRAM-SHA-256" or "SCRAM-SHA-512"',
        })
        .default('SCRAM-SHA-512')
        .describe('How the password is shown (SASL). Of use only beside username.'),
      existingSecret: existingPassword(
        'Jaeger reads it at its start only: restart collectors and ingesters after a change.',
      ).optional(),
      tls: tls.optional(),
    },
    'External Kafka.',
  );
}
