import { entries, fieldAt, shown } from '../../kubernetes/fields.ts';
import { eachContainer, type ContainerProblem } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { addedCapabilities } from './capabilities.ts';
import { isForWindows } from './inPod.ts';

const allowed = ['NET_BIND_SERVICE'];

/** Every container drops all capabilities, and takes back at most the one for low ports. */
export const capabilitiesRestricted = objectRule({
  name: 'capabilities-restricted',
  asks: 'Every container of Linux drops ALL capabilities and adds none but NET_BIND_SERVICE.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'What container runtimes give by themselves is enough to change the owners of files and to become another user; hardly a service needs any of it.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  passes: podWithContainer('securityContext: { capabilities: { drop: ["ALL"] } }'),
  fails: podWithContainer('securityContext: { capabilities: { drop: ["NET_RAW"] } }'),
  *check(object) {
    if (!isForWindows(object)) yield* eachContainer(object, ({ spec }) => capabilityProblems(spec));
  },
});

function* capabilityProblems(spec: unknown): Iterable<ContainerProblem> {
  yield* addedCapabilities(spec, allowed);
  const dropped = fieldAt(spec, 'securityContext', 'capabilities', 'drop');
  if (entries(dropped).includes('ALL')) return;
  yield {
    path: 'securityContext.capabilities.drop',
    problem: `is ${shown(dropped)}: it must contain "ALL", written like this`,
    fix: 'securityContext: { capabilities: { drop: ["ALL"] } }',
  };
}
