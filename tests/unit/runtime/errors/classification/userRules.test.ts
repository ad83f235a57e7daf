// @spec S5.1
import { describe, expect, test } from 'vitest';
import { ErrorClassifier } from '../../../../../runtime/src/errors/classification/errorClassifier.ts';
import type { ErrorRule } from '../../../../../runtime/src/errors/classification/errorRule.ts';
import { capturedOf, errorFacts } from './captured.ts';

const error = { type: 'StockError', code: '23505', status: 409, message: 'SKU-1 is out' };
const captured = capturedOf(error, { source: 'request', request: { operation: 'POST /orders' } });
const rule: ErrorRule = { name: 'stock', category: 'external_service', type: 'StockError' };
const stock = { category: 'external_service', rule: 'stock' };

function answer(rules: readonly ErrorRule[]): unknown {
  return new ErrorClassifier({ rules }).classify(captured);
}

describe('a rule of the application', () => {
  const fitting: readonly Partial<ErrorRule>[] = [
    { type: 'StockError' },
    { type: 'Error' },
    { code: '23505' },
    { status: 409 },
    { message: 'is out' },
    { message: /^sku-\d/i },
    { source: 'request' },
    { operation: 'POST /orders' },
    { matches: () => true },
    { matches: (facts, { request }) => facts.code === '23505' && request.operation === 'POST /orders' },
  ];

  test.each(fitting)('comes before those that are built in: %o', (condition) => {
    expect(answer([{ name: 'stock', category: 'external_service', ...condition }])).toEqual(stock);
  });

  test.each<Partial<ErrorRule>>([
    { type: 'Stock' },
    { code: '23506' },
    { status: 410 },
    { message: 'Is out' },
    { message: /^out/ },
    { source: 'call' },
    { operation: 'GET /orders' },
    { matches: () => false },
  ])('has to fit in everything that it says: %o', (condition) => {
    expect(answer([{ ...rule, ...condition }])).toEqual({ category: 'database', rule: 'database.bareSqlState' });
  });

  test('comes before the next one', () => {
    expect(answer([rule, { ...rule, name: 'second', category: 'system' }])).toEqual(stock);
  });

  test('is asked of causes and aggregated errors, too, after the error itself', () => {
    const seen: string[] = [];
    const matches = ({ type }: { readonly type: string }): boolean => seen.push(type) > 3;
    const within = { causes: [errorFacts({ type: 'Cause' })], errors: [errorFacts({ type: 'Member' })] };
    const classifier = new ErrorClassifier({ rules: [{ name: 'seen', category: 'system', matches }] });
    expect(classifier.classify(capturedOf({ type: 'Outer', ...within })).rule).not.toBe('seen');
    expect(seen).toEqual(['Outer', 'Member', 'Cause']);
  });

  test('does not change when what was given does, and its expression keeps no place', () => {
    const given = { name: 'stock', category: 'external_service' as const, message: /SKU/g };
    const rules = [given];
    const classifier = new ErrorClassifier({ rules });
    Object.assign(given, { name: 'other', message: 'never' });
    rules.pop();
    expect([1, 2, 3].map(() => classifier.classify(captured).rule)).toEqual(['stock', 'stock', 'stock']);
  });
});

describe('a rule that fails', () => {
  function failing(matches: () => unknown, onError?: (told: Error) => void): ErrorClassifier {
    const rules = [Object.assign({ ...rule, name: 'bad\n' }, { matches }) as ErrorRule, rule];
    return new ErrorClassifier({ rules, ...(onError === undefined ? {} : { onError }) });
  }

  test('is skipped, and told once', () => {
    const told: Error[] = [];
    const thrown = new Error('no stock');
    const classifier = failing(
      () => {
        throw thrown;
      },
      (each) => told.push(each),
    );
    expect(classifier.classify(captured)).toEqual(stock);
    expect(classifier.classify(captured)).toEqual(stock);
    expect(told.map(({ message, cause }) => ({ message, cause }))).toEqual([
      { message: 'The error rule "bad\\n" failed: no stock', cause: thrown },
    ]);
  });

  test('by a promise is skipped, and does not leave it to reject', async () => {
    const told: string[] = [];
    const matches = async (): Promise<never> => Promise.reject(new Error('late'));
    const classifier = failing(matches, ({ message }) => told.push(message));
    expect(classifier.classify(captured)).toEqual(stock);
    await new Promise(setImmediate);
    expect(told).toEqual(['The error rule "bad\\n" failed: it returns a promise; it has to answer at once']);
  });

  test('is skipped where nobody is told, or who is told throws', () => {
    const thrower = (): never => {
      throw new Error('again');
    };
    expect(failing(thrower).classify(captured)).toEqual(stock);
    expect(failing(thrower, thrower).classify(captured)).toEqual(stock);
  });

  test('does not fit with what is only like true', () => {
    const like = Object.assign({ ...rule }, { matches: () => 1 }) as ErrorRule;
    expect(answer([like])).toEqual({ category: 'database', rule: 'database.bareSqlState' });
  });
});

describe('rules that cannot be', () => {
  test.each([
    [{ name: 'x', category: 'sytem', type: 'A' }, 'rules.0.category'],
    [{ name: '', category: 'system', type: 'A' }, 'rules.0.name'],
    [{ name: 'x', category: 'system', status: 99 }, 'rules.0.status'],
    [{ name: 'x', category: 'system', matches: 'yes' }, 'rules.0.matches'],
    [{ name: 'x', category: 'system', message: 5 }, 'rules.0.message'],
    [{ name: 'x', category: 'system', type: 'A', kode: 'B' }, 'rules.0.kode'],
    [{ name: 'x', category: 'system' }, 'rules:'],
    [{ category: 'system', type: 'A' }, 'rules:'],
    [null, 'rules:'],
  ])('%o are refused by name', (given, told) => {
    expect(() => Reflect.construct(ErrorClassifier, [{ rules: [given] }]) as unknown).toThrow(told);
  });
});
