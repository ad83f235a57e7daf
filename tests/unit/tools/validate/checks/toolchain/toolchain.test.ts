import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judgeEngine } from '../../../../../../tools/validate/checks/toolchain/engineSupported.ts';
import { judgeKubernetes } from '../../../../../../tools/validate/checks/toolchain/kubernetesSupported.ts';
import { judgeNode } from '../../../../../../tools/validate/checks/toolchain/nodeSupported.ts';
import { judgePart } from '../../../../../../tools/validate/checks/toolchain/partsPinned.ts';
import { judgeConfiguration, judgeSdk } from '../../../../../../tools/validate/checks/toolchain/policyPackLoads.ts';

test.each([
  ['3.160.0', 'ok'],
  ['3.221.0-alpha.1', 'ok'],
  ['3.159.9', 'failed'],
  ['4.0.0', 'failed'],
  ['', 'failed'],
])('the engine %s is %s', (version, outcome) => {
  expect(judgeEngine(version)).toMatchObject({ outcome, subject: 'Pulumi CLI', expected: '>=3.160.0 <4.0.0' });
});

test.each([
  ['v1.34.4', true, 'ok'],
  ['v1.33.1', true, 'warning'],
  ['v1.30.2-gke.7', false, 'ok'],
  ['v1.29.9', false, 'failed'],
])('Kubernetes %s, local: %s, is %s', (version, isLocal, outcome) => {
  expect(judgeKubernetes(version, isLocal)).toMatchObject({ outcome, subject: 'API server', found: version });
});

test('a Node that is not the pinned one is a warning', () => {
  expect(judgeNode('24.21.0', '24.21.0')).toMatchObject({ outcome: 'ok' });
  expect(judgeNode('24.21.0', '22.18.0')).toMatchObject({ outcome: 'warning', expected: '24.21.0', found: '22.18.0' });
});

test.each([
  ['cache' as const, 'v1.50.0', 'ok', 'v1.50.0'],
  ['cache' as const, 'v1.49.0', 'failed', 'v1.49.0'],
  ['cache' as const, undefined, 'failed', 'it does not say its version'],
  ['path' as const, undefined, 'ok', 'your own, v1.50.0'],
  ['missing' as const, undefined, 'warning', 'not built, or in another form than is pinned now'],
])('a part from %s that was built as %s is %s', (origin, built, outcome, found) => {
  const part = { name: 'jaeger' as const, version: 'v1.50.0', origin, directory: '/cache/jaeger' };
  expect(judgePart(part, built)).toMatchObject({ outcome, subject: 'part jaeger', found });
});

test.each([
  ['v1.21.0', 'ok', '1.21.0'],
  ['1.20.0', 'failed', '1.20.0'],
  [undefined, 'failed', 'not installed'],
])('the SDK %s of the policy pack is %s', (version, outcome, found) => {
  const pack = JSON.stringify({ dependencies: { '@pulumi/policy': '1.21.0' } });
  const installed = version === undefined ? undefined : JSON.stringify({ version });
  expect(judgeSdk(pack, installed)).toMatchObject({ outcome, subject: '@pulumi/policy', expected: '1.21.0', found });
});

test('a policy.yaml that the pack does not take is told, and none is fine', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tracewright-policy-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  expect(judgeConfiguration(directory)).toMatchObject({ outcome: 'ok', subject: 'policy.yaml' });
  await writeFile(join(directory, 'policy.yaml'), 'rules:\n  no-such-rule: { level: mandatory }\n');
  const { outcome, found } = judgeConfiguration(directory);
  expect([outcome, found]).toEqual(['failed', expect.stringContaining('no-such-rule')]);
});
