import { expect, test } from 'vitest';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { errorFacts, frame, ORDER_FRAMES } from './support/errorFixture.ts';

function idOf(error: ErrorFacts, custom?: readonly string[]): string {
  return new ErrorGrouper().fingerprintOf(error, custom).id;
}

function thrownIn(...frames: string[]): ErrorFacts {
  return errorFacts({ frames: frames.map(frame) });
}

const REFUSED = errorFacts({
  type: 'Error',
  classes: ['Error'],
  message: 'connect ECONNREFUSED 127.0.0.1:5432',
  code: 'ECONNREFUSED',
  frames: [frame('TCPConnectWrap.afterConnect node:net:1555:16')],
});

test('a fingerprint is the same in every process and release', () => {
  expect(new ErrorGrouper().fingerprintOf(errorFacts())).toEqual({
    id: 'b53cdf30550b01c1',
    culprit: 'src/orders.ts:12 total',
  });
});

const LIKE: readonly (readonly [string, ErrorFacts, ErrorFacts])[] = [
  ['another order', errorFacts(), errorFacts({ message: 'order 4711 has no items' })],
  ['other lines', thrownIn('total src/orders.ts:12:5'), thrownIn('total src/orders.ts:80:9')],
  ['other properties', errorFacts(), errorFacts({ properties: { orderId: 17 } })],
  ['compiled', thrownIn('total src/orders.ts:12:5'), thrownIn('total dist/orders.js:9:5')],
  ['hashes of builds', thrownIn('total dist/main.4f3a9c1b.js:90:5'), thrownIn('total dist/main.b07d12aa.js:95:5')],
  ['chunks', thrownIn('total dist/chunk-VUHZDOGM.js:90:5'), thrownIn('total dist/chunk-3QX2LKPA.js:95:5')],
  [
    'released',
    thrownIn('total /srv/releases/20261127/shop/src/orders.ts:9:5'),
    thrownIn('total /srv/releases/20261128/shop/src/orders.ts:9:5'),
  ],
  ['renamed by a bundler', thrownIn('total dist/main.js:90:5'), thrownIn('total2 dist/main.js:95:5')],
  ['an async function', thrownIn('total src/orders.ts:12:5'), thrownIn('async total src/orders.ts:12:5')],
  ['a method of an object', thrownIn('total src/orders.ts:12:5'), thrownIn('Object.total src/orders.ts:12:5')],
  ['a constructor', thrownIn('Order src/orders.ts:12:5'), thrownIn('new Order src/orders.ts:12:5')],
  [
    'callbacks and await',
    thrownIn('parse src/feed.ts:3:5', 'async load src/feed.ts:9:5', 'async handle src/server.ts:7:3'),
    thrownIn(
      'parse src/feed.ts:3:5',
      'src/feed.ts:9:5',
      'FSReqCallback.readFileAfterClose node:internal/fs/read/context:68:3',
    ),
  ],
  [
    'a deeper recursion',
    thrownIn('walk src/tree.ts:3:5', 'walk src/tree.ts:4:5', 'start src/tree.ts:9:5'),
    thrownIn('walk src/tree.ts:3:5', 'walk src/tree.ts:4:5', 'walk src/tree.ts:4:5', 'walk src/tree.ts:4:5'),
  ],
  [
    'another version of a package',
    thrownIn('Client.query node_modules/pg/lib/client.js:9:5', 'save src/users.ts:3:5'),
    thrownIn(
      'run node_modules/pg/lib/query.js:4:5',
      'Client.query node_modules/pg/lib/client.js:9:5',
      'save src/users.ts:3:5',
    ),
  ],
  [
    'two minified builds',
    thrownIn('a dist/main.4f3a.js:1:18231', 'b dist/main.4f3a.js:1:911'),
    thrownIn('xe dist/app.min.js:1:20177'),
  ],
  ['two builds with long lines', thrownIn('a dist/main.js:40:1822'), thrownIn('b dist/worker.js:41:2100')],
  ['two small minified builds', thrownIn('a dist/main.js:1:82'), thrownIn('b dist/worker.js:2:41')],
  ['functions without names in two minified builds', thrownIn('dist/main.js:2:182'), thrownIn('dist/worker.js:1:410')],
  [
    'a file that another frame tells to be minified',
    thrownIn('dist/main.js:9:1', 'a dist/main.js:1:90'),
    thrownIn('dist/worker.js:7:1', 'b dist/worker.js:1:70'),
  ],
  [
    'a package’s, with and without Node’s frames before',
    thrownIn('node_modules/pg/a.js:1:1'),
    thrownIn('node:net:1:1', 'node_modules/pg/b.js:1:1'),
  ],
  [
    'a class that a bundler has renamed',
    errorFacts(),
    errorFacts({ type: 'OrderError$1', classes: ['OrderError$1', 'Error'] }),
  ],
  [
    'a method in two minified builds',
    thrownIn('a.applyDiscount dist/main.js:1:18231'),
    thrownIn('t.applyDiscount dist/main.js:2:21002'),
  ],
  [
    'a class whose name a minifier has shortened',
    errorFacts({ type: 'a', classes: ['a', 'Error'], frames: [] }),
    errorFacts({ type: 'Qe', classes: ['Qe', 'Error'], frames: [] }),
  ],
  [
    'wrapped twice',
    errorFacts(),
    errorFacts({
      frames: [],
      causes: [errorFacts({ message: 'x', frames: [frame('pay src/pay.ts:1:1')] }), errorFacts()],
    }),
  ],
  [
    'wrapped',
    errorFacts(),
    errorFacts({ message: 'no checkout', frames: [frame('pay src/pay.ts:1:1')], causes: [errorFacts()] }),
  ],
  ['another address', REFUSED, errorFacts({ ...REFUSED, message: 'connect ECONNREFUSED ::1:5432' })],
  [
    'a host with two addresses',
    REFUSED,
    errorFacts({
      type: 'AggregateError',
      classes: ['AggregateError', 'Error'],
      message: '',
      code: 'ECONNREFUSED',
      frames: [frame('internalConnectMultiple node:net:1134:18')],
      errors: [REFUSED, REFUSED],
    }),
  ],
];

