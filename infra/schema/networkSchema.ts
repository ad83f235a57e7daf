import * as z from 'zod';
import { mapping, wholeNumber } from './fields.ts';
import { namespaces, peer } from './networkFields.ts';

const kubeDns = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };

const dns = mapping(
  {
    port: wholeNumber({
      min: 1,
      max: 65_535,
      unit: 'port',
      description: 'Port that its pods listen on, UDP and TCP.',
    }).default(53),
    servers: z
      .array(peer('a DNS server', 'Addresses that it listens on, where that is no pod of its own.'), {
        error: 'must be a list of mappings',
      })
      .min(1, { error: 'must name at least one server' })
      .readonly()
      .default([{ ...kubeDns, cidrs: [] }])
      .describe(
        "The cluster's DNS. With NodeLocal DNSCache, which listens on its node's address, add an entry `{ cidrs: [169.254.20.10/32] }`.",
      ),
  },
  "The cluster's DNS: where every pod may ask for names.",
).prefault({});

/** What the network policies let through beside what the stack itself needs. */
export const networkSchema = mapping(
  {
    unenforced: z
      .boolean({ error: 'must be true or false' })
      .default(false)
      .describe(
        'Accepts a cluster whose network plugin enforces no policies: every pod then reaches every port. Otherwise a Job tries ' +
          'a forbidden connection at the first deployment, and the deployment fails when it gets through.',
      ),
    dns,
    prometheus: peer('Prometheus')
      .optional()
      .describe('Where Prometheus is, which alone may ask the admin ports. Left out: nobody but the kubelet.'),
    queryNamespaces: namespaces(
      'Namespaces whose pods may ask the query service, such as that of Grafana. They can read every trace.',
    ),
  },
  'What the network policies let through. Everything that is not named here or needed by the stack is refused.',
).prefault({});
