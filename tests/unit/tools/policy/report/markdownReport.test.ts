import { expect, test } from 'vitest';
import { longestComment, markdownReport } from '../../../../../tools/policy/report/markdownReport.ts';
import { aRun, aStack, anExemption, brokenTarget, someManifests } from '../support/policyRuns.ts';

test('what fails the run is in sight, and the rest is folded', () => {
  const configuration = { exemptions: [anExemption({ resource: 'ConfigMap/shop/old' })] };
  const objects = { one: { harm: true, doubt: true }, old: { harm: true } };
  expect(markdownReport(aRun([aStack('prod', objects, configuration)], configuration))).toBe(`\
## Policies FAILED: 1 mandatory, 1 advisory, 1 exempt

|  | environment | objects | rules | mandatory | unknown | broken | advisory | exempt | errors |
| - | - | -: | -: | -: | -: | -: | -: | -: | -: |
| stack prod | prod | 2 | 4 | 1 | 0 | 0 | 1 | 1 | 0 |

<details open><summary>stack prod: 1 mandatory</summary>

| rule | object | what is wrong |
| - | - | - |
| [no-harm](<https://kubernetes.io/docs/>) | <code>ConfigMap/shop/one</code> | container "main": harm is true: it must be false<br>Fix: harm: false |

</details>

<details><summary>stack prod: 1 advisory</summary>

| rule | object | what is wrong |
| - | - | - |
| [no-doubt](<https://kubernetes.io/docs/>) | <code>ConfigMap/shop/one</code> | container "main": doubt is true: it must be false<br>Fix: doubt: false |

</details>

<details><summary>stack prod: 1 exempt</summary>

| rule | object | reason | until |
| - | - | - | - |
| no-harm | <code>ConfigMap/shop/old</code> | Nobody is harmed. | 2026-12-31 |

</details>

`);
});

test('exemptions that are over or not needed have a line each', () => {
  const configuration = { exemptions: [anExemption(), anExemption({ expires: '2026-01-01' })] };
  const text = markdownReport(aRun([aStack('dev', { a: {} }, configuration)], configuration));
  expect(text).toContain(
    '<details open><summary>Expired exemptions: 1</summary>\n\n| where | rule | resource | reason | until |\n| - | - | - | - | - |\n' +
      '| <code>policy.yaml:11</code> | no-harm | <code>ConfigMap/\\*/\\*</code> | Nobody is harmed. | 2026-01-01 |\n',
  );
  expect(text).toContain('<details><summary>Exemptions that nothing needs: 1</summary>');
});

test('manifests have a file and a line', () => {
  const text = markdownReport(aRun([someManifests('apiVersion: v1\nkind: ConfigMap\nharm: true\n')]));
  expect(text).toContain('<code>ConfigMap/deploy/all.yaml\\[0\\]</code><br><code>deploy/all.yaml:3</code>');
});

test('the text of an error is a block of code, whatever is in it', () => {
  const text = markdownReport(aRun([brokenTarget('prod', 'it failed:\n```\n<b>@team</b>\n')]));
  expect(text).toContain(
    '### stack prod could not be looked at whole\n\n<code>Pulumi.prod.yaml</code>\n\n````text\nit failed:\n```\n<b>@team</b>\n````\n',
  );
});

test('names of objects mark nothing up, lead nowhere, mention nobody and stay in their cells', () => {
  const text = markdownReport(
    aRun([aStack('dev', { 'a|b`c<d>@team_x[y](z)\nw\r\u001b#1 https://www.a': { harm: true } })]),
  );
  expect(text).toContain(
    '<code>ConfigMap/shop/a\\|b\\`c&lt;d>@<!-- -->team\\_x\\[y\\](z)<br>w\\\\r\\\\u001b#<!-- -->1 https:<!-- -->//w<!-- -->ww.a</code>',
  );
});

test('what a target says of itself stands at the end', () => {
  const text = markdownReport(aRun([someManifests('apiVersion: v1\nkind: ConfigMap\n---\na: b\n')]));
  expect(text).toMatch(/\n- manifests: 1 file\n- manifests: 1 document without a Kubernetes object\n$/);
});

test('a comment is as long as GitHub takes, and says what did not fit', () => {
  const objects = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, index) => [`settings-${index}`, { harm: true, doubt: true }]),
  );
  const text = markdownReport(aRun([aStack('dev', objects), aStack('prod', { a: {} })]));
  expect(text.length).toBeLessThanOrEqual(longestComment);
  expect(text.length).toBeGreaterThan(longestComment - 2_000);
  const rows = text.match(/^\| \[no-/gm)?.length ?? 0;
  const leftOut = [...text.matchAll(/^(\d+) more did not fit in here\.$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
  expect(rows + leftOut).toBe(4_000);
  expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});