test.for(LIKE)('%s: one group', ([, one, other]) => {
  expect(idOf(other)).toBe(idOf(one));
});

const UNLIKE: readonly (readonly [string, ErrorFacts, ErrorFacts])[] = [
  ['another class', errorFacts(), errorFacts({ type: 'StockError', classes: ['StockError', 'Error'] })],
  ['another message', errorFacts(), errorFacts({ message: 'order 17 has no owner' })],
  ['another code', errorFacts({ code: '23505' }), errorFacts({ code: '23503' })],
  ['another status', errorFacts({ status: 404 }), errorFacts({ status: 503 })],
  ['another function', thrownIn('total src/orders.ts:12:5'), thrownIn('tax src/orders.ts:30:5')],
  ['another module', thrownIn('total src/orders.ts:12:5'), thrownIn('total src/refunds.ts:12:5')],
  ['the same name in another folder', thrownIn('list src/a/index.ts:3:5'), thrownIn('list src/b/index.ts:3:5')],
  ['another package', thrownIn('node_modules/pg/a.js:1:1'), thrownIn('node_modules/ioredis/a.js:1:1')],
  [
    'a check that two use',
    thrownIn('assertPositive src/assert.ts:3:5', 'pay src/pay.ts:9:5'),
    thrownIn('assertPositive src/assert.ts:3:5', 'refund src/refund.ts:9:5'),
  ],
  [
    'another method in a minified build',
    thrownIn('a.applyDiscount dist/main.js:1:18231'),
    thrownIn('a.applyCredit dist/main.js:1:18302'),
  ],
  [
    'wrapped alike, with causes that are none of the application',
    errorFacts({ message: 'cannot load', causes: [REFUSED] }),
    errorFacts({
      message: 'cannot load',
      causes: [errorFacts({ ...REFUSED, code: 'ETIMEDOUT', message: 'connect ETIMEDOUT 127.0.0.1:5432' })],
    }),
  ],
  ['the cause alone and what the application makes of it', REFUSED, errorFacts({ causes: [REFUSED] })],
  [
    'without frames, and caused by another package',
    errorFacts({ frames: [], causes: [thrownIn('node_modules/pg/a.js:1:1')] }),
    errorFacts({ frames: [], causes: [thrownIn('node_modules/ioredis/a.js:1:1')] }),
  ],
];

