import { expect, test } from 'vitest';
import { describeFinding } from '../../../../../policies/evaluation/finding.ts';
import { checkStack } from '../../../../../tools/policy/stacks/checkStack.ts';
import { aStack, someRules, today, unknownText } from '../support/policyRuns.ts';

test('a stack stands for the file of its configuration', () => {
  const { name, environment, evaluation, placeOf, errors } = aStack('dev', { settings: { harm: true }, other: {} });
  expect([name, environment, evaluation?.objects, errors]).toEqual(['stack dev', 'dev', 2, []]);
  expect(evaluation?.findings.map((finding) => [describeFinding(finding), placeOf(finding)])).toEqual([
    [
      'ConfigMap/shop/settings, container "main": harm is true: it must be false. Fix: harm: false',
      { file: 'Pulumi.dev.yaml' },
    ],
  ]);
});

function checked(type: string, props: unknown) {
  const resources = [{ type, name: 'it', urn: `urn:pulumi:dev::test::${type}::it`, props }];
  return checkStack(
    { stack: 'dev', environment: 'dev', configFile: 'Pulumi.dev.yaml', resources },
    someRules,
    {},
    today,
  );
}

test('a list of which nobody knows the entries is an error: its objects would pass unseen', () => {
  const { errors } = checked('kubernetes:core/v1:ConfigMapList', { items: unknownText });
  expect(errors).toEqual([
    {
      place: { file: 'Pulumi.dev.yaml' },
      message:
        'kubernetes:core/v1:ConfigMapList "it": items is known only after the deployment: name its objects one by one',
    },
  ]);
});

test('a Helm release is named, since its objects are not to be seen', () => {
  const { notes, evaluation } = checked('kubernetes:helm.sh/v3:Release', { chart: 'x' });
  expect([notes, evaluation?.objects]).toEqual([
    ['Helm release "it" hides its objects; a Chart of Pulumi\'s shows them'],
    0,
  ]);
});

test.each([
  'kubernetes:yaml:ConfigFile',
  'kubernetes:yaml/v2:ConfigGroup',
  'kubernetes:kustomize/v2:Directory',
  'kubernetes:helm.sh/v4:Chart',
])('%s makes objects and is none', (type) => expect(checked(type, {}).evaluation?.objects).toBe(0));
