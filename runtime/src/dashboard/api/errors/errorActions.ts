import type { ErrorGroups } from '../../../errors/groups/errorGroups.ts';
import type { IgnoreOptions, ResolveOptions } from '../../../errors/groups/resolution/resolveOptions.ts';
import { type Actor, type DefinedAction, defineAction, RefusedActionError } from '../action.ts';
import {
  type BulkInput,
  bulkInput,
  type BulkOutput,
  bulkOutput,
  categoryInput,
  changeInput,
  groupState,
  ignoreInput,
  resolveInput,
  severityInput,
} from './actionSchema.ts';
import { bulkTogether } from './bulkTogether.ts';
import { changeGroup, saidBy } from './changeGroup.ts';

const acknowledge = defineAction({
  path: 'errors/{id}/acknowledge',
  summary: 'Says that somebody looks at an open group',
  input: changeInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, note }, actor) =>
    changeGroup(errors, id, (groups) => groups.acknowledge(id, saidBy(actor, note))),
});

const resolve = defineAction({
  path: 'errors/{id}/resolve',
  summary: 'Says that the cause of a group is gone; it opens by itself if it comes back',
  input: resolveInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, ...said }, actor) =>
    changeGroup(errors, id, (groups) => groups.resolve(id, resolveOptionsOf(actor, said))),
});

const ignore = defineAction({
  path: 'errors/{id}/ignore',
  summary: 'Ignores a group, for good, for a time or until it came so often',
  input: ignoreInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, ...said }, actor) =>
    changeGroup(errors, id, (groups) => groups.ignore(id, ignoreOptionsOf(actor, said))),
});

const reopen = defineAction({
  path: 'errors/{id}/reopen',
  summary: 'Opens a group again; a resolution is taken back',
  input: changeInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, note }, actor) =>
    changeGroup(errors, id, (groups) => groups.reopen(id, saidBy(actor, note))),
});

const setCategory = defineAction({
  path: 'errors/{id}/category',
  summary: 'Gives a group a category that nothing changes, or with null that of its errors again',
  input: categoryInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, note, category }, actor) =>
    changeGroup(errors, id, (groups) => groups.setCategory(id, category ?? undefined, saidBy(actor, note))),
});

const setSeverity = defineAction({
  path: 'errors/{id}/severity',
  summary: 'Gives a group a severity that nothing changes, or with null that of its errors again',
  input: severityInput,
  output: groupState,
  perform: ({ observability: { errors } }, { id, note, severity }, actor) =>
    changeGroup(errors, id, (groups) => groups.setSeverity(id, severity ?? undefined, saidBy(actor, note))),
});

const changeSeveral = defineAction({
  path: 'errors/change',
  summary: 'Acknowledges, resolves, ignores or reopens up to 100 groups, and tells what became of each',
  input: bulkInput,
  output: bulkOutput,
  perform: ({ observability: { errors } }, input, actor): BulkOutput | undefined => {
    if (errors === undefined) return undefined;
    const output: BulkOutput = { done: [], refused: [], unknown: [] };
    for (const id of new Set(input.ids)) {
      try {
        const changed = changeGroup(errors, id, (groups) => changeOne(groups, id, input, actor));
        (changed === undefined ? output.unknown : output.done).push(id);
      } catch (error) {
        if (!(error instanceof RefusedActionError)) throw error;
        output.refused.push({ id, reason: error.message });
      }
    }
    return output;
  },
  merge: bulkTogether,
});

/** Everything that people do with groups of errors. */
export const ERROR_ACTIONS: readonly DefinedAction[] = [
  acknowledge,
  resolve,
  ignore,
  reopen,
  setCategory,
  setSeverity,
  changeSeveral,
];

function changeOne(groups: ErrorGroups, id: string, input: BulkInput, actor: Actor) {
  const { change, note } = input;
  switch (change) {
    case 'acknowledge':
    case 'reopen':
      return groups[change](id, saidBy(actor, note));
    case 'resolve':
      return groups.resolve(id, resolveOptionsOf(actor, input));
    case 'ignore':
      return groups.ignore(id, ignoreOptionsOf(actor, input));
  }
}

function resolveOptionsOf(actor: Actor, { note, release }: Pick<BulkInput, 'note' | 'release'>): ResolveOptions {
  return { ...saidBy(actor, note), ...(release !== undefined && { release }) };
}

function ignoreOptionsOf(
  actor: Actor,
  { note, forMillis, forCount }: Pick<BulkInput, 'note' | 'forMillis' | 'forCount'>,
): IgnoreOptions {
  return {
    ...saidBy(actor, note),
    ...(forMillis !== undefined && { forMillis }),
    ...(forCount !== undefined && { forCount }),
  };
}
