import { describe, expect, it } from 'vitest';
import { badInput } from '../../../../examples/checkout/src/failures/badInput.ts';
import { badToken } from '../../../../examples/checkout/src/failures/badToken.ts';
import { bug } from '../../../../examples/checkout/src/failures/bug.ts';
import { databaseDown } from '../../../../examples/checkout/src/failures/databaseDown.ts';
import { FAILURE_NAMES, type FailureName } from '../../../../examples/checkout/src/failures/failureName.ts';
import { FailureSwitches } from '../../../../examples/checkout/src/failures/failureSwitches.ts';
import { parseFailures } from '../../../../examples/checkout/src/failures/parseFailures.ts';
import { readFailures } from '../../../../examples/checkout/src/failures/readFailures.ts';
import { slowDependency } from '../../../../examples/checkout/src/failures/slowDependency.ts';
import type { OrderBook } from '../../../../examples/checkout/src/orders/orderStore.ts';

const wanted = { customer: 'ada', sku: 'TEA-1', quantity: 2 };
const order = { ...wanted, id: '7', totalCents: 900 };
const book: OrderBook = { add: () => Promise.resolve(order), find: () => Promise.resolve(order) };
const switched = (name: FailureName, ratio: number): FailureSwitches =>
  new FailureSwitches({ names: [name], ratios: new Map([[name, ratio]]) });

describe('a list of failures', () => {
  it('gives each its ratio, and one without a ratio strikes always', () => {
    expect([...parseFailures(' bug , timeout:0.25,bad-token:.5,bad-input:0,')]).toEqual([
      ['bug', 1],
      ['timeout', 0.25],
      ['bad-token', 0.5],
      ['bad-input', 0],
    ]);
    expect(parseFailures('').size).toBe(0);
  });

  it.each([
    [
      'flood',
      "there is no failure 'flood'; there are bad-input, bad-token, bug, database-down, html-answer, slow-dependency, timeout",
    ],
    [
      'Bug',
      "there is no failure 'Bug'; there are bad-input, bad-token, bug, database-down, html-answer, slow-dependency, timeout",
    ],
    ['bug,bug:0.5', 'bug is named twice'],
    ['bug:', "a ratio is a number from 0 to 1, not ''"],
    ['bug:2', 'a ratio is a number from 0 to 1, not 2'],
    ['bug:-1', "a ratio is a number from 0 to 1, not '-1'"],
    ['bug:1e-1', "a ratio is a number from 0 to 1, not '1e-1'"],
    ['bug:0.1:0.2', "a ratio is a number from 0 to 1, not '0.1:0.2'"],
    ['bug:half', "a ratio is a number from 0 to 1, not 'half'"],
  ])('cannot be %j', (text, message) => {
    expect(() => parseFailures(text)).toThrow(message);
  });

  it('is read from SHOP_FAILURES, of which each service takes what is its own', () => {
    const environment = { SHOP_FAILURES: 'bug:0.5,bad-token' };
    expect(readFailures(environment, ['bug', 'timeout']).ratios()).toEqual({ bug: 0.5, timeout: 0 });
    expect(readFailures({}, FAILURE_NAMES).names.map((name) => readFailures({}, [name]).strikes(name))).not.toContain(
      true,
    );
    expect(() => readFailures({ SHOP_FAILURES: 'flood' }, ['bug'])).toThrow(
      `SHOP_FAILURES is "flood"; it must be a list such as bug,timeout:0.2 of ${FAILURE_NAMES.join(', ')}: there is no failure 'flood'`,
    );
  });
});

describe('a failure that is switched', () => {
  it('strikes in its share of requests', () => {
    const numbers = [0, 0.19, 0.2, 0.99];
    const switches = new FailureSwitches({ names: ['bug'], random: () => numbers.shift() ?? 1 });
    expect(switches.strikes('bug')).toBe(false);
    switches.set('bug', 0.2);
    expect([1, 2, 3, 4].map(() => switches.strikes('bug'))).toEqual([true, true, false, false]);
  });

  it('strikes always at 1 and never at 0, whatever the random number', () => {
    const last = new FailureSwitches({ names: ['bug'], random: () => 1 - Number.EPSILON });
    const first = new FailureSwitches({ names: ['bug'], random: () => 0 });
    last.set('bug', 1);
    first.set('bug', 0);
    expect([last.strikes('bug'), first.strikes('bug')]).toEqual([true, false]);
  });
});

describe('the kinds of failures', () => {
  it('bug is a TypeError of the line that has it, and a rejection', async () => {
    const error: unknown = await bug(book, switched('bug', 1))
      .add(wanted)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "Cannot read properties of undefined (reading 'street')" });
    await expect(bug(book, switched('bug', 0)).add(wanted)).resolves.toEqual(order);
  });

  it('database-down asks where no database is', async () => {
    const refused = {
      add: () => Promise.reject(new Error('refused')),
      find: () => Promise.reject(new Error('refused')),
    };
    const down = databaseDown(book, refused, switched('database-down', 1));
    await expect(down.add(wanted)).rejects.toThrow('refused');
    await expect(down.find('7')).rejects.toThrow('refused');
    await expect(databaseDown(book, refused, switched('database-down', 0)).find('7')).resolves.toEqual(order);
  });

  it('slow-dependency lets the database sleep before it is asked', async () => {
    const asked: unknown[] = [];
    const pool = { query: (...given: unknown[]) => Promise.resolve(asked.push(given)) };
    const slow = slowDependency(book, pool as never, switched('slow-dependency', 1));
    await expect(slow.add(wanted)).resolves.toEqual(order);
    await expect(slow.find('7')).resolves.toEqual(order);
    expect(asked).toEqual([
      ['SELECT pg_sleep($1)', [0.75]],
      ['SELECT pg_sleep($1)', [0.75]],
    ]);
  });

  it('bad-input changes orders alone, and not the one that it is given', () => {
    const switches = switched('bad-input', 1);
    expect(badInput(wanted, switches)).toEqual({ ...wanted, quantity: 'a few' });
    expect(wanted.quantity).toBe(2);
    expect([null, 'text', 7].map((body) => badInput(body, switches))).toEqual([null, 'text', 7]);
  });

  it('bad-token takes its tokens from elsewhere', () => {
    const [good, forged] = ['good', 'forged'].map((token) => ({ create: () => token })) as [
      { create: () => string },
      { create: () => string },
    ];
    expect(badToken(good, forged, switched('bad-token', 1)).create('storefront')).toBe('forged');
    expect(badToken(good, forged, switched('bad-token', 0)).create('storefront')).toBe('good');
  });
});
