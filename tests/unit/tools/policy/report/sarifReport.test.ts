import { expect, test } from 'vitest';
import { sarifReport } from '../../../../../tools/policy/report/sarifReport.ts';
import { aRun, aStack, anExemption, brokenTarget, someManifests, unknownText } from '../support/policyRuns.ts';

const configuration = { exemptions: [anExemption({ resource: 'ConfigMap/shop/old' })] };
const objects = { one: { harm: true, doubt: true, secret: unknownText }, old: { harm: true, breaks: true } };

function log() {
  const manifests = someManifests('apiVersion: v1\nkind: ConfigMap\nharm: true\n');
  return sarifReport(aRun([aStack('prod', objects, configuration), manifests], configuration));
}

test('rules have what code scanning shows of them', () => {
  const driver = log().runs[0]?.tool.driver;
  expect(driver?.name).toBe('tracewright-policies');
  expect(driver?.rules?.map(({ id, name, defaultConfiguration }) => [id, name, defaultConfiguration?.level])).toEqual([
    ['no-harm', 'NoHarm', 'error'],
    ['no-doubt', 'NoDoubt', 'warning'],
    ['knows', 'Knows', 'error'],
    ['holds', 'Holds', 'error'],
  ]);
  expect(driver?.rules?.[0]).toMatchObject({
    shortDescription: { text: 'Every object is what the test wants.' },
    fullDescription: { text: 'The test would fail otherwise.' },
    help: { text: 'The test would fail otherwise. See https://kubernetes.io/docs/' },
    helpUri: 'https://kubernetes.io/docs/',
    properties: { 'security-severity': '8.0' },
  });
});

test('a finding of a stack stands at the file of its configuration, and names the resource', () => {
  expect(log().runs[0]?.results?.[0]).toEqual({
    ruleId: 'holds',
    ruleIndex: 3,
    level: 'error',
    message: {
      text: expect.stringMatching(
        /^stack prod: ConfigMap\/shop\/old: it could not be checked: the rule threw RangeError: it broke/,
      ) as string,
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'Pulumi.prod.yaml' }, region: { startLine: 1 } },
        logicalLocations: [
          {
            name: 'old',
            kind: 'resource',
            fullyQualifiedName: 'stack prod/ConfigMap/shop/old',
            decoratedName: 'urn:pulumi:prod::test::kubernetes:core/v1:ConfigMap::old',
          },
        ],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{64}:1$/) as string },
    properties: { kind: 'failure', severity: 'high', environment: 'prod' },
  });
});

test('a message holds no link that is not ours, and nothing that is not to be seen', () => {
  const run = aRun([aStack('dev', { 'a[b](https://c)\u001b': { harm: true } })]);
  expect(sarifReport(run).runs[0]?.results?.[0]?.message.text).toMatch(
    /^stack dev: ConfigMap\/shop\/a\[b\] \(https:\/\/c\)\\u001b, container/,
  );
});

test('levels are those of the rules, and a finding of a manifest stands at its line', () => {
  const results = log().runs[0]?.results ?? [];
  expect(results.map(({ ruleId, level, properties }) => [ruleId, level, properties?.['kind'] as unknown])).toEqual([
    ['holds', 'error', 'failure'],
    ['no-harm', 'error', 'breach'],
    ['knows', 'error', 'unknown'],
    ['no-doubt', 'warning', 'breach'],
    ['no-harm', 'error', 'breach'],
    ['no-harm', 'error', 'breach'],
  ]);
  expect(results[5]?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'deploy/all.yaml' },
    region: { startLine: 3 },
  });
});

test('what is exempt is suppressed with its reason', () => {
  const suppressed = log().runs[0]?.results?.filter(({ suppressions }) => suppressions !== undefined);
  expect(suppressed?.map(({ message, suppressions }) => [message.text, suppressions])).toEqual([
    [
      'stack prod: ConfigMap/shop/old, container "main": harm is true: it must be false. Fix: harm: false',
      [{ kind: 'external', status: 'accepted', justification: 'Nobody is harmed. (until 2026-12-31)' }],
    ],
  ]);
});

test('what failed beside the rules is told in the invocation', () => {
  const own = { exemptions: [anExemption({ expires: '2026-01-01' })] };
  const run = aRun([brokenTarget('qa', 'StackError: no'), aStack('dev', { a: {} }, own)], own);
  expect(sarifReport(run).runs[0]?.invocations).toEqual([
    {
      executionSuccessful: false,
      exitCode: 1,
      startTimeUtc: '2026-06-15T12:00:00.000Z',
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'stack qa: StackError: no' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'Pulumi.qa.yaml' }, region: { startLine: 1 } } }],
        },
      ],
      toolConfigurationNotifications: [
        {
          level: 'error',
          message: { text: 'the exemption of ConfigMap/*/* from no-harm (until 2026-01-01) expired' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'policy.yaml' }, region: { startLine: 10 } } }],
        },
      ],
    },
  ]);
});

test('a file outside of the checkout has a whole address, and no character that an address cannot have', () => {
  const target = { ...aStack('dev', { a: { harm: true } }), placeOf: () => ({ file: '/tmp/a b/c#d.yaml', line: 2 }) };
  expect(
    sarifReport(aRun([target])).runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri,
  ).toBe('file:///tmp/a%20b/c%23d.yaml');
});

// SARIF 2.1.0, 3.27: what a result refers to must be there. GitHub takes the fingerprint for the identity of an alert.
test('results refer to rules of the run, have lines from 1, and fingerprints of their own', () => {
  const { runs } = log();
  const rules = runs[0]?.tool.driver.rules ?? [];
  const results = runs[0]?.results ?? [];
  expect(results.map(({ ruleIndex }) => rules[ruleIndex ?? -1]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
  const lines = results.map(({ locations }) => locations?.[0]?.physicalLocation?.region?.startLine ?? 0);
  expect(Math.min(...lines)).toBeGreaterThanOrEqual(1);
  expect(new Set(results.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'])).size).toBe(
    results.length,
  );
});

test('the fingerprint of a finding is the same beside other findings', () => {
  const fingerprint = (fields: Readonly<Record<string, unknown>>) =>
    sarifReport(aRun([aStack('dev', { a: { harm: true }, ...fields })])).runs[0]?.results?.find(({ message }) =>
      message.text?.includes('ConfigMap/shop/a,'),
    )?.partialFingerprints;
  expect(fingerprint({ before: { harm: true, doubt: true } })).toEqual(fingerprint({}));
});
