import type { BulkOutput } from '../../../../src/dashboard/api/errors/actionSchema.ts';
import { postJson } from '../../api/client.ts';
import { CHANGED, type StateChange } from './errorWords.ts';

/** What became of an action on every instance. */
export interface Performed<Output> {
  readonly output?: Output;
  readonly done: readonly string[];
  readonly failed: readonly {
    readonly address: string;
    readonly instance?: { readonly id: string };
    readonly problem?: string;
  }[];
}

/** What is said of a change beside its groups. */
export interface SaidOfChange {
  readonly note?: string;
  readonly release?: string;
  readonly forMillis?: number;
  readonly forCount?: number;
}

/** Changes one group. @returns what is said of it. @throws ApiProblem where it cannot be done: it says who was quicker */
export async function changeGroup(id: string, change: StateChange, said: SaidOfChange): Promise<string> {
  const performed = await postJson<Performed<unknown>>(`errors/${encodeURIComponent(id)}/${change}`, said);
  return `${CHANGED[change]}.${failedText(performed)}`;
}

/** Gives a group a category or a severity, `null` for none any more. @throws ApiProblem */
export async function giveGroup(
  id: string,
  what: 'category' | 'severity',
  value: string | null,
  note: string | undefined,
): Promise<string> {
  const body = { [what]: value, ...(note !== undefined && { note }) };
  const performed = await postJson<Performed<unknown>>(`errors/${encodeURIComponent(id)}/${what}`, body);
  return `The ${what} is ${value === null ? 'that of the errors again' : value.replace('_', ' ')}.${failedText(performed)}`;
}

/** Changes several groups. @returns what became of them. @throws ApiProblem */
export async function changeSeveral(ids: readonly string[], change: StateChange, said: SaidOfChange): Promise<string> {
  const performed = await postJson<Performed<BulkOutput>>('errors/change', { ids, change, ...said });
  const { done = [], refused = [], unknown = [] } = performed.output ?? {};
  const reasons = refused.map(({ id, reason }) => ` ${id}: ${reason}`).slice(0, 5);
  const rest = refused.length > reasons.length ? ` And ${refused.length - reasons.length} more.` : '';
  const gone = unknown.length > 0 ? ` ${unknown.length} not kept any more.` : '';
  const left = refused.length > 0 ? ` ${refused.length} not:${reasons.join('')}${rest}` : '';
  return `${CHANGED[change]} ${done.length} of ${ids.length}.${left}${gone}${failedText(performed)}`;
}

function failedText({ failed }: Performed<unknown>): string {
  if (failed.length === 0) return '';
  const said = failed.map(({ address, instance, problem }) => `${instance?.id ?? address}: ${problem ?? 'no answer'}`);
  return ` Not on ${said.join('; ')}`;
}
