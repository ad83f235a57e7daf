import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const module = fileURLToPath(new URL('../../../bench/interruption.ts', import.meta.url));
/** A suite that waits for a program of an hour, and starts another to remove what it made. */
const suite = `
  import { execa } from 'execa';
  import { Interruption } from ${JSON.stringify(module)};
  const interruption = new Interruption();
  const run = (text) => execa(process.execPath, ['-e', text], { stdout: 'inherit', reject: false });
  try {
    const { signal } = await run('setTimeout(() => {}, 3_600_000); console.log("started")');
    console.log('program ended by', signal);
    interruption.throwIfInterrupted();
    console.log('next step');
  } catch (error) {
    console.log(error.name, error.message);
  } finally {
    await run('console.log("removed")');
  }
`;

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends programs, no further step is made, and what was made is removed',
  async (signal) => {
    const running = execa(process.execPath, ['--no-warnings', '--input-type=module', '-e', suite]);
    const lines: string[] = [];
    for await (const line of running) {
      lines.push(line);
      if (line === 'started') running.kill(signal);
    }
    expect(lines).toEqual(['started', 'program ended by SIGTERM', `InterruptedError ended by ${signal}`, 'removed']);
    expect((await running).exitCode).toBe(0);
  },
);
