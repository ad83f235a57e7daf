import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { errorAt, factsOf } from './describerFixture.ts';

class OutOfStock extends Error {}
class Declared extends TypeError {}
class Named extends Error {
  override readonly name = 'NamedError';
}
class Point {
  readonly x = 1;
}
class NotFound extends Error {
  declare readonly code: string;
  declare readonly status: number;
}
Object.assign(NotFound.prototype, { code: 'NOT_FOUND', status: 404, message: 'not found' });

const NOTHING = { classes: [], properties: {}, frames: [], causes: [], errors: [], leftOut: 0 };

describe('what was thrown and is no object', () => {
  it.each<[string, unknown, string, string]>([
    ['undefined', undefined, 'undefined', 'undefined'],
    ['null', null, 'null', 'null'],
    ['a text', 'out of stock', 'string', 'out of stock'],
    ['the empty text', '', 'string', ''],
    ['a number', 404, 'number', '404'],
    ['NaN', Number.NaN, 'number', 'NaN'],
    ['a switch', false, 'boolean', 'false'],
    ['a BigInt', 7n, 'bigint', '7n'],
    ['a BigInt of a million bits', 1n << 1_000_000n, 'bigint', '[bigint]'],
    ['a symbol', Symbol('out of stock'), 'symbol', 'Symbol(out of stock)'],
    ['a function', () => 'secret', 'function', 'function'],
    ['a Proxy', new Proxy(new TypeError('secret'), {}), 'object', 'proxy'],
    ['a Proxy of a function', new Proxy(() => 1, {}), 'function', 'function'],
  ])('%s', (_, thrown, type, message) => {
    expect(factsOf(thrown)).toEqual({ type, message, ...NOTHING });
  });
});

describe('what was thrown and is no error', () => {
  it.each<[string, object, object]>([
    ['an object', { id: 7 }, { type: 'object', classes: [], message: 'object{id}', properties: { id: 7 } }],
    ['an object of a class', new Point(), { type: 'Point', classes: ['Point'], message: 'Point{x}' }],
    ['an object without a prototype', Object.create(null) as object, { type: 'object', message: 'object{}' }],
    ['an object with a message', { message: 'no stock' }, { type: 'object', message: 'no stock', properties: {} }],
    ['what was an error once', { name: 'E', message: 'm' }, { type: 'E', message: 'm', properties: {} }],
    ['somebody with a name', { name: 'Ada' }, { type: 'object', message: 'object{name}', properties: {} }],
    ['a list', ['a', 'b'], { type: 'Array', message: 'array(2)', properties: {} }],
    ['a map', new Map([['a', 1]]), { type: 'Map', message: 'map(1)', properties: {} }],
    ['bytes', new Uint8Array(3), { type: 'Uint8Array', message: 'bytes(3)', properties: {} }],
    ['a promise', Promise.resolve(1), { type: 'Promise', message: 'promise', properties: {} }],
  ])('%s', (_, thrown, expected) => {
    expect(factsOf(thrown)).toMatchObject({ ...expected, frames: [] });
  });
});

describe('the type of an error', () => {
  it.each<[string, object, string, string[]]>([
    ["is one of JavaScript's", new TypeError(), 'TypeError', ['TypeError', 'Error']],
    ['is the class that says no name', new OutOfStock(), 'OutOfStock', ['OutOfStock', 'Error']],
    ['is the class, and not the name it inherits', new Declared(), 'Declared', ['Declared', 'TypeError', 'Error']],
    ['is the name that it says', new Named(), 'NamedError', ['Named', 'Error']],
    ['is the name that it was given', Object.assign(new Error(), { name: 'Custom' }), 'Custom', ['Error']],
    [
      'is its class, when its name is no text',
      Object.assign(new OutOfStock(), { name: 7 }),
      'OutOfStock',
      ['OutOfStock', 'Error'],
    ],
    [
      'is its class, when its name is empty',
      Object.assign(new RangeError(), { name: '' }),
      'RangeError',
      ['RangeError', 'Error'],
    ],
    ["is that of an AbortSignal's", new DOMException('', 'AbortError'), 'AbortError', ['DOMException', 'Error']],
    [
      'is the class of a pretender',
      Object.create(DOMException.prototype) as object,
      'DOMException',
      ['DOMException', 'Error'],
    ],
    ['is known without a prototype', Object.setPrototypeOf(new TypeError(), null) as object, 'Error', []],
    [
      'is known from another realm',
      runInNewContext('new TypeError("m")') as object,
      'TypeError',
      ['TypeError', 'Error'],
    ],
    ['is __proto__', Object.assign(new Error(), { name: '__proto__' }), '__proto__', ['Error']],
  ])('%s', (_, thrown, type, classes) => {
    expect(factsOf(thrown)).toMatchObject({ type, classes });
  });

  it('is cut to 100 characters, redacted and well-formed', () => {
    const { type } = factsOf(Object.assign(new Error(), { name: `secret \ud800 ${'x '.repeat(200)}` }));
    expect(type).toBe(`[redacted] \ufffd ${'x '.repeat(43)}…`);
  });

  it('has ten classes at most', () => {
    let Deep: new () => object = Error;
    for (let depth = 0; depth < 30; depth += 1) Deep = class Deeper extends Deep {};
    expect(factsOf(new Deep()).classes).toEqual(Array.from({ length: 10 }, () => 'Deeper'));
  });
});

