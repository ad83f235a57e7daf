// @spec S4.3
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SERIES = 200;
/** As many as are filled: all are filled alike, and the test is to be quick. */
const SAMPLE = 10;
/** What the program takes and lets go of besides. */
const PROGRAM_BYTES = 150_000;

it('holds a week of 200 series that vary as much as they can, every 30 s, in 20 MB, and says no less than it takes', () => {
  const program = fileURLToPath(new URL('./weekInMemory.ts', import.meta.url));
  const printed = execFileSync(process.execPath, ['--expose-gc', '--no-warnings', program, String(SAMPLE)], {
    encoding: 'utf8',
  });
  const { real, estimated } = JSON.parse(printed) as { real: number; estimated: number };
  expect((real * SERIES) / SAMPLE).toBeLessThan(20e6);
  expect((real * SERIES) / SAMPLE).toBeGreaterThan(5e6);
  expect(estimated).toBeGreaterThanOrEqual(real - PROGRAM_BYTES);
  expect(estimated).toBeLessThan(1.5 * real);
});
