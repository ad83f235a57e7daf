import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { addedCapabilities } from './capabilities.ts';

const allowed = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** No container adds a capability that container runtimes do not give by themselves. */
export const capabilitiesBaseline = objectRule({
  name: 'capabilities-baseline',
  asks: 'No container adds capabilities beside those that container runtimes give by themselves, and not NET_RAW.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'With others, a process can rewrite the network of its node, read the memory of other processes or mount file systems: SYS_ADMIN alone is nearly root.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { capabilities: { add: ["CHOWN"] } }'),
  fails: podWithContainer('securityContext: { capabilities: { add: ["NET_ADMIN"] } }'),
  check: (object) => eachContainer(object, ({ spec }) => addedCapabilities(spec, allowed)),
});
