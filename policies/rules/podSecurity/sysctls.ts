import { entries, field, fieldAt, shown } from '../../kubernetes/fields.ts';
import type { ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { alternatives } from './allowedValues.ts';
import { inPod } from './inPod.ts';

const allowed = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

/** No pod sets a sysctl that reaches beyond itself. */
export const sysctls = objectRule({
  name: 'sysctls',
  asks: 'No pod sets a sysctl other than those that Kubernetes 1.34 takes for safe.',
  severity: 'high',
  level: 'mandatory',
  rationale: 'Others change the kernel for every pod on the node, or switch protections off.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWith('securityContext: { sysctls: [{ name: net.ipv4.tcp_syncookies, value: "1" }] }'),
  fails: podWith('securityContext: { sysctls: [{ name: kernel.msgmax, value: "1" }] }'),
  check: (object) => inPod(object, sysctlProblems),
});

function* sysctlProblems(podSpec: unknown): Iterable<ContainerProblem> {
  for (const [index, sysctl] of entries(fieldAt(podSpec, 'securityContext', 'sysctls')).entries()) {
    const name = field(sysctl, 'name');
    if (allowed.some((one) => one === name)) continue;
    yield {
      path: `securityContext.sysctls[${index}].name`,
      problem: `is ${shown(name)}: it must be ${alternatives(allowed)}, written like this`,
      fix: 'leave it out of securityContext.sysctls',
    };
  }
}
