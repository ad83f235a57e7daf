import { expect, test } from 'vitest';
import { describeFinding } from '../../../../../policies/evaluation/finding.ts';
import { countFindings, runFails } from '../../../../../tools/policy/policyRun.ts';
import { checkManifests } from '../../../../../tools/policy/manifests/checkManifests.ts';
import { parseManifest } from '../../../../../tools/policy/manifests/parseManifest.ts';
import { aRun, someManifests, someRules, today } from '../support/policyRuns.ts';

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\nharm: true\n---\n- other\n---\na: {{ b }}\n';

test('findings stand at the lines of their fields', () => {
  const { evaluation, placeOf } = someManifests(manifest);
  expect(evaluation?.findings.map((finding) => [describeFinding(finding), placeOf(finding)])).toEqual([
    [
      'ConfigMap/a, container "main": harm is true: it must be false. Fix: harm: false',
      { file: 'deploy/all.yaml', line: 4 },
    ],
  ]);
});

test('what could not be read fails the run, and what is no object is only said', () => {
  const target = someManifests(manifest.replace('harm: true', 'harm: false'));
  expect([countFindings([target]).errors, target.notes]).toEqual([
    1,
    ['1 file', '1 document without a Kubernetes object'],
  ]);
  expect(runFails(aRun([target]))).toBe(true);
});

test('symbolic links that are not followed are named', () => {
  const manifests = { ...parseManifest(manifest, 'a.yaml'), files: 1, links: ['b.yaml', 'c.yaml'] };
  const { notes } = checkManifests(manifests, ['deploy'], 'prod', someRules, {}, today);
  expect(notes).toContain('not followed: 2 symbolic links (b.yaml, c.yaml)');
});

test('a path without any object fails the run: it is hardly what was meant', () => {
  const nothing = { files: 3, links: [], objects: [], problems: [], others: 3 };
  const { errors } = checkManifests(nothing, ['deploy', 'other'], 'prod', someRules, {}, today);
  expect(errors).toEqual([
    { place: { file: 'deploy' }, message: 'holds no Kubernetes object' },
    { place: { file: 'other' }, message: 'holds no Kubernetes object' },
  ]);
});

test('the environment decides what the configuration says', () => {
  const target = someManifests(manifest, {
    rules: { 'no-harm': 'disabled' },
    environments: { prod: { rules: { 'no-harm': 'advisory' } }, dev: { rules: { 'no-harm': 'mandatory' } } },
  });
  expect(countFindings([target])).toMatchObject({ mandatory: 0, advisory: 1 });
});
