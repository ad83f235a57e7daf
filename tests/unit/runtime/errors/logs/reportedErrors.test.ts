import type { Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { ReportedErrors } from '../../../../../runtime/src/errors/logs/reportedErrors.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';
import { pinoLogger, watched } from './watchedLoggers.ts';

const raise = (): never => {
  throw new Error('a rule that fails');
};

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('what a tracker reports of itself', () => {
  it('is not captured where it is logged later, as the cause of another error', async () => {
    const { log, lines } = pinoLogger();
    const onError = (cause: Error) =>
      setImmediate(() => log.error(new Error('observability failed', { cause: new Error('wrapped', { cause }) })));
    const { tracker } = watched({ fingerprint: raise }, { onError });
    tracker.capture(new TypeError('by a call'));
    await turns(5);
    expect(tracker.groups.counts().errors).toBe(1);
    expect(lines).toHaveLength(1);
  });

  it.each<[string, (log: Pick<Logger, 'error'>, error: Error) => void]>([
    ['an error made anew', (log, { message }) => log.error(new Error(message))],
    ['an error that says where it is from', (log, { message }) => log.error(new Error(`observability: ${message}`))],
    ['a line', (log, { message }) => log.error(message)],
    ['a line with an error', (log, { message }) => log.error(new Error('it failed'), message)],
  ])('is captured once a second at most where only its message is logged later: %s', async (_, write) => {
    const { log } = pinoLogger();
    const onError = (error: Error) => setImmediate(() => write(log, error));
    const { tracker, host } = watched({ fingerprint: raise, loggers: { linesWithoutError: true } }, { onError });
    const count = () => tracker.groups.counts().errors;
    tracker.capture(new TypeError('by a call'));
    await turns(9);
    expect(count()).toBe(2);
    host.advance(999);
    write(log, new Error('a rule that fails'));
    await turns(9);
    expect(count()).toBe(2);
    host.advance(1);
    write(log, new Error('a rule that fails'));
    await turns(9);
    expect(count()).toBe(3);
  });

  it('does not keep other lines from being captured, nor its message for longer than a minute', () => {
    const { log } = pinoLogger();
    const { tracker, host, said } = watched({
      fingerprint: ({ error }) => (error.type === 'TypeError' ? raise() : []),
    });
    tracker.capture(new TypeError('by a call'));
    log.error(new RangeError('sold out'));
    log.error(new RangeError('sold out'));
    expect(said()).toEqual(['TypeError: by a call', 'RangeError: sold out', 'RangeError: sold out']);
    const again = () => {
      log.error(new RangeError('a rule that fails'));
      return tracker.groups.counts().errors;
    };
    expect([again(), again()]).toEqual([4, 4]);
    host.advance(60_000);
    expect([again(), again()]).toEqual([5, 5]);
    host.advance(1);
    expect([again(), again()]).toEqual([6, 7]);
  });

  it('is not captured where it is logged at once as a line', () => {
    const { log } = pinoLogger();
    const { tracker } = watched(
      { fingerprint: raise, loggers: { linesWithoutError: true } },
      { onError: ({ message }) => log.error(`observability has a problem, ${message}, which is bad`) },
    );
    tracker.capture(new TypeError('by a call'));
    expect(tracker.groups.counts().errors).toBe(1);
  });
});

it.each<[string, (log: Pick<Logger, 'error'>, text: string) => void]>([
  ['errors', (log, text) => log.error(new Error(text))],
  ['lines without', (log, text) => log.error(text)],
])('what listeners log is not captured, whoever told of the error: %s', (_, write) => {
  const { log, lines } = pinoLogger();
  const { tracker } = watched({ loggers: { linesWithoutError: true } });
  tracker.listen({ appeared: ({ message }) => write(log, message), overridden: () => write(log, 'overridden') });
  const groupId = tracker.capture(new Error('sold out'))?.groupId ?? '';
  tracker.groups.setSeverity(groupId, 'low');
  expect(lines).toHaveLength(2);
  expect(tracker.groups.counts().errors).toBe(1);
  write(log, 'afterwards');
  expect(tracker.groups.counts().errors).toBe(2);
});

describe('ReportedErrors', () => {
  it('look for causes without running code, and five deep', () => {
    const problems = new ReportedErrors(() => undefined, new FakeHost());
    const problem = new Error('a problem');
    problems.report(problem);
    const chain = (depth: number): Error =>
      depth === 0 ? problem : new Error(`at ${depth}`, { cause: chain(depth - 1) });
    expect([0, 1, 5, 6].map((depth) => problems.has(chain(depth)))).toEqual([true, true, true, false]);
    const hostile = Object.defineProperty(new Error('a'), 'cause', { get: raise });
    const proxy = new Error('b', { cause: new Proxy(new Error('c'), { getOwnPropertyDescriptor: raise }) });
    const cycle = new Error('d');
    cycle.cause = cycle;
    expect([hostile, proxy, cycle].map((error) => problems.has(error))).toEqual([false, false, false]);
  });

  it('remember twenty messages, the ends of long ones, and none that says nothing', () => {
    const problems = new ReportedErrors(() => undefined, new FakeHost());
    for (let number = 100; number < 121; number += 1) problems.report(new Error(`problem ${number}`));
    const isKept = (text: string): boolean => (problems.isRepetition([text]), problems.isRepetition([text]));
    expect([100, 101, 120].map((number) => isKept(`problem ${number}`))).toEqual([false, true, true]);
    problems.report(new Error(''));
    problems.report(new Error('x'.repeat(1_000_000)));
    expect([isKept('another'), isKept('x'.repeat(1024)), isKept('x'.repeat(1023))]).toEqual([false, true, false]);
  });

  it('say that they report until whoever is told has been told', () => {
    const said: boolean[] = [];
    const problems: ReportedErrors = new ReportedErrors(({ message }) => {
      if (message === 'first') problems.report(new Error('second'));
      said.push(problems.isReporting);
      throw new Error('a handler that fails');
    }, new FakeHost());
    problems.report(new Error('first'));
    expect([...said, problems.isReporting]).toEqual([true, true, false]);
  });
});