test.for(UNLIKE)('%s: another group', ([, one, other]) => {
  expect(idOf(other)).not.toBe(idOf(one));
});

test('the culprit is the innermost call of the innermost cause that is the application’s', () => {
  const inner = thrownIn('node_modules/pg/a.js:1:1', 'Object.save src/users.ts:33:5', 'handle src/server.ts:7:3');

  expect(new ErrorGrouper().fingerprintOf(errorFacts({ causes: [inner, REFUSED] })).culprit).toBe(
    'src/users.ts:33 save',
  );
});

test.for([
  [['src/main.ts:3:5'], 'src/main.ts:3'],
  [['new Order src/orders.ts:3:5'], 'src/orders.ts:3 Order'],
  [['Order.total src/orders.ts:3:5'], 'src/orders.ts:3 Order.total'],
  [['node:net:1555:16'], undefined],
  [[], undefined],
] as const)('the culprit of %j is %j', ([frames, culprit]) => {
  expect(new ErrorGrouper().fingerprintOf(thrownIn(...frames)).culprit).toBe(culprit);
});

test('an application groups by what it likes', () => {
  const other = errorFacts({ message: 'something else' });

  expect(idOf(errorFacts(), ['payments'])).toBe(idOf(other, ['payments']));
  expect(idOf(errorFacts(), ['payments'])).not.toBe(idOf(errorFacts(), ['refunds']));
  expect(idOf(errorFacts(), ['payments'])).toMatch(/^[0-9a-f]{16}$/);
  expect(idOf(errorFacts(), ['a', 'b'])).not.toBe(idOf(errorFacts(), ['ab']));
});

test('a group of its own can be split', () => {
  const split = ['{{default}}', 'tenant-1'];

  expect(idOf(errorFacts(), split)).toBe(idOf(errorFacts({ message: 'order 4711 has no items' }), split));
  expect(idOf(errorFacts(), split)).not.toBe(idOf(errorFacts(), ['{{default}}', 'tenant-2']));
  expect(idOf(errorFacts(), split)).not.toBe(idOf(errorFacts({ message: 'other' }), split));
});

test.for([{ custom: undefined }, { custom: [] }, { custom: ['{{default}}'] }, { custom: ['{{ default }}'] }])(
  '%j changes nothing',
  ({ custom }) => {
    expect(idOf(errorFacts(), custom)).toBe(idOf(errorFacts()));
  },
);

test('a fingerprint that cannot be read changes nothing', () => {
  const hostile = new Proxy<string[]>(['a'], {
    get: () => {
      throw new Error('no');
    },
  });

  expect(idOf(errorFacts(), hostile)).toBe(idOf(errorFacts()));
});

test('of a fingerprint 16 texts of 256 characters count', () => {
  const long = 'x'.repeat(256);
  const many = Array.from({ length: 16 }, (_, index) => `part ${index}`);

  expect(idOf(errorFacts(), [`${long}a`])).toBe(idOf(errorFacts(), [`${long}b`]));
  expect(idOf(errorFacts(), [...many, 'a'])).toBe(idOf(errorFacts(), [...many, 'b']));
  expect(idOf(errorFacts(), [...many.slice(1), 'a'])).not.toBe(idOf(errorFacts(), [...many.slice(1), 'b']));
});

test('what was seen since changes nothing, however much it was', () => {
  const grouper = new ErrorGrouper();
  grouper.fingerprintOf(errorFacts());
  for (let index = 0; index < 5000; index += 1) {
    grouper.fingerprintOf(
      errorFacts({ message: `${'x'.repeat(index % 60)} ${String.fromCharCode(97 + (index % 26))}` }),
    );
  }

  expect(grouper.fingerprintOf(errorFacts()).id).toBe(idOf(errorFacts()));
  expect(grouper.fingerprintOf(errorFacts({ frames: [...ORDER_FRAMES] })).id).toBe(idOf(errorFacts()));
});
