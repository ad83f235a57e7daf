import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { describeEndured, faultTable } from './report/faultTable.ts';
import { writeReliability } from './report/writeReliability.ts';
import { endure, type Endured } from './support/endure.ts';
import { Application } from './support/application.ts';
import { faults } from './support/faults.ts';
import { FaultStack } from './support/faultStack.ts';

const { kubeconfigPath, context, nodePid } = inject('faultCluster');
const kube = loadKubeConfig({ kubeconfigPath, context });
const resources = new AsyncDisposableStack();
const endured: Endured[] = [];
let stack: FaultStack;

beforeAll(async () => {
  stack = resources.use(await FaultStack.deploy(kube, nodePid));
  await Application.publish(stack.application);
});
afterAll(async () => {
  await resources.disposeAsync();
  // A part of them is no table.
  if (endured.length === faults.length) await writeReliability(faultTable(endured));
});

test.each(faults)(
  '$title: every span is stored or its loss is explained, and the application has no error',
  async (fault) => {
    const result = await endure(stack, fault);
    endured.push(result);
    await stack.forgetSpans();
    console.info(describeEndured(result));
    expect(result.created).toBeGreaterThan(4000);
    expect(result.stored + result.lost).toBe(result.created);
    expect(result.report.spans.created).toBe(result.created);
    expect(result.unattributed).toBe(0);
    expect(result.applicationErrors).toEqual({});
    expect(result.recoverySeconds).toBeDefined();
    if (fault.name === 'none') expect([result.lost, result.duplicates]).toEqual([0, 0]);
    await stack.forgetSpans();
  },
);
