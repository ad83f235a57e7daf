import { expect, test } from 'vitest';
import { parseAuditReport, type Advisory } from '../../../../../tools/check/advisories/auditReport.ts';
import { judgeAdvisories } from '../../../../../tools/check/advisories/judgeAdvisories.ts';
import type { LockedPackage } from '../../../../../tools/check/lockedPackages.ts';

const advisory: Advisory = {
  url: 'https://github.com/advisories/GHSA-1',
  title: 'Prototype pollution',
  severity: 'high',
  name: 'a',
  range: '<1.2.0',
  paths: ['node_modules/a'],
};
const locked: LockedPackage = {
  path: 'node_modules/a',
  name: 'a',
  version: '1.0.0',
  license: 'MIT',
  optional: false,
  development: false,
};
const accepted = { url: advisory.url, reason: 'the function is never called', until: '2026-05-31' };
const judged = { answer: { advisories: [advisory] }, packages: [locked], accepted: [], today: '2026-05-31' };
const told =
  'high: Prototype pollution (a <1.2.0, in node_modules/a, that our packages have in them or install): https://github.com/advisories/GHSA-1. ';
const advice =
  'Update the package, or accept it with a reason and a day in tools/check/advisories/acceptedAdvisories.ts';

test.each([
  ['high', [told + advice]],
  ['critical', [told.replace('high', 'critical') + advice]],
  ['moderate', []],
  ['low', []],
  ['info', []],
] as const)('an advisory of severity %s', (severity, problems) => {
  const advisories = [{ ...advisory, severity }];
  expect(judgeAdvisories({ ...judged, answer: { advisories } })).toEqual({ problems, unchecked: [] });
});

test('a package that only development needs is told as such, unless another copy is published', () => {
  const development = { ...locked, development: true };
  const paths = ['node_modules/a', 'node_modules/b/node_modules/a'];
  const both = { ...judged, answer: { advisories: [{ ...advisory, paths }] } };
  const other = { ...locked, path: 'node_modules/b/node_modules/a' };
  expect(judgeAdvisories({ ...judged, packages: [development] }).problems[0]).toContain('of development');
  expect(judgeAdvisories({ ...both, packages: [development, other] }).problems[0]).toContain(
    'in node_modules/a, node_modules/b/node_modules/a, that our packages have in them or install',
  );
});

test('what is accepted is accepted up to its last day, and told with its reason from the next one on', () => {
  expect(judgeAdvisories({ ...judged, accepted: [accepted] })).toEqual({ problems: [], unchecked: [] });
  expect(judgeAdvisories({ ...judged, accepted: [accepted], today: '2026-06-01' }).problems).toEqual([
    `${told}It was accepted until 2026-05-31 (the function is never called). ${advice}`,
  ]);
});

test('an entry that accepts what is not there any more is told', () => {
  const answer = { advisories: [] };
  expect(judgeAdvisories({ ...judged, answer, accepted: [accepted] }).problems).toEqual([
    'tools/check/advisories/acceptedAdvisories.ts accepts https://github.com/advisories/GHSA-1, which concerns nothing that is locked; remove the entry',
  ]);
});

test('without an answer nothing is fine and nothing failed: it could not be checked', () => {
  expect(judgeAdvisories({ ...judged, answer: { unanswered: '503 from the registry' }, accepted: [accepted] })).toEqual(
    {
      problems: [],
      unchecked: [
        'advisories could not be checked: the registry did not answer (503 from the registry). Run `npm audit` where it does',
      ],
    },
  );
});

test('an error of npm is no answer', () => {
  expect(parseAuditReport('{"message":"405 Method Not Allowed","statusCode":405}')).toEqual({
    unanswered: '405 Method Not Allowed',
  });
});

test.each([
  '',
  'npm: command not found',
  '[]',
  '{}',
  '{"auditReportVersion":3,"vulnerabilities":{}}',
  '{"message":""}',
])('what is neither report nor error is refused: %s', (text) => {
  expect(() => parseAuditReport(text)).toThrow(
    new TypeError(`npm audit printed neither a report nor an error: ${text || 'nothing'}`),
  );
});
