import type { Finding } from '../../../finding.ts';

/** What was tried of a flow. */
export interface TriedFlow {
  /** Such as `stranger → collector:14268`. */
  readonly subject: string;
  readonly allowed: boolean;
  /** What was found, round after round. */
  readonly rounds: readonly ('open' | 'refused' | 'broken')[];
  /** Whether somebody listens at its end, as was seen in another way. */
  readonly listening: boolean;
  /** A way that must be open from where it begins, or beside it: whether it was, in each round. Undefined: there is none to try. */
  readonly control: { readonly name: string; readonly rounds: readonly boolean[] } | undefined;
  /** Whether the stack's configuration accepts that policies are not enforced. */
  readonly unenforced: boolean;
}

/** Whether it came out as it should: no more rounds are needed. */
export function isSettled({ allowed, rounds, control }: TriedFlow): boolean {
  if (allowed) return rounds.includes('open');
  return rounds.at(-1) === 'refused' && control?.rounds.at(-1) !== false;
}

/** Judges a flow after all of its rounds. A refusal counts only where somebody listens, and another way is open. */
export function judgeFlow(flow: TriedFlow): Finding {
  const { subject, allowed, rounds, listening, control } = flow;
  const expected = allowed ? 'open' : 'refused';
  const unchecked = (found: string, mend: string): Finding => ({
    outcome: 'unchecked',
    subject,
    expected,
    found,
    mend,
  });
  if (rounds.length === 0 || rounds.includes('broken'))
    return unchecked('it could not be tried', 'see whether the cluster can run the image of curl that the stack runs');
  if (allowed) return judgeAllowed(flow);
  if (rounds.at(-1) === 'open') return judgeOpen(flow);
  if (control === undefined)
    return unchecked(
      'refused, but so may be everything: no way that the stack allows begins there',
      'without network.unenforced, the stack allows one',
    );
  if (control.rounds.at(-1) !== true)
    return unchecked(
      `refused, but ${control.name} is refused too: that proves nothing`,
      'see whether pods have a network at all, and a policy outside of the stack that refuses it; then run it again',
    );
  if (!listening)
    return unchecked(
      'refused, but nothing listens there: that proves nothing',
      'see whether the component is ready (`npm run status`), then run it again',
    );
  return { outcome: 'ok', subject, expected, found: `refused, while ${control.name} is open` };
}

function judgeAllowed({ subject, rounds, listening }: TriedFlow): Finding {
  const expected = 'open';
  if (rounds.includes('open')) return { outcome: 'ok', subject, expected, found: 'open' };
  return {
    outcome: 'failed',
    subject,
    expected,
    found: listening ? `refused, each of ${rounds.length} times` : 'refused: nothing listens there',
    mend: listening
      ? 'see policies-declared; `npm run up` makes the policies as declared again. A policy outside of the stack may refuse it too'
      : '`npm run status` says why the component does not run',
  };
}

function judgeOpen({ subject, unenforced, control }: TriedFlow): Finding {
  const also = control?.rounds.at(-1) === true ? `, as ${control.name} is` : '';
  if (unenforced)
    return {
      outcome: 'warning',
      subject,
      expected: 'refused',
      found: 'open: the configuration accepts that policies are not enforced (network.unenforced: true)',
      mend: 'install a network plugin that enforces policies (Calico, Cilium, kube-router), and take network.unenforced away',
    };
  return {
    outcome: 'failed',
    subject,
    expected: 'refused',
    found: `open${also}`,
    mend: 'see policies-declared and policies-alone: a policy is missing, or one lets more through; where both are well, the network plugin enforces none',
  };
}
