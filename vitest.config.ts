import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Workspaces run from source; everything else as Node itself would resolve it.
const conditions = ['tracewright-source', ...defaultServerConditions];
const resolve = { conditions, mainFields: ['module', 'main'] };
const ssr = { resolve: { conditions, externalConditions: ['tracewright-source', 'node'] } };

// What is held to a real clock, measures time or memory, or takes a good part of its time limit in one go: it runs alone, when
// the others have ended.
const timedUnits = ['tests/unit/**/*.timed.test.ts'];
const timedIntegration = ['tests/integration/**/*.timed.test.ts'];

const unit = { testTimeout: 10_000 };
// Some wait for a browser that nobody has installed before.
const integration = { testTimeout: 120_000, hookTimeout: 400_000 };
// Vitest's own choice leaves a core idle, which is half of a machine with two.
const together = { maxWorkers: '100%' };
// No module has state, so that files may share what they import: a good third of the time is not spent on loading it again.
const shared = { ...together, isolate: false, setupFiles: ['tests/unit/resetGlobals.ts'] };
const alone = { fileParallelism: false };

// One project per kind of test, and one for what of that kind is timed. e2e files share one cluster (tests/e2e/setup.ts starts
// it) and run one after the other: two cores carry one Pulumi engine at a time, and a file's waits would otherwise be measured
// under its neighbour's load.
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { ...unit, ...shared, name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: timedUnits },
      },
      { resolve, ssr, test: { ...unit, ...alone, name: 'unit-timed', include: timedUnits } },
      {
        resolve,
        ssr,
        test: {
          ...integration,
          ...together,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          exclude: timedIntegration,
        },
      },
      { resolve, ssr, test: { ...integration, ...alone, name: 'integration-timed', include: timedIntegration } },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup.ts'],
          ...alone,
          testTimeout: 600_000,
          // Some wait for a part of the toolchain that nobody has built before.
          hookTimeout: 1_500_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/faults/setup.ts'],
          ...alone,
          // More than all the waits within it together, so that it is they who say what did not come.
          testTimeout: 900_000,
          hookTimeout: 1_500_000,
        },
      },
    ],
  },
});
