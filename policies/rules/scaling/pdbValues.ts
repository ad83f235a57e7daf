import { field, fieldAt, isPresent, shown } from '../../kubernetes/fields.ts';
import { parseIntOrPercent } from '../../kubernetes/intOrPercent.ts';
import { labelSelectorOf } from '../../kubernetes/labelSelector.ts';
import { objectRule, type Problem } from '../../rule.ts';
import { valueState } from '../valueState.ts';
import { budgetWith } from './scalingExamples.ts';

const names = ['minAvailable', 'maxUnavailable'] as const;
const selector = 'selector: { matchLabels: { app: shop } }';

/** A disruption budget says how many pods of which may be away, and lets one go. */
export const pdbValues = objectRule({
  name: 'pdb-values',
  asks: 'A disruption budget selects pods, and lets some of them be away.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    'One that lets no pod go stops every drain of a node, and so every update of the cluster; one that selects nothing, or says no number, protects nothing; one with an empty selector is for all pods of its namespace.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  passes: budgetWith(selector, 'maxUnavailable: 1'),
  fails: budgetWith(selector, 'maxUnavailable: 0'),
  *check(object) {
    if (!object.is('PodDisruptionBudget', 'policy')) return;
    const spec = fieldAt(object.body, 'spec');
    yield* numberProblems(spec);
    yield* selectorProblems(field(spec, 'selector'));
  },
});

function* numberProblems(spec: unknown): Iterable<Problem> {
  const written = names.filter((name) => isPresent(field(spec, name)));
  if (written.length !== 1)
    yield {
      path: 'spec',
      problem: `has ${written.length === 0 ? 'neither' : 'both'} of ${names.join(' and ')}: it must have one of them`,
      fix: 'maxUnavailable: 1',
    };
  for (const name of written) {
    const value = field(spec, name);
    const amount = parseIntOrPercent(value);
    const isBlocking =
      name === 'maxUnavailable' ? amount?.size === 0 : amount?.isPercent === true && amount.size >= 100;
    if (amount !== undefined && !isBlocking) continue;
    const allowed = name === 'maxUnavailable' ? 'above 0' : 'below 100%';
    yield {
      path: `spec.${name}`,
      problem: `is ${shown(value)}: it must be a whole number or a percentage, ${allowed}`,
      fix: 'maxUnavailable: 1',
    };
  }
}

function* selectorProblems(value: unknown): Iterable<Problem> {
  const requirements = labelSelectorOf(value);
  if (requirements !== undefined && requirements.length > 0) return;
  yield {
    path: 'spec.selector',
    problem: `${valueState(value)}: it must select pods by a label`,
    fix: 'selector: { matchLabels: { app: "shop" } }',
  };
}
