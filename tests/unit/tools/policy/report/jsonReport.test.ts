import { expect, test } from 'vitest';
import { jsonReport } from '../../../../../tools/policy/report/jsonReport.ts';
import { aRun, aStack, anExemption, brokenTarget, someManifests } from '../support/policyRuns.ts';

const counts = { mandatory: 0, unknown: 0, broken: 0, advisory: 0, exempt: 0, errors: 0 };
const harm = {
  rule: 'no-harm',
  severity: 'high',
  level: 'mandatory',
  kind: 'breach',
  object: 'ConfigMap/shop/one',
  container: 'main',
  path: 'harm',
  problem: 'is true: it must be false',
  fix: 'harm: false',
  link: 'https://kubernetes.io/docs/',
  file: 'Pulumi.dev.yaml',
  line: null,
  urn: 'urn:pulumi:dev::test::kubernetes:core/v1:ConfigMap::one',
};

test('a run is told whole', () => {
  const old = anExemption({ resource: 'ConfigMap/shop/old' });
  const configuration = {
    exemptions: [old, anExemption({ rule: 'no-doubt' }), anExemption({ expires: '2026-01-01' })],
  };
  const objects = { one: { harm: true }, old: { harm: true } };
  expect(jsonReport(aRun([aStack('dev', objects, configuration)], configuration))).toEqual({
    passed: false,
    configurationFile: 'policy.yaml',
    startedAt: '2026-06-15T12:00:00.000Z',
    seconds: 2,
    counts: { ...counts, mandatory: 1, exempt: 1 },
    targets: [
      {
        name: 'stack dev',
        environment: 'dev',
        objects: 2,
        rules: ['no-harm', 'no-doubt', 'knows', 'holds'],
        counts: { ...counts, mandatory: 1, exempt: 1 },
        errors: [],
        findings: [harm],
        exempted: [
          {
            ...harm,
            object: 'ConfigMap/shop/old',
            urn: harm.urn.replace('one', 'old'),
            exemption: { resource: 'ConfigMap/shop/old', reason: 'Nobody is harmed.', expires: '2026-12-31' },
          },
        ],
        notes: [],
        seconds: 1.5,
      },
    ],
    expiredExemptions: [
      {
        rule: 'no-harm',
        resource: 'ConfigMap/*/*',
        reason: 'Nobody is harmed.',
        expires: '2026-01-01',
        file: 'policy.yaml',
        line: 12,
      },
    ],
    unusedExemptions: [
      {
        rule: 'no-doubt',
        resource: 'ConfigMap/*/*',
        reason: 'Nobody is harmed.',
        expires: '2026-12-31',
        file: 'policy.yaml',
        line: 11,
      },
    ],
    notes: [],
  });
});

test('manifests have lines and no resources, and errors have places', () => {
  const run = aRun([brokenTarget('qa', 'no'), someManifests('apiVersion: v1\nkind: ConfigMap\nharm: true\n')]);
  expect(jsonReport(run)).toMatchObject({
    targets: [
      { name: 'stack qa', objects: 0, rules: [], errors: [{ file: 'Pulumi.qa.yaml', message: 'no' }] },
      { name: 'manifests', findings: [{ file: 'deploy/all.yaml', line: 3, urn: null }] },
    ],
  });
});
