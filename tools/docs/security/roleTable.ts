import { operatorRules, viewerRules, type AccessRule } from '../../../infra/kubernetes/accessRules.ts';
import { code, table } from '../markdown.ts';

/** What each role may: resources and verbs; the operators' rows are those that viewers lack. */
export function roleTable(): string {
  const more = operatorRules.filter((rule) => !viewerRules.includes(rule));
  return table(
    ['role', 'API group', 'resources', 'verbs'],
    [...rows('tracewright-viewer', viewerRules), ...rows('tracewright-operator, beside these', more)],
  );
}

function rows(role: string, rules: readonly AccessRule[]): readonly (readonly string[])[] {
  return rules.map(({ apiGroups, resources, verbs }) => [
    role,
    apiGroups.map((group) => (group === '' ? 'core' : code(group))).join(', '),
    names(resources),
    names(verbs),
  ]);
}

function names(values: readonly string[]): string {
  return values.map(code).join(', ');
}
