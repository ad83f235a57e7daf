import { eachContainer } from '../../problems.ts';
import { objectRule } from '../../rule.ts';
import { podWithContainer } from '../exampleYaml.ts';
import { otherValues } from './allowedValues.ts';

const privilegedField = {
  path: 'securityContext.privileged',
  allowed: [false],
  fix: 'leave securityContext.privileged out',
};

/** No container is privileged. */
export const privilegedContainers = objectRule({
  name: 'privileged-containers',
  asks: 'No container is privileged.',
  severity: 'critical',
  level: 'mandatory',
  rationale:
    'A privileged container has the devices and nearly all the rights of its node: who breaks into it has both.',
  link: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  passes: podWithContainer('securityContext: { privileged: false }'),
  fails: podWithContainer('securityContext: { privileged: true }'),
  check: (object) => eachContainer(object, ({ spec }) => otherValues(spec, privilegedField)),
});
