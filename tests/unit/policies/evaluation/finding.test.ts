import { expect, it } from 'vitest';
import { describeFinding, type Finding } from '../../../../policies/evaluation/finding.ts';
import { manifestObjects } from '../../../support/manifestObjects.ts';
import { noneIsBroken } from '../support/testRules.ts';

const [object] = manifestObjects('apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\n');
const problem = {
  rule: noneIsBroken,
  level: 'mandatory',
  kind: 'breach',
  problem: 'is wrong',
  fix: 'mend it',
} as const;

it.each<[Omit<Finding, keyof typeof problem>, string]>([
  [
    { path: 'spec', ...(object && { object }), container: 'main' },
    'Pod/shop/web, container "main": spec is wrong. Fix: mend it',
  ],
  [{ path: 'spec', ...(object && { object }) }, 'Pod/shop/web: spec is wrong. Fix: mend it'],
  [{ path: '', ...(object && { object }) }, 'Pod/shop/web: it is wrong. Fix: mend it'],
  [{ path: 'spec' }, 'spec is wrong. Fix: mend it'],
])('a finding with %o is one sentence', (where, sentence) => {
  expect(describeFinding({ ...problem, ...where })).toBe(sentence);
});
