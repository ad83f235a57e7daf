import { shown } from '../../kubernetes/fields.ts';
import { objectRule } from '../../rule.ts';
import { rulesOfRole, roleWith } from './roles.ts';

/** A role says each thing that it gives. */
export const rbacWildcards = objectRule({
  name: 'rbac-wildcards',
  asks: 'No role gives rights by a wildcard.',
  severity: 'high',
  level: 'mandatory',
  rationale:
    '`*` gives also what is yet to come: the resources and verbs of later releases, and of everything that is ever installed.',
  link: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
  passes: roleWith('Role', 'apiGroups: [""], resources: [pods], verbs: [get, list]'),
  fails: roleWith('Role', 'apiGroups: [""], resources: [pods], verbs: ["*"]'),
  *check(object) {
    for (const rule of rulesOfRole(object)) {
      const lists = {
        apiGroups: rule.apiGroups,
        resources: rule.resources,
        verbs: rule.verbs,
        nonResourceURLs: rule.nonResourceUrls,
      };
      for (const [name, list] of Object.entries(lists)) {
        // `pods/*` and `*/scale` are wildcards as well; a path that ends in `*` names what it is about.
        const wildcard = list.find((entry) => (name === 'nonResourceURLs' ? entry === '*' : entry.includes('*')));
        if (wildcard === undefined) continue;
        yield {
          path: `${rule.path}.${name}`,
          problem: `has ${shown(wildcard)}: it must name each`,
          fix: `${name}: ["…", "…"], each by its name`,
        };
      }
    }
  },
});
