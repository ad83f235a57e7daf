import { entries, fieldAt, shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { serviceWith } from './networkExamples.ts';

/** No Service takes addresses that are not its own. */
export const serviceExternalIps = objectRule({
  name: 'service-external-ips',
  asks: 'No Service has external IP addresses.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    "Nodes send all traffic to such an address to the Service's pods, whoever it belongs to, and so its author reads what is meant for others (CVE-2020-8554).",
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
  passes: serviceWith('externalIPs: []'),
  fails: serviceWith('externalIPs: [203.0.113.7]'),
  *check(object) {
    if (!object.is('Service', '')) return;
    const addresses = entries(fieldAt(object.body, 'spec', 'externalIPs'));
    if (addresses.length === 0) return;
    yield {
      path: 'spec.externalIPs',
      problem: `is ${shown(addresses)}: it must not be set`,
      fix: 'type: "LoadBalancer", or an Ingress',
    };
  },
});
