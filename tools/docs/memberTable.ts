import { code, table } from './markdown.ts';

/** A member of an interface or a class, as a reader needs it. */
export interface TableMember {
  /** `sampling.reloadIntervalSeconds` for a member of a nested type. */
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  /** What it becomes when it is left out, in the words of `@defaultValue`. */
  readonly fallback: string;
  readonly description: string;
}

/** Members as a table; where none can be left out, without a column that says so. */
export function memberTable(members: readonly TableMember[]): string {
  const withDefaults = members.some(({ optional, fallback }) => optional || fallback !== '');
  return table(
    ['name', 'type', ...(withDefaults ? ['left out'] : []), 'what it is'],
    members.map(({ name, type, optional, fallback, description }) => [
      code(name),
      code(type),
      ...(withDefaults ? [fallback === '' ? (optional ? 'allowed' : '**required**') : fallback] : []),
      description,
    ]),
  );
}
