import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Workspaces run from source; everything else as Node itself would resolve it.
const conditions = ['tracewright-source', ...defaultServerConditions];
const resolve = { conditions, mainFields: ['module', 'main'] };
const ssr = { resolve: { conditions, externalConditions: ['tracewright-source', 'node'] } };

// One project per kind of test. e2e files share one cluster (tests/e2e/setup.ts starts it) and run one after the other:
// two cores carry one Pulumi engine at a time, and a file's waits would otherwise be measured under its neighbour's load.
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 10_000 },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          // Some wait for a part of the toolchain that nobody has built before.
          hookTimeout: 1_500_000,
        },
      },
    ],
  },
});
