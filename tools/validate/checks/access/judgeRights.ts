import type { Finding } from '../../finding.ts';
import { isAllowed, rightsBeyond, rightsInWords } from './rights.ts';
import type { Attempt } from './attempts.ts';

/** Somebody whose rights are tried. */
export interface Judged {
  /** Such as `ServiceAccount tracing/jaeger-collector`. */
  readonly subject: string;
  /** What the stack gives them in its namespaces. */
  readonly rights: ReadonlySet<string>;
  /** Whether they are the stack's own: then nobody else has a reason to give them anything, anywhere. */
  readonly own: boolean;
}

/** What everybody may: to ask what they may. */
const givenToAll: ReadonlySet<string> = new Set([
  'create selfsubjectaccessreviews.authorization.k8s.io',
  'create selfsubjectrulesreviews.authorization.k8s.io',
  'create selfsubjectreviews.authentication.k8s.io',
]);

/** API groups of what the stack is made of, and of rights to it: a right in another is doubtful, and no way in. */
const groups = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'discovery.k8s.io',
  'events.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'policy',
];
const telling = new Set([...groups, 'rbac.authorization.k8s.io', '*']);

const mend =
  'see roles-declared and bindings-alone: they name the role and the binding; `npm run up` makes those of the stack as declared again';

/** What the API server says that somebody may. */
export interface ListedRights {
  readonly rights: ReadonlySet<string>;
  /** Whether it says itself that there may be more: an authorizer of it, such as a webhook, tells no rules. */
  readonly isIncomplete: boolean;
}

/** Judges all that the API server says somebody may in a namespace of the stack. */
export function judgeRights(
  { subject, rights }: Judged,
  namespace: string,
  { rights: has, isIncomplete }: ListedRights,
): Finding[] {
  const where = `${subject} in ${namespace}`;
  const expected = rights.size === 0 ? 'may nothing' : `may ${rights.size} things, and nothing else`;
  const more = rightsBeyond(has, new Set([...rights, ...givenToAll]));
  const less = rightsBeyond(rights, has);
  const doubt = isIncomplete ? ', by a list that the API server itself calls incomplete' : '';
  const isTelling = more.some((right) => telling.has(groupOf(right)));
  const findings: Finding[] = [
    ...(more.length === 0
      ? []
      : [unsound(isTelling ? 'failed' : 'warning', where, expected, `may also ${rightsInWords(more)}`)]),
    ...(less.length === 0 ? [] : [unsound('failed', where, expected, `may not ${rightsInWords(less)}`)]),
  ];
  if (findings.length > 0) return findings.map((each) => ({ ...each, found: `${each.found}${doubt}` }));
  if (!isIncomplete) return [{ outcome: 'ok', subject: where, expected, found: expected }];
  const webhook =
    "see what the API server's other authorizers (--authorization-mode, --authorization-config) let them do";
  return [{ outcome: 'warning', subject: where, expected, found: `${expected}${doubt}`, mend: webhook }];
}

/** An attempt, and what the API server answered. */
export interface Tried {
  readonly attempt: Attempt;
  readonly status: number;
  readonly body: string;
}

/** Judges what somebody has tried: a finding for each answer that is not as it should be, or one that there is none. */
export function judgeAttempts(judged: Judged, namespaces: readonly string[], tried: readonly Tried[]): Finding[] {
  const found = tried.map((each) => judgeAttempt(judged, namespaces, each));
  const wrong = found.filter(({ outcome }) => outcome !== 'ok');
  if (wrong.length > 0) return wrong;
  const allowed = found.filter(({ expected }) => expected === 'allowed').length;
  const refused = found.length - allowed;
  const expected = `${allowed} requests allowed, ${refused} refused`;
  return [{ outcome: 'ok', subject: `${judged.subject}, by trying`, expected, found: expected }];
}

function judgeAttempt({ subject, rights, own }: Judged, namespaces: readonly string[], tried: Tried): Finding {
  const { attempt, status, body } = tried;
  const { right, namespace } = attempt;
  const isInside = namespace !== undefined && namespaces.includes(namespace);
  const isExpected = isInside && isAllowed(right, rights);
  const what = `${subject}: ${right}${namespace === undefined ? '' : ` in ${namespace}`}`;
  const expected = isExpected ? 'allowed' : 'refused';
  const answer = answerOf(status, body);
  if (answer === expected) return { outcome: 'ok', subject: what, expected, found: answer };
  if (answer === 'unclear')
    return {
      outcome: 'unchecked',
      subject: what,
      expected,
      found: `the API server answered ${status}`,
      mend: 'see whether the API server is well, then run it again',
    };
  // People may have rights elsewhere, which are not the stack's to say.
  const outcome = isInside || own ? 'failed' : 'warning';
  return unsound(outcome, what, expected, `${answer} (${status})`);
}

/** Who may not is told so in words; admission refuses what is asked, and not who asks. */
function answerOf(status: number, body: string): 'allowed' | 'refused' | 'unclear' {
  if (status === 403) return /cannot \S+ resource|is forbidden: User/.test(body) ? 'refused' : 'allowed';
  return status === 401 || status === 429 || status >= 500 ? 'unclear' : 'allowed';
}

function groupOf(right: string): string {
  const [resource = ''] = (right.split(' ')[1] ?? '').split('/');
  return resource.includes('.') ? resource.slice(resource.indexOf('.') + 1) : '';
}

function unsound(outcome: 'failed' | 'warning', subject: string, expected: string, found: string): Finding {
  return { outcome, subject, expected, found, mend };
}
