import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadKubeConfig } from '../../tools/kube/connection.ts';
import { describeEndured, faultTable } from './report/faultTable.ts';
import { writeReliability } from './report/writeReliability.ts';
import { endure, type Endured } from './support/endure.ts';
import { Application, type ApplicationReport } from './support/application.ts';
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
  try {
    // A part of them is no table, and neither is one of which some are red.
    if (endured.length === faults.length) await writeReliability(faultTable(endured));
  } finally {
    await resources.disposeAsync();
  }
});

/** Far above what work takes on a busy machine, far below an outage that it would wait for. */
const WAITING_MILLIS = 5000;

test.each(faults)(
  '$title: every span is stored or its loss is explained, and the application has no error',
  async (fault) => {
    const result = await endure(stack, fault);
    await stack.forgetSpans();
    console.info(describeEndured(result));
    expect(result.created).toBeGreaterThan(4000);
    expect(result.stored + result.lost).toBe(result.created);
    expect(accountOf(result.report)).toEqual({ created: result.created, handedOn: result.created, waiting: 0 });
    expect(result.ended).toEqual(fault.ends ?? {});
    if (fault.interrupts !== undefined) expect(result.interrupted).toContain(fault.interrupts);
    expect(result.unattributed).toBe(0);
    expect(result.applicationErrors).toEqual({});
    expect(result.recoverySeconds).toBeDefined();
    expect(result.report.longestWorkMillis).toBeLessThan(WAITING_MILLIS);
    if (fault.name === 'none') {
      const { lost, duplicates, counted } = result;
      expect({ lost, duplicates, counted }).toEqual({ lost: 0, duplicates: 0, counted: {} });
    }
    endured.push(result);
  },
);

/** What the tracer says became of its spans once it was told to send all. */
function accountOf({ spans: { created, exported, dropped, queued, inFlight } }: ApplicationReport) {
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  return { created, handedOn: exported + lost, waiting: queued + inFlight };
}