describe('the message of an error', () => {
  it.each<[string, object, string]>([
    ['is what it was made with', new Error('out of stock'), 'out of stock'],
    ['is what it was changed to', Object.assign(new Error('a'), { message: 'b' }), 'b'],
    ['may be empty', new Error(), ''],
    ["is its class's", new NotFound(), 'not found'],
    ["is that of an AbortSignal's", new DOMException('gone', 'AbortError'), 'gone'],
    ['is nothing with a pretender', Object.create(DOMException.prototype) as object, ''],
    ['is the shape of an object', Object.assign(new Error(), { message: { a: 1 } }), 'object{a}'],
    ['is the kind of a number', Object.assign(new Error(), { message: 7 }), 'number'],
    ['is redacted', new Error('a secret is told'), 'a [redacted] is told'],
    ['is well-formed', new Error('half \udc00 a pair'), 'half \ufffd a pair'],
    ['is cut to 4096 characters', new Error('x'.repeat(4097)), `${'x'.repeat(4095)}…`],
    ['has 4096 characters', new Error('x'.repeat(4096)), 'x'.repeat(4096)],
  ])('%s', (_, thrown, message) => {
    expect(factsOf(thrown).message).toBe(message);
  });
});

describe('code and status of an error', () => {
  it.each<[string, object, object]>([
    ['are its own', { code: 'ECONNREFUSED', status: 503 }, { code: 'ECONNREFUSED', status: 503 }],
    ['are a number and a statusCode', { code: 42, statusCode: 404 }, { code: '42', status: 404 }],
    ['are of its response', { response: { status: 502 } }, { status: 502 }],
    ["are of Node's response", { response: { statusCode: 429 } }, { status: 429 }],
    ["are of the platform's response", { response: new Response('', { status: 418 }) }, { status: 418 }],
    ['are not of a pretender', { response: Object.create(Response.prototype) as unknown }, {}],
    ['are not of a Proxy', { response: new Proxy({ status: 500 }, {}) }, {}],
    ['are of the metadata of AWS', { $metadata: { httpStatusCode: 404, requestId: 'x' } }, { status: 404 }],
    ['are not of metadata that are a Proxy', { $metadata: new Proxy({ httpStatusCode: 404 }, {}) }, {}],
    ['are not of metadata without one', { $metadata: { httpStatusCode: '404' } }, {}],
    ['are first its own', { status: 500, statusCode: 501, response: { status: 502 } }, { status: 500 }],
    ['pass over what is no status', { status: 'failed', statusCode: 600, response: { status: 99 } }, {}],
    ['have limits', { status: 100 }, { status: 100 }],
    ['have limits above', { status: 599 }, { status: 599 }],
    ['pass over half a status', { status: 404.5 }, {}],
    ['pass over what is no code', { code: {} }, {}],
    ['pass over an empty code', { code: '' }, {}],
    ['are redacted', { code: 'E_secret' }, { code: 'E_[redacted]' }],
  ])('%s', (_, properties, expected) => {
    const { code, status } = factsOf(Object.assign(new Error(), properties));
    expect({ ...(code !== undefined && { code }), ...(status !== undefined && { status }) }).toEqual(expected);
  });

  it("are its class's", () => {
    expect(factsOf(new NotFound())).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  });

  it('are no keys where there are none', () => {
    expect(Object.keys(factsOf(new Error()))).not.toContain('code');
    expect(Object.keys(factsOf(new Error()))).not.toContain('status');
  });
});

describe('the facts of an error', () => {
  it('are frozen, with everything in them', () => {
    const inner = errorAt(Object.assign(new Error('b'), { id: 7 }), 'load (/app/b.js:1:2)');
    const facts = factsOf(errorAt(new AggregateError([inner], 'a', { cause: inner }), 'run (/app/a.js:1:2)'));
    const all = [facts, ...facts.causes, ...facts.errors];
    expect(all).toHaveLength(3);
    for (const one of all) {
      for (const part of [one, one.classes, one.properties, one.frames, ...one.frames, one.causes, one.errors]) {
        expect(part).toSatisfy(Object.isFrozen);
      }
    }
  });

  it('do not change when the error does', () => {
    const error = Object.assign(new Error('a'), { id: 1 });
    const facts = factsOf(error);
    Object.assign(error, { message: 'b', id: 2 });
    expect(facts).toMatchObject({ message: 'a', properties: { id: 1 } });
  });
});
