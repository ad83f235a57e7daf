import fc from 'fast-check';
import { engineUnknowns } from './engineUnknowns.ts';
import type { Body } from './kubernetesArbitraries.ts';
import { prototypeNames } from './kubernetesWords.ts';

/** Something done to a field of an object: the field is one of all, counted from the top. */
interface Mutation {
  readonly at: number;
  readonly change: Change;
}

type Change =
  | { readonly kind: 'replaced'; readonly by: unknown }
  | { readonly kind: 'renamed'; readonly to: string }
  | { readonly kind: 'wrapped' }
  | { readonly kind: 'repeated'; readonly times: number };

/** A mapping or a list, and what of it is changed. */
interface Place {
  readonly parent: object;
  readonly name: string;
}

// Long enough that whatever takes the square of a text's length is seen.
const length = 40_000;
const longTexts = ['a', '1', ' ', '/', 'a.', '-', ':', '*', '$(A)', '[', '{"a":', '%', '=', '0 '].map(
  (text) => `${text.repeat(length / text.length)}!`,
);

const itself: Record<string, unknown> = { name: 'itself' };
itself['itself'] = itself;

const plainGarbage: readonly unknown[] = [
  ...[null, undefined, true, false, '', ' ', 'text', '0', '-1', '1e400', 'null', '[]', '{}', '\u0000', '\ud800'],
  ...[0, -0, -1, 1.5, 65_536, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Infinity, -Infinity],
  ...[[], {}, [null], [[]], [{}], { a: {} }, [0, 'a', null, {}, []], Array(300).fill({}), itself],
];

function withPrototypeName(name: string): unknown {
  // Only JSON gives an object a field of its own under the name of `__proto__`.
  return JSON.parse(`{ "${name}": { "name": "${name}", "spec": ["${name}"] } }`);
}

/** Values that no field of the API takes. */
const anyGarbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...plainGarbage) },
  { weight: 2, arbitrary: fc.constantFrom(...prototypeNames, ...prototypeNames.map(withPrototypeName)) },
  { weight: 2, arbitrary: fc.constantFrom(...longTexts) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('replaced' as const), by: anyGarbage }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('renamed' as const),
      to: fc.constantFrom(...prototypeNames, '', 'name', '0'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'wrapped' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeated' as const), times: fc.constantFrom(2, 3, 50) }) },
);
const anyUnknown: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant('replaced' as const),
  by: fc.constantFrom(...engineUnknowns),
});

/** Copies of an object, in each of which one field is replaced by garbage: every field by each kind of it. */
export function* eachReplaced(body: Body): Iterable<Body> {
  for (const [at, { parent, name }] of placesIn(body).entries()) {
    const content: unknown = Reflect.get(parent, name);
    const isLeaf = typeof content !== 'object' || content === null;
    for (const by of [...plainGarbage, ...(isLeaf ? longTexts : [withPrototypeName('__proto__')])])
      yield changed(body, [{ at, change: { kind: 'replaced', by } }]);
  }
}

/** Objects with some of their fields turned into what the API does not take. Their kinds stay. */
export function mutated(objects: fc.Arbitrary<Body>): fc.Arbitrary<Body> {
  return fc.tuple(objects, mutations(anyChange)).map(([body, all]) => changed(body, all));
}

/** Objects with some of their fields not known yet. */
export function partlyUnknown(objects: fc.Arbitrary<Body>): fc.Arbitrary<Body> {
  return fc.tuple(objects, mutations(anyUnknown)).map(([body, all]) => changed(body, all));
}

function mutations(change: fc.Arbitrary<Change>): fc.Arbitrary<readonly Mutation[]> {
  return fc.array(fc.record({ at: fc.nat(), change }), { minLength: 1, maxLength: 4 });
}

function changed(body: Body, all: readonly Mutation[]): Body {
  const copy = structuredClone(body);
  for (const { at, change } of all) {
    const places = placesIn(copy);
    const place = places[at % Math.max(places.length, 1)];
    if (place !== undefined) apply(place, change);
  }
  return { ...copy, apiVersion: body['apiVersion'], kind: body['kind'] };
}

function placesIn(value: object, seen = new Set<object>()): readonly Place[] {
  if (seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([name, content]: [string, unknown]) => [
    { parent: value, name },
    ...(typeof content === 'object' && content !== null ? placesIn(content, seen) : []),
  ]);
}

function apply({ parent, name }: Place, change: Change): void {
  const value: unknown = Reflect.get(parent, name);
  const set = (key: string, content: unknown): unknown =>
    Reflect.defineProperty(parent, key, { value: content, writable: true, enumerable: true, configurable: true });
  switch (change.kind) {
    case 'replaced':
      return void set(name, change.by);
    case 'renamed':
      if (Array.isArray(parent)) return;
      Reflect.deleteProperty(parent, name);
      return void set(change.to, value);
    case 'wrapped':
      return void set(name, Array.isArray(value) ? Object.fromEntries(value.entries()) : [value]);
    case 'repeated':
      if (Array.isArray(value)) set(name, Array<unknown>(change.times).fill(value).flat());
  }
}
