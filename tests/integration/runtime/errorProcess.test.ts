import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** In a process of its own, which ends as it would have without the tracker: whatever was captured is printed at its exit. */
const WITH_TRACKER = `
import { createObservability } from '@tracewright/runtime';
const { errors } = createObservability({ tracing: false, performance: { system: false } });
process.on('exit', () => {
  const [group] = errors.groups.query().groups;
  const { source, isHandled } = group?.events[0] ?? {};
  const { message, severity, category } = group ?? {};
  console.log(JSON.stringify({ errors: errors.groups.counts().errors, message, severity, category, source, isHandled }));
});
`;

const WITHOUT_TRACKER = `import '@tracewright/runtime';\n`;

function run(code: string) {
  const args = ['--conditions=tracewright-source', '--no-warnings', '--input-type=module', '--eval', code];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  return { status, signal, stdout, stderr: stderr.replace(/\[eval1?\]:\d+/g, '[eval]') };
}

it.each([
  ['throws', 'setTimeout(() => { throw new RangeError("sold out"); }, 1);', 'uncaughtException', 'critical'],
  [
    'rejects',
    'Promise.reject(new RangeError("sold out")); setTimeout(() => {}, 1000);',
    'unhandledRejection',
    'critical',
  ],
])('a process that %s and nobody catches it ends as ever, and what it was is captured', (_, code, source, severity) => {
  const bare = run(WITHOUT_TRACKER + code);
  const tracked = run(WITH_TRACKER + code);
  expect(bare.status).toBe(1);
  expect([tracked.status, tracked.signal]).toEqual([bare.status, bare.signal]);
  expect(tracked.stderr.split('\n').filter((line) => line.includes('RangeError'))).toEqual(
    bare.stderr.split('\n').filter((line) => line.includes('RangeError')),
  );
  expect(JSON.parse(tracked.stdout)).toMatchObject({
    errors: 1,
    message: 'sold out',
    severity,
    source,
    isHandled: false,
  });
});

it('a process whose application catches what nobody else does lives on, and each is captured', () => {
  const { status, stdout } = run(`${WITH_TRACKER}
    process.on('uncaughtException', () => undefined);
    setTimeout(() => { throw new RangeError('sold out'); }, 1);
    setTimeout(() => { throw new RangeError('sold out'); }, 2);
    setTimeout(() => process.exit(0), 200);
  `);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ errors: 2 });
});

it('a tracker keeps no process alive', () => {
  const { status, stdout } = run(`${WITH_TRACKER} errors.capture(new Error('handled'));`);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ errors: 1, isHandled: true });
});
