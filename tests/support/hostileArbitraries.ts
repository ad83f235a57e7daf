import fc from 'fast-check';
import { prototypeNames } from './kubernetesWords.ts';

/** Stands in hostile inputs where a secret could stand: what a parser says of an input must not quote it. */
export const SECRET = 'hunter2-Tr0ub4dor';

// What takes the square of a text's length shows with these, what recurses for each level of it runs out of stack.
const long = 5000;
const enormous = ['a', '9', ' ', '\n', '-', '%', ',', '=', ':', '"', '\\'].map((unit) => unit.repeat(long));
const deep = ['[', '{"a":', '- ', '? ', '!a ', 'a: &a [', '((', '<a>'].map((unit) => unit.repeat(long / 2));
const closed = [`${'['.repeat(long)}${']'.repeat(long)}`, `${'{"a":'.repeat(long)}1${'}'.repeat(long)}`];
const laughs = ['a: &a [x, x]', ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map(laugh)].join('\n');
const odd = [
  ...[
    '',
    ' ',
    '\0',
    '\uFEFF',
    '\ud800',
    '\u2028',
    '\r',
    'null',
    '0',
    '-1',
    '1e999',
    '[]',
    '{}',
    '""',
    '~',
    '---\n...\n---',
  ],
  ...[
    '*a',
    '&a *a',
    'a: *b',
    '<<: *a',
    '!!binary x',
    '%YAML 9.9\n---\na',
    '%2',
    '%zz',
    '%00',
    '${a:',
    '../../etc/passwd',
  ],
  ...['{"__proto__":{"polluted":true}}', '__proto__: {polluted: true}', '__proto__=polluted', '__proto__'],
  ...['{"constructor":{"prototype":{"polluted":true}}}', 'constructor'],
  `{"password":"${SECRET}"`,
  SECRET,
  laughs,
];

function laugh(name: string, index: number): string {
  const previous = String.fromCharCode('a'.charCodeAt(0) + index);
  return `${name}: &${name} [${Array(9).fill(`*${previous}`).join(', ')}]`;
}

/** Texts that have broken parsers before: each is tried on each parser. */
export const hostileTexts: readonly string[] = [...odd, ...enormous, ...deep, ...closed];

/** Texts that nobody means well with, whatever they are for. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(...odd) },
  { weight: 2, arbitrary: fc.json() },
);

/** Texts that are nearly what is asked for: cut, doubled, with something in them that does not belong there. */
export function damagedText(sound: readonly string[]): fc.Arbitrary<string> {
  if (sound.length === 0) return hostileText;
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('"', '{', '}', '[', ']', ':', ',', '\n', '\0', ' ', '-', '*', '&', '-1', '1e999', 'null', SECRET),
    fc.constantFrom(...prototypeNames),
  );
  const damage = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), left: fc.nat(8), piece });
  const damaged = fc
    .tuple(fc.constantFrom(...sound), fc.array(damage, { minLength: 1, maxLength: 3 }))
    .map(([text, all]) =>
      all.reduce((said, { at, left, piece: put }) => {
        const from = Math.floor(at * said.length);
        return said.slice(0, from) + put + said.slice(from + left);
      }, text),
    );
  const cut = fc
    .tuple(fc.constantFrom(...sound), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, share]) => text.slice(0, Math.floor(share * text.length)));
  return fc.oneof({ weight: 4, arbitrary: damaged }, { weight: 2, arbitrary: cut }, hostileText);
}

/** Values of JSON that have broken parsers before: each is tried on each parser. */
export const hostileValues: readonly unknown[] = [
  ...[null, true, '', 0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[]], [null], SECRET, { password: SECRET }],
  ...prototypeNames.map((name): unknown => JSON.parse(`{"${name}":{"polluted":true}}`)),
  ...prototypeNames,
  ...[nested('array'), nested('object'), Array(long).fill({}), 'a'.repeat(long)],
];

/** Values of JSON. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileValues) },
  { weight: 2, arbitrary: hostileText },
);

/** Values of any kind, as a caller without types hands them over; in each place of an object. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
  fc.constantFrom<unknown>(...[() => 1, Symbol('odd'), Number.NaN, undefined, 1n, cyclic(), new Proxy({}, {})]),
);

/** Values that are nearly what is asked for: with one of their parts left out, renamed or replaced. */
export function damagedValue(sound: readonly object[], by = hostileValue): fc.Arbitrary<unknown> {
  if (sound.length === 0) return by;
  const change = fc.oneof(
    fc.record({ does: fc.constant('replace' as const), by }),
    fc.record({ does: fc.constant('rename' as const), to: fc.constantFrom(...prototypeNames, 'x', '') }),
    fc.record({ does: fc.constant('remove' as const) }),
  );
  const damaged = fc
    .tuple(fc.constantFrom(...sound), fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 2 }))
    .map(([value, changes]) => {
      const copy = structuredClone(value);
      for (const [at, how] of changes) {
        const places = placesIn(copy);
        const place = places[at % Math.max(places.length, 1)];
        if (place !== undefined) changePlace(place, how);
      }
      return copy;
    });
  return fc.oneof({ weight: 3, arbitrary: damaged }, by);
}

interface Place {
  readonly parent: object;
  readonly name: string;
}

type Change =
  | { readonly does: 'replace'; readonly by: unknown }
  | { readonly does: 'rename'; readonly to: string }
  | { readonly does: 'remove' };

/** Every part of a sound value, which has no cycles; not of what was put there: that may have them. */
function placesIn(value: object, depth = 0): readonly Place[] {
  if (depth > 8) return [];
  return Object.entries(value).flatMap(([name, content]: [string, unknown]) => [
    { parent: value, name },
    ...(typeof content === 'object' && content !== null ? placesIn(content, depth + 1) : []),
  ]);
}

function changePlace({ parent, name }: Place, change: Change): void {
  const value: unknown = Reflect.get(parent, name);
  const put = (key: string, content: unknown): unknown =>
    // A plain assignment to __proto__ would be another thing.
    Reflect.defineProperty(parent, key, { value: content, writable: true, enumerable: true, configurable: true });
  if (change.does === 'replace') put(name, change.by);
  else if (!Array.isArray(parent)) Reflect.deleteProperty(parent, name);
  if (change.does === 'rename' && !Array.isArray(parent)) put(change.to, value);
}

function nested(kind: 'array' | 'object'): unknown {
  let value: unknown = kind;
  for (let level = 0; level < long; level += 1) value = kind === 'array' ? [value] : { a: value };
  return value;
}

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value['itself'] = value;
  return value;
}
