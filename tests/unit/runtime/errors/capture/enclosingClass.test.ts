import { expect, test } from 'vitest';
import { enclosingClass } from '../../../../../runtime/src/errors/capture/enclosingClass.ts';

const SOURCE = `import { x } from 'x';

export class Shop {
  total(): number {
    if (x) {

      return 1;
    }
  }
}

function alone() {
  return 2;
}

export const Stock = class extends Shop {
  count() {
    return items.map((item) => ({
      item,
    }));
  }
};

const make = () => {
  return class {
    run() {
      throw new Error();
    }
  };
};

class Order { check() { throw new Error(); } }
`;

/** The number of the line that says this, from 1. */
function lineOf(text: string): number {
  return SOURCE.split('\n').findIndex((line) => line.includes(text)) + 1;
}

test.for([
  ['return 1', 'Shop'],
  ['total()', 'Shop'],
  ['return 2', undefined],
  ['item,', 'Stock'],
  ['throw new Error();', undefined],
  ['class Order', 'Order'],
  ['import', undefined],
] as const)('the class around %j is %j', ([text, name]) => {
  expect(enclosingClass(SOURCE, lineOf(text))).toBe(name);
});

test.for([0, -1, 10_000, Number.NaN])('around line %d, which there is not, is none that is worth a failure', (line) => {
  expect(() => enclosingClass(SOURCE, line)).not.toThrow();
  expect(enclosingClass('', line)).toBeUndefined();
});

test('of a class with a single long line only its beginning is read, and of a long one 5000 lines', () => {
  const start = performance.now();
  expect(enclosingClass(`class A { ${'x'.repeat(4_000_000)}`, 1)).toBe('A');
  expect(enclosingClass(`class A {\n${'  x;\n'.repeat(4999)}`, 5000)).toBe('A');
  expect(enclosingClass(`class A {\n${'  x;\n'.repeat(5000)}`, 5001)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(500);
});
