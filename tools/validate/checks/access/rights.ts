import { isRecord } from '../../../values/isRecord.ts';

/**
 * What rules of a role give, one by one: `list secrets`, `patch deployments.apps/scale`, `get configmaps (only NAME)`; `*` is any, as
 * Kubernetes writes it.
 */
export function rightsOf(rules: unknown): ReadonlySet<string> {
  const list: readonly unknown[] = Array.isArray(rules) ? rules : [];
  return new Set(list.flatMap((rule) => (isRecord(rule) ? rightsOfRule(rule) : [])));
}

function rightsOfRule(rule: Readonly<Record<string, unknown>>): string[] {
  const verbs = textsOf(rule['verbs']);
  const names = textsOf(rule['resourceNames']);
  const only = names.length === 0 ? '' : ` (only ${[...names].sort().join(', ')})`;
  const resources = textsOf(rule['apiGroups']).flatMap((group) =>
    textsOf(rule['resources']).map((resource) => resourceInWords(group, resource)),
  );
  const paths = textsOf(rule['nonResourceURLs']);
  return verbs.flatMap((verb) => [
    ...resources.map((resource) => `${verb} ${resource}${only}`),
    ...paths.map((path) => `${verb} ${path}`),
  ]);
}

function resourceInWords(group: string, resource: string): string {
  const [name = '', subresource] = resource.split('/');
  const whole = group === '' ? name : `${name}.${group}`;
  return subresource === undefined ? whole : `${whole}/${subresource}`;
}

/** Those of some rights that others do not give, with what `*` means. */
export function rightsBeyond(some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...some].filter((right) => !isAllowed(right, others)).sort();
}

/** Whether rights give this one, with what `*` means. */
export function isAllowed(right: string, others: ReadonlySet<string>): boolean {
  if (others.has(right)) return true;
  // What is given for any name is given for some.
  const [verb = '', resource = ''] = right.split(' ');
  return isGiven(verb, resource, others);
}

/** Whether rights give a verb on a resource of any name. */
function isGiven(verb: string, resource: string, rights: ReadonlySet<string>): boolean {
  const [whole = '', subresource] = resource.split('/');
  const dot = whole.indexOf('.');
  const [name, group] = dot < 0 ? [whole, ''] : [whole.slice(0, dot), whole.slice(dot)];
  const behind = subresource === undefined ? '' : `/${subresource}`;
  const resources = [`${name}${group}${behind}`, `*${group}`, `*${group}${behind}`, '*.*', `${name}.*${behind}`];
  return ['*', verb].some((each) => resources.some((of) => rights.has(`${each} ${of}`)));
}

/** Some of them in words, and how many more. */
export function rightsInWords(rights: readonly string[]): string {
  const most = 6;
  const told = rights.slice(0, most).join(', ');
  return rights.length > most ? `${told} and ${rights.length - most} more` : told;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
