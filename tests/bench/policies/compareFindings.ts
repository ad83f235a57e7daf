import type { Finding } from '../../../policies/evaluation/finding.ts';
import { field, fieldAt, text } from '../../../policies/kubernetes/fields.ts';
import type { KubernetesObject } from '../../../policies/kubernetes/object.ts';
import type { KubeScoreFinding } from './kubeScore.ts';
import { counterpartOf, counterparts, exceptions, type Area, type Counterpart } from './kubeScoreChecks.ts';

const comparedRules = new Set(counterparts.flatMap(({ area, rules }) => (area === 'others' ? [] : rules)));

/** A finding of kube-score, and what became of it. */
export interface ComparedFinding {
  readonly finding: KubeScoreFinding;
  /** `undefined` where the table does not know what stands for it. */
  readonly counterpart: Counterpart | undefined;
  /** `other opinion`: the table says why the pack says nothing. */
  readonly result: 'found' | 'missed' | 'other opinion';
}

/** What two tools say of the same objects. */
export interface Comparison {
  readonly compared: readonly ComparedFinding[];
  /** What the pack says by rules that stand for checks, and kube-score does not say. */
  readonly oursOnly: readonly Finding[];
}

/**
 * Holds what kube-score says of some objects against what the pack says of them.
 * @param objects - All of them.
 */
export function compareFindings(
  theirs: readonly KubeScoreFinding[],
  ours: readonly Finding[],
  objects: readonly KubernetesObject[],
): Comparison {
  const answered = new Set<Finding>();
  const found = Map.groupBy(ours, ({ rule, object }) => keyOf(rule.name, object && kubeScoreName(object)));
  const named = Map.groupBy(objects, kubeScoreName);
  const compared = theirs.map((finding): ComparedFinding => {
    const counterpart = counterpartOf(finding);
    const answers = (counterpart?.rules ?? [])
      .flatMap((rule) => found.get(keyOf(rule, finding.object)) ?? [])
      .filter((answer) => answersTo(answer, finding, counterpart?.field));
    for (const answer of answers) answered.add(answer);
    if (answers.length > 0) return { finding, counterpart, result: 'found' };
    const isOther = counterpart?.rules.length === 0 || isException(finding, named.get(finding.object) ?? []);
    return { finding, counterpart, result: isOther ? 'other opinion' : 'missed' };
  });
  return { compared, oursOnly: ours.filter((one) => comparedRules.has(one.rule.name) && !answered.has(one)) };
}

/** How many of some compared findings an area has, by what became of them. What the table does not know counts as another area's. */
export function countResults(
  compared: readonly ComparedFinding[],
  area: Area,
): Readonly<Record<ComparedFinding['result'], number>> {
  const inArea = compared.filter(({ counterpart }) => (counterpart?.area ?? 'others') === area);
  const count = (result: ComparedFinding['result']): number => inArea.filter((one) => one.result === result).length;
  return { found: count('found'), missed: count('missed'), 'other opinion': count('other opinion') };
}

/** A compared finding in one line. */
export function describeCompared({ finding }: ComparedFinding): string {
  const { object, container, check, grade, says } = finding;
  return `${object}${container === undefined ? '' : `, container "${container}"`}: ${check} (${grade}): ${says}`;
}

/** What kube-score calls an object: without the name that the pack gives it where it has none of its own. */
function kubeScoreName({ kind, body }: KubernetesObject): string {
  const metadata = fieldAt(body, 'metadata');
  return [kind, text(field(metadata, 'namespace')) ?? '', text(field(metadata, 'name')) ?? '']
    .filter((part) => part !== '')
    .join('/');
}

/** What the pack says of a whole pod, it says of each of its containers. */
function answersTo(answer: Finding, { container }: KubeScoreFinding, field: string | undefined): boolean {
  const sameContainer = container === undefined || answer.container === undefined || answer.container === container;
  return sameContainer && (field === undefined || answer.path.endsWith(field));
}

function isException({ check }: KubeScoreFinding, objects: readonly KubernetesObject[]): boolean {
  return exceptions.some(({ checks, holdsFor }) => checks.includes(check) && objects.some(holdsFor));
}

function keyOf(rule: string, object: string | undefined): string {
  return JSON.stringify([rule, object]);
}
