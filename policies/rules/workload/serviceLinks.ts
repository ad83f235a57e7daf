import { objectRule } from '../../rule.ts';
import { podWith } from '../exampleYaml.ts';
import { podFieldProblems } from './podField.ts';

/** Services put no variables into containers. */
export const serviceLinks = objectRule({
  name: 'service-links',
  asks: 'Pods get no environment variables from the Services of their namespace.',
  severity: 'low',
  level: 'advisory',
  rationale:
    "A Service named `jaeger-collector` sets JAEGER_COLLECTOR_PORT, which programs take for a setting of their own; and in a namespace of many Services, a container's variables become too long for it to start.",
  link: 'https://kubernetes.io/docs/tutorials/services/connect-applications-service/#accessing-the-service',
  passes: podWith('enableServiceLinks: false'),
  fails: podWith('enableServiceLinks: true'),
  check: (object) =>
    podFieldProblems(object, {
      name: 'enableServiceLinks',
      isRight: (value) => value === false,
      must: 'be false',
      fix: 'enableServiceLinks: false',
    }),
});
