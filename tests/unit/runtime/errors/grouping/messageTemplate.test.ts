import { expect, test } from 'vitest';
import { messageTemplate } from '../../../../../runtime/src/errors/grouping/messageTemplate.ts';

const TEMPLATES: readonly (readonly [message: string, template: string])[] = [
  ['order 17 has no items', 'order * has no items'],
  ['order 3f2504e0-4f89-11d3-9a0c-0305e82c3301 has no items', 'order * has no items'],
  ['order-17 of user_42 is gone', 'order-* of user_* is gone'],
  ['commit abcdef0123456789abcdef0123456789abcdef01 is unknown', 'commit * is unknown'],
  ['key z1x2y3 is gone', 'key * is gone'],
  ['value 0xdeadbeef at #12', 'value * at *'],
  ['charge ch_3MmlLrLkdIwHu7ix0snN0B15 failed', 'charge * failed'],
  ['timed out after 30000ms', 'timed out after *'],
  ['timed out after 1.5 seconds', 'timed out after *'],
  ['body of 1,204,511 bytes is over 1 MB', 'body of * is over *'],
  ['1 item is missing', '* item is missing'],
  ['12 items is missing', '* item is missing'],
  ['2 retries are left', '* retry are left'],
  ['bad rows: 1, 2, 3', 'bad rows: *'],
  ['expired at 2026-11-27T08:00:00.000Z', 'expired at *'],
  ['expired on Fri Nov 27 2026 12:00:00 GMT+0000', 'expired on * GMT+*'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED *:5432'],
  ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED *:5432'],
  ['reset by 10.0.0.7:52114', 'reset by *'],
  ['::1 and 10.0.0.7 are unknown', '* and * are unknown'],
  ['connect ETIMEDOUT [2001:db8::1]:443', 'connect ETIMEDOUT *'],
  ['getaddrinfo ENOTFOUND db.internal', 'getaddrinfo ENOTFOUND db.internal'],
  ['user alice@example.com is locked', 'user * is locked'],
  ['user "alice" is locked', 'user * is locked'],
  ['[redacted] is no number', '* is no number'],
  ["open '/tmp/upload-8f3a/x.json' failed", 'open * failed'],
  ['cannot read /var/lib/shop/orders.db', 'cannot read *'],
  ['GET https://api.example/v1/orders/17?full=1 failed', 'GET https://api.example/*/orders/* failed'],
  ['redis://user:pw@cache.example:6379/0 is down', 'redis://cache.example:6379/* is down'],
  ['Route GET:/wp-admin.php not found', 'Route GET:* not found'],
  ['bad body {"id": 17, "items": []} given', 'bad body * given'],
  ['[\n  { "code": "invalid_type" }\n]', '*'],
  ['{ id: 1, name: "x"', '*'],
  ['id=17 name=bob state=(a, b)', 'id=* name=* state=*'],
  ['a == b', 'a == b'],
  ['a==b, a>=b, a=>b', 'a==b, a>=b, a=>b'],
  ['customer cus_NffrFeUfNV2Hib9 is gone', 'customer * is gone'],
  [String.raw`bad {"name": "a\"}, b"} given`, 'bad * given'],
];

test.for(TEMPLATES)('%j is the template %j', ([message, template]) => {
  expect(messageTemplate(message)).toBe(template);
});

const KEPT: readonly string[] = [
  'ERR_HTTP2_STREAM_ERROR happened',
  'E11000 duplicate key',
  'Request failed with status code 404',
  'upstream responded with 503',
  'exited with code 137',
  'WRONGTYPE Operation against a key holding the wrong kind of value',
  "Cannot read properties of undefined (reading 'name')".replaceAll("'", '"'),
  'column "emial" does not exist',
  'duplicate key value violates unique constraint "users_email_key"',
  "can't open the users' file",
  'größer als erlaubt',
];

test.for(KEPT)('%j says nothing of one event alone and stays', (message) => {
  expect(messageTemplate(message)).toBe(message);
});

test.for([
  ['e.items.map is not a function', '*.map is not a function'],
  ['order.items.map is not a function', '*.map is not a function'],
  ['t is not a constructor', '* is not a constructor'],
  ['(intermediate value).total is not a function', '*.total is not a function'],
  ['total is not defined', 'total is not defined'],
  ['the order is not iterable', 'the order is not iterable'],
] as const)('names that minifiers change do not count: %j', ([message, template]) => {
  expect(messageTemplate(message)).toBe(template);
});

test.for([
  [
    'The "path" argument must be of type string. Received undefined',
    'The "path" argument must be of type string. Received',
  ],
  ["Cannot find module 'lodash'\nRequire stack:\n- /app/main.js", 'Cannot find module "lodash"'],
  ['Invalid `prisma.user.create()` invocation:\n\n\nTimed out', 'Invalid "prisma.user.create()" invocation: Timed out'],
  ['bad indentation (3:5)\n\n 2 | a: b\n 3 | c', 'bad indentation (*)'],
] as const)('of %j counts what is the same each time', ([message, template]) => {
  expect(messageTemplate(message)).toBe(template);
});

test.for([
  ['column "email" does not exist', 'column "name" does not exist'],
  ['Request failed with status code 404', 'Request failed with status code 500'],
  ["Cannot read properties of undefined (reading 'id')", "Cannot read properties of undefined (reading 'name')"],
  ['GET https://api.example/orders failed', 'GET https://billing.example/orders failed'],
  ['connect ECONNREFUSED 127.0.0.1:80', 'connect ECONNRESET 127.0.0.1:80'],
  ['order 17 has no items', 'order 17 has no owner'],
] as const)('%j and %j are unlike', ([one, other]) => {
  expect(messageTemplate(one)).not.toBe(messageTemplate(other));
});

test('a template has 256 characters at most and no half of a character', () => {
  const template = messageTemplate(`${'a'.repeat(255)}😀 b`);

  expect(template).toHaveLength(256);
  expect(template.isWellFormed()).toBe(true);
});

test('a long value does not move the end of what is read', () => {
  const end = ' and nothing else';

  expect(messageTemplate(`row ${'1'.repeat(10)}${end}`)).toBe(messageTemplate(`row ${'1'.repeat(2000)}${end}`));
});

test.for(['', ' ', '\n\n', '"', "''", '{', '[', '=', '://', '@', '*', '__proto__', '\ud800', '\u0000'])(
  '%j is a message as well',
  (message) => {
    expect(messageTemplate(message).isWellFormed()).toBe(true);
  },
);
