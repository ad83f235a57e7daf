// @spec S3.5 S5.5
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** A process of its own, with real timers, as an application has them; it ends when nothing is left, or after 20 s with what is. */
const program = `
import { createObservability } from '@tracewright/runtime';
const { requests, errors } = createObservability({
  tracing: false,
  performance: { system: false },
  requests: { maxAgeMillis: 1000, maxRequests: 2, stuckAfterMillis: 50, sweepIntervalMillis: 100 },
  errors: { resolvedKeptMillis: 1000, sweepIntervalMillis: 100 },
});
const request = (operation) => requests.start({ operation });
const [pending, done] = ['GET /pending', 'GET /done'].map(request);
done.process();
done.complete();
errors.capture(new Error('mended'));
errors.capture(new RangeError('open'));
for (const { id, message } of errors.groups.query().groups)
  if (message === 'mended') errors.groups.resolve(id, { by: 'ada', note: 'deployed' });
const seen = () => ({
  requests: requests.find().requests.map(({ operation, state }) => operation + ' ' + state),
  stuck: requests.stuck().map(({ operation }) => operation),
  groups: errors.groups.query().groups.map(({ message }) => message).sort(),
});
const first = seen();
const started = performance.now();
const timer = setInterval(() => {
  const now = seen();
  const isSwept = now.requests.length < 2 && now.groups.length < 2;
  if (!isSwept && performance.now() - started < 20_000) return;
  clearInterval(timer);
  console.log(JSON.stringify({ first, last: now, seconds: (performance.now() - started) / 1000 }));
}, 50);
`;

it('removes ended requests and resolved errors by their age, by itself; what is open stays, and is told to be stuck', () => {
  const args = ['--conditions=tracewright-source', '--no-warnings', '--input-type=module', '--eval', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  expect([status, stderr]).toEqual([0, '']);
  const { first, last, seconds } = JSON.parse(stdout) as Record<string, unknown> & { seconds: number };
  expect(first).toEqual({
    requests: ['GET /done completed', 'GET /pending pending'],
    stuck: [],
    groups: ['mended', 'open'],
  });
  expect(last).toEqual({ requests: ['GET /pending pending'], stuck: ['GET /pending'], groups: ['open'] });
  // Not before their age: what is removed too early is lost.
  expect(seconds).toBeGreaterThan(0.9);
});
