import { describe, expect, test } from 'vitest';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { RequestFailedError } from '../../../../../runtime/src/errors/requestFailedError.ts';
import { errorFacts, frame } from './support/errorFixture.ts';

function idOf(error: ErrorFacts, operation?: string): string {
  return new ErrorGrouper().fingerprintOf(error, undefined, operation).id;
}

function thrownIn(...frames: string[]): ErrorFacts {
  return errorFacts({ frames: frames.map(frame) });
}

type Pair = readonly [what: string, one: readonly string[], other: readonly string[]];

const APART: readonly Pair[] = [
  ['methods of two classes of a file', ['Order.validate src/a.ts:3:5'], ['Invoice.validate src/a.ts:9:5']],
  [
    'methods of two classes of a file that was compiled',
    ['Order.check dist/a.js:4:5'],
    ['Invoice.check dist/a.js:9:5'],
  ],
  ['functions with short names', ['up src/a.ts:9:5'], ['go src/a.ts:19:5']],
  ['functions with short names on the first lines', ['up migrations/1.ts:2:9'], ['up migrations/2.ts:2:9']],
  ['the same far to the right', ['up src/a.ts:2:90'], ['up src/b.ts:2:90']],
  ['the same of JavaScript', ['up migrations/users.js:2:9'], ['up migrations/orders.js:2:9']],
  ['names of one letter', ['t src/a.mts:9:5'], ['u src/a.mts:19:5']],
  ['functions with numbers', ['parseV1 src/a.ts:9:5'], ['parseV2 src/a.ts:19:5']],
  ['versions that were compiled', ['parseV1 dist/a.js:9:5'], ['parseV2 dist/a.js:19:5']],
  ['steps', ['step2 src/a.ts:9:5'], ['step3 src/a.ts:19:5']],
  [
    'functions without names that are called by two functions of their file',
    ['src/a.ts:9:5', 'total src/a.ts:12:5'],
    ['src/a.ts:19:5', 'tax src/a.ts:22:5'],
  ],
  ['a function without a name and the one around it', ['src/a.ts:9:5', 'total src/a.ts:12:5'], ['total src/a.ts:12:5']],
];

test.for(APART)('%s are apart', ([, one, other]) => {
  expect(idOf(thrownIn(...other))).not.toBe(idOf(thrownIn(...one)));
});

const TOGETHER: readonly Pair[] = [
  ['a function that Node’s timer calls', ['poll src/a.ts:9:5'], ['Timeout.poll src/a.ts:12:5']],
  ['listeners of two kinds of sockets', ['Socket.onError src/a.ts:9:5'], ['TLSSocket.onError src/a.ts:12:5']],
  ['a class that a bundler renames', ['Order.total dist/a.js:9:5'], ['_Order.total dist/a.js:12:5']],
  ['a class that esbuild numbers', ['Order.total dist/a.js:9:5'], ['Order2.total dist/a.js:12:5']],
  ['a function that Rollup numbers', ['total src/a.js:9:5'], ['total$1 src/a.js:12:5']],
  [
    'a function without a name, at once and through await',
    ['src/a.ts:9:5', 'Array.map native:1:1', 'total src/a.ts:12:5', 'pay src/pay.ts:3:1'],
    ['src/a.ts:11:5', 'async total src/a.ts:14:5', 'async refund src/refund.ts:9:1'],
  ],
];

test.for(TOGETHER)('%s: one group', ([, one, other]) => {
  const withoutNative = (frames: readonly string[]) =>
    errorFacts({
      frames: frames.map((text) => {
        const { file, ...rest } = frame(text);
        return file === 'native'
          ? { ...rest, isInApplication: false }
          : { ...rest, ...(file !== undefined && { file }) };
      }),
    });
  expect(idOf(withoutNative(other))).toBe(idOf(withoutNative(one)));
});

describe('a handler without a name', () => {
  const orders = thrownIn(
    'src/app.ts:9:60',
    'Layer.handle node_modules/router/lib/layer.js:95:5',
    'auth src/app.ts:3:5',
  );
  const carts = thrownIn(
    'src/app.ts:19:60',
    'Layer.handle node_modules/router/lib/layer.js:95:5',
    'auth src/app.ts:3:5',
  );

  test('is told from others of its file by the operation of the request', () => {
    expect(idOf(orders, 'GET /orders')).not.toBe(idOf(carts, 'GET /carts'));
    expect(idOf(orders, 'GET /orders')).toBe(idOf(carts, 'GET /orders'));
  });

  test('is known by its file alone where nothing was worked on', () => {
    expect(idOf(orders)).toBe(idOf(carts));
    expect(idOf(orders)).not.toBe(idOf(orders, 'GET /orders'));
  });

  test('is in the same group in the next release, and in two minified builds', () => {
    expect(idOf(thrownIn('src/app.ts:44:3'), 'GET /orders')).toBe(idOf(orders, 'GET /orders'));
    const minified = [thrownIn('dist/app.js:1:4711'), thrownIn('e dist/app.4f3a9c1b.js:1:982')] as const;
    expect(idOf(minified[0], 'GET /orders')).toBe(idOf(minified[1], 'GET /orders'));
    expect(idOf(minified[0], 'GET /orders')).not.toBe(idOf(minified[1], 'GET /carts'));
  });
});

test.for<[string, ErrorFacts]>([
  ['with a name', thrownIn('total src/orders.ts:12:5')],
  ['that is called by one with a name', thrownIn('src/orders.ts:9:5', 'total src/orders.ts:12:5')],
  ['of Node’s', thrownIn('TCPConnectWrap.afterConnect node:net:1555:16')],
  ['of a package', thrownIn('node_modules/pg/lib/client.js:9:5')],
  ['that nobody knows', errorFacts({ frames: [] })],
])('an error of a function %s is one group, whatever was worked on', ([, error]) => {
  expect(idOf(error, 'GET /orders')).toBe(idOf(error, 'GET /carts'));
});

describe('a request that failed without anything that was thrown', () => {
  const describer = new ErrorDescriber({ redactText: (text) => text, workingDirectory: '/srv/shop' });
  const failed = (operation: string, type: string) => idOf(describer.describe(new RequestFailedError(operation, type)));

  test('is in a group of its operation and status', () => {
    const groups = ['GET /orders/:id', 'GET /users', 'GET /', 'POST /orders/:id'].flatMap((operation) =>
      ['500', '503', 'timeout'].map((type) => failed(operation, type)),
    );
    expect(new Set(groups).size).toBe(12);
    expect(failed('GET /users', '500')).toBe(groups[3]);
  });

  test('is so, whatever else was worked on', () => {
    const facts = describer.describe(new RequestFailedError('GET /users', '500'));
    expect(idOf(facts, 'GET /orders')).toBe(idOf(facts));
  });
});

describe('names that a map does not know', () => {
  const grouped = (name: string, original: string): string =>
    new ErrorGrouper({ originalFrames: () => [frame(original)] }).fingerprintOf(
      thrownIn(`${name} dist/main.js:1:18231`),
    ).id;

  test('are the minifier’s, and do not count', () => {
    expect(grouped('r', 'r src/orders.ts:4:5')).toBe(grouped('q', 'q src/orders.ts:4:5'));
  });

  test('are not those that it does know, however short they are', () => {
    expect(grouped('r', 'up src/orders.ts:4:5')).toBe(idOf(thrownIn('up src/orders.ts:9:5')));
  });
});
