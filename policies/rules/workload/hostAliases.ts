import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** Names are resolved by the cluster's DNS alone. */
export const hostAliases = objectRule({
  name: 'host-aliases',
  asks: 'Pods add no entries to their `/etc/hosts`.',
  severity: 'low',
  level: 'advisory',
  rationale:
    'An address that is written down does not follow the machine behind it, and a name that means something else in one pod misleads whoever looks for a fault.',
  link: 'https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/',
  passes: podWith('hostAliases: []'),
  fails: podWith('hostAliases: [{ ip: 10.0.0.7, hostnames: [database] }]'),
  check: (object) =>
    podFieldProblems(object, {
      name: 'hostAliases',
      isRight: (value) => !Array.isArray(value) || value.length === 0,
      must: 'not be set',
      fix: 'a Service, or an entry in the DNS',
    }),
});
