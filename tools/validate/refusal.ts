import { ApiException } from '@kubernetes/client-node';
import { apiErrorText, isRefusal } from '../kube/apiErrorText.ts';
import { NotCheckableError, StackAbsentError } from './deployment.ts';

/** Why something could not be looked at, and what to do about it. */
export interface Refusal {
  readonly found: string;
  readonly mend: string;
}

/** An error as a person is told of it. No header and no body of a request is in it. */
export function describeRefusal(error: unknown): Refusal {
  if (error instanceof NotCheckableError || error instanceof StackAbsentError)
    return { found: error.message, mend: error.mend };
  if (isRefusal(error))
    return {
      found: apiErrorText(error),
      mend: "give the user of your kubeconfig's context this permission, or run validate as one who has it",
    };
  if (error instanceof ApiException) return { found: apiErrorText(error), mend: 'mend that, then run it again' };
  return {
    found: messagesOf(error),
    mend: 'mend that, then run it again; TRACEWRIGHT_DEBUG=1 prints where it comes from',
  };
}

/** What went wrong, and what was behind it: `fetch failed` alone says nothing. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'something was thrown that is no error';
  // What this project throws says all in its message; a TypeError's may be `fetch failed`.
  const isBuiltIn = error.name !== 'Error' && error.name in globalThis;
  const told = isBuiltIn ? `${error.name}: ${error.message}` : error.message;
  const behind = deepestMessage(error);
  return told.includes(behind) ? told : `${told}: ${behind}`;
}

/** What lies at the bottom says why; what is above it often only that. An error may be its own cause. */
function deepestMessage(error: Error): string {
  const chain = new Set<Error>();
  for (let each: unknown = error; each instanceof Error && !chain.has(each); each = each.cause) chain.add(each);
  return [...chain].at(-1)?.message ?? '';
}
