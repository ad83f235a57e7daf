import * as z from 'zod';
import { mapping, text, wholeNumber } from './fields.ts';
import { destinations, peer, podPorts } from './networkFields.ts';
import { dataKey, kubernetesName } from './storageFields.ts';

const secretName = text({ ...kubernetesName, description: "Name of the Secret, in Jaeger's namespace." });

function listOf(entry: ReturnType<typeof text>) {
  return z.array(entry, { error: 'must be a list of texts' });
}

const emailDomain = text({
  pattern: /^(\*|\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)$/,
  allowed: 'a domain like example.com, or "*" for everybody whom the issuer lets in',
  description: 'A domain.',
});

const group = text({
  pattern: /^(?! )[^\p{Cc}]{1,253}(?<! )$/u,
  allowed: 'the name of a group',
  description: 'A group, as the issuer\'s claim "groups" names it.',
});

/** Log-in with OpenID Connect, by an oauth2-proxy before the query service. */
const oidc = mapping(
  {
    issuerUrl: text({
      pattern: /^https:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/,
      allowed: 'an address like https://login.example.com/realms/main, without user, query and fragment',
      description: 'Address of the issuer, as its discovery document names it.',
    }),
    clientId: text({
      pattern: /^[^\s$\p{Cc}]{1,253}$/u,
      allowed: 'an identifier without spaces and "$"',
      description:
        'Identifier of the client at the issuer. Its redirect address is https://<host><query.basePath>/oauth2/callback.',
    }),
    existingSecret: mapping(
      {
        name: secretName,
        clientSecretKey: text({ ...dataKey, description: "Key that holds the client's secret." }).default(
          'client-secret',
        ),
        cookieSecretKey: text({
          ...dataKey,
          description: 'Key that holds the key of the cookies: 32 random bytes, in base64 with "-" and "_".',
        }).default('cookie-secret'),
      },
      "A Secret that exists already and holds the client's secret and the key of the cookies.",
    ),
    emailDomains: listOf(emailDomain)
      .min(1, { error: 'must name at least one domain ("*" for everybody whom the issuer lets in)' })
      .readonly()
      .describe('Whose e-mail address is let in.'),
    groups: listOf(group).readonly().default([]).describe('Groups that are let in. Left out: every group.'),
    scopes: listOf(
      text({
        pattern: /^[A-Za-z0-9._:/-]{1,128}$/,
        allowed: 'a scope like openid',
        description: 'A scope.',
      }),
    )
      .refine((scopes) => scopes.includes('openid'), { error: 'must hold "openid"' })
      .readonly()
      .optional()
      .describe(
        'What the issuer is asked for. Left out: openid, email, profile, and groups where groups are named, which some issuers ' +
          '(Entra ID, Google) do not know.',
      ),
    groupsClaim: text({
      pattern: /^[A-Za-z0-9._:/-]{1,128}$/,
      allowed: 'the name of a claim',
      description: "The claim of the token that names a person's groups. Left out: groups.",
    }).optional(),
    ca: mapping(
      {
        existingSecret: mapping(
          {
            name: secretName,
            key: text({ ...dataKey, description: 'Key that holds the certificates.' }).default('ca.crt'),
          },
          'A Secret that exists already.',
        ),
      },
      "Who signs the issuer's certificate. Left out: the CAs in the trust store of the image.",
    ).optional(),
    egressCidrs: destinations(
      'Addresses of the issuer: a network policy cannot name a host. Required unless issuerUrl names a Service of the cluster or an address.',
    ).default([]),
    egressPorts: podPorts(
      'Ports that its pods listen on, where it is a Service of this cluster that has others. Left out: that of issuerUrl.',
    ),
    replicas: wholeNumber({ min: 1, max: 20, unit: 'pods', description: 'Pods of oauth2-proxy.' }).default(2),
  },
  'Log-in with OpenID Connect, by an oauth2-proxy before the query service.',
);

/** How the query service's UI is reached from outside the cluster. */
export const ingressSchema = mapping(
  {
    host: text({
      pattern: /^(?=.{1,253}$)(?!.*\.\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
      allowed: 'a host name in lower case, like tracing.example.com',
      description: 'Host name of the UI.',
    }),
    className: text({
      ...kubernetesName,
      description: "IngressClass. Left out: the cluster's default.",
    }).optional(),
    tlsSecretName: text({
      ...kubernetesName,
      description:
        "Secret with the host's certificate, in Jaeger's namespace. Required in staging and prod, and by oidc.",
    }).optional(),
    controller: peer('the Ingress controller'),
    oidc: oidc.optional(),
    unauthenticated: z
      .literal(true, { error: 'must be true, or left out' })
      .optional()
      .describe("Serves the UI to whoever reaches the host: Jaeger's UI asks nobody who they are. In place of oidc."),
    annotations: z
      .record(
        text({
          pattern: /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
          allowed: 'the key of an annotation',
          description: 'Key of an annotation.',
        }),
        z.string({ error: 'must be a text; put numbers and booleans in quotes' }),
        { error: 'must be a mapping of texts' },
      )
      .default({})
      .describe('Annotations for the Ingress controller.'),
  },
  'An Ingress for the UI. Left out: the UI is reached from inside the cluster only.',
);
