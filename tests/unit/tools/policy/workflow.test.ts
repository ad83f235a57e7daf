import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parsePolicyOptions } from '../../../../tools/policy/options.ts';
import { pulumiPin } from '../../../../tools/toolchain/pins.ts';
import { checkout } from '../../../support/commands.ts';

interface Step {
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: unknown; readonly steps: readonly Step[] }>>;
}

const text = readFileSync(join(checkout, '.github', 'workflows', 'pull-request.yaml'), 'utf8');
const { on, permissions, jobs } = parse(text) as Workflow;
const steps = Object.values(jobs).flatMap((job) => job.steps);
const policySteps = jobs['policy-preview']?.steps ?? [];
const commands = policySteps.filter(({ run }) => run?.startsWith('npm run policy'));

test('a pull request of a fork gets no secret and may write nothing but alerts', () => {
  expect(on).toEqual({ pull_request: null });
  expect(text).not.toMatch(/\$\{\{\s*secrets\.|pull_request_target/);
  expect([permissions, jobs['check']?.permissions, jobs['policy-preview']?.permissions]).toEqual([
    { contents: 'read' },
    undefined,
    { contents: 'read', 'security-events': 'write' },
  ]);
});

test('every action is pinned by its commit', () => {
  const actions = steps.flatMap(({ uses }) => uses ?? []);
  expect(actions.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('every stack is looked at, and the reports are those that later steps take', () => {
  const report = [...(commands[0]?.run ?? '').matchAll(/ --report (\S+)/g)].map(([, value = '']) => value);
  expect(commands[0]?.run).toBe(`npm run policy --${report.map((value) => ` --report ${value}`).join('')}`);
  const { stacks, manifests, reports } = parsePolicyOptions({ report }, checkout);
  expect([commands.length, stacks, manifests]).toEqual([1, ['dev', 'prod', 'staging'], []]);
  expect(reports).toEqual([
    { format: 'markdown', file: join(checkout, 'reports/policy.md') },
    { format: 'sarif', file: join(checkout, 'reports/policy.sarif') },
    { format: 'junit', file: join(checkout, 'reports/policy.xml') },
  ]);
  const taken = policySteps.map(({ run, with: inputs }) => run ?? inputs?.['sarif_file'] ?? inputs?.['path']);
  expect(taken).toEqual(
    expect.arrayContaining(['cat reports/policy.md >> "$GITHUB_STEP_SUMMARY"', 'reports/policy.sarif', 'reports']),
  );
});

test('reports are there also when the rules find something', () => {
  const after = policySteps.slice(policySteps.findIndex(({ run }) => run?.startsWith('npm run policy')) + 1);
  expect(after.map((step) => step.if?.startsWith('always() && '))).toEqual([true, true, true]);
});

test('the CLI is of the version that is built elsewhere', () => {
  const inputs = policySteps.find(({ uses }) => uses?.startsWith('pulumi/actions@'))?.with;
  expect(inputs?.['pulumi-version']).toBe(pulumiPin.version.slice(1));
});
