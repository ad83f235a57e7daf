// @spec S5.3
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { SourceMaps } from '../../../../../runtime/src/errors/capture/sourceMaps.ts';
import type { ErrorFacts } from '../../../../../runtime/src/errors/errorFacts.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { openCorpus, variants } from '../../../../fixtures/errors/corpora.ts';
import { CORPUS_ROOT, type PlainError } from '../../../../fixtures/errors/plainError.ts';
import { revivedError } from '../../../../fixtures/errors/revivedError.ts';
import type { VariantKind } from '../../../../fixtures/errors/variants/variantKinds.ts';
import { frame } from './support/errorFixture.ts';

/** An occurrence of an error, as far as grouping goes. */
interface Occurrence {
  /** Which error it is: what has the same is to be one group. */
  readonly error: string;
  readonly kind: VariantKind | 'provoked';
  readonly facts: ErrorFacts;
  /** What was worked on, where it is known. */
  readonly operation?: string;
}

const redactText = (text: string): string => text;
const describer = new ErrorDescriber({ redactText, workingDirectory: CORPUS_ROOT });

function occurrence(error: string, kind: Occurrence['kind'], plain: PlainError): Occurrence {
  return { error, kind, facts: describer.describe(revivedError(plain)) };
}

/** Those that were really provoked, and the variants of the shop's errors. */
function occurrences(): readonly Occurrence[] {
  const provoked = openCorpus().map(({ error, label }) => occurrence(label.group, 'provoked', error));
  const varied = Object.entries(variants()).flatMap(([name, kinds]) =>
    Object.entries(kinds).map(([kind, error]) => ({
      ...occurrence(`shop ${name}`, kind as VariantKind, error),
      operation: `POST /${name}`,
    })),
  );
  return [...provoked, ...varied];
}

interface Pairs {
  readonly kept: number;
  readonly of: number;
}

interface Measure {
  readonly together: Pairs;
  readonly apart: Pairs;
  readonly mixed: readonly string[];
}

/**
 * How many pairs of occurrences of one error are in one group, and of two errors in two; and which errors are mixed.
 *
 * @param grouperOf each build runs in a process of its own
 */
function measured(
  all: readonly Occurrence[],
  grouperOf: (kind: Occurrence['kind']) => ErrorGrouper = () => new ErrorGrouper(),
): Measure {
  const grouped = all.map(({ error, kind, facts, operation }) => ({
    error,
    id: grouperOf(kind).fingerprintOf(facts, undefined, operation).id,
  }));
  const together = { kept: 0, of: 0 };
  const apart = { kept: 0, of: 0 };
  const mixed = new Set<string>();
  for (const [index, one] of grouped.entries()) {
    for (const other of grouped.slice(index + 1)) {
      const isOne = one.error === other.error;
      const pairs = isOne ? together : apart;
      pairs.of += 1;
      if (isOne === (one.id === other.id)) pairs.kept += 1;
      else if (!isOne) mixed.add(`${one.error} = ${other.error}`);
    }
  }
  return { together, apart, mixed: [...mixed] };
}

function isMinified({ kind }: Occurrence): boolean {
  return kind === 'minified' || kind === 'minifiedRelease';
}

/** The source maps of a build, read. */
async function sourceMapsOf(release: 'first' | 'next'): Promise<SourceMaps> {
  const map = new URL(`../../../../fixtures/errors/variants/shop.${release}.mjs.map`, import.meta.url);
  const bundle = `${CORPUS_ROOT}/dist/shop.mjs`;
  const texts: Readonly<Record<string, string>> = { [bundle]: '', [`${bundle}.map`]: readFileSync(map, 'utf8') };
  const read = (path: string) => {
    const text = texts[path];
    return Promise.resolve(text === undefined ? { reason: 'missing' as const } : { text });
  };
  const maps = new SourceMaps({ files: { read }, redactText, workingDirectory: CORPUS_ROOT });
  await maps.resolveFrames([frame('dist/shop.mjs:1:1')]);
  return maps;
}

/**
 * What cannot be told by what the errors say: only ports that the system gave, callers or what was parsed differ.
 */
const MIXED = [
  'net-econnrefused = ws-refused',
  'net-econnrefused = redis-econnrefused',
  'ws-refused = redis-econnrefused',
  'json-truncated = json-empty',
  'shop showTotal = shop placeOrderUnpriced',
];

test('with other numbers, in the next release and through await errors stay one group, and unlike ones apart', () => {
  expect(measured(occurrences().filter((each) => !isMinified(each)))).toEqual({
    together: { kept: 169, of: 169 },
    apart: { kept: 52_137, of: 52_157 },
    mixed: MIXED,
  });
});

test('in two minified builds errors stay one group without source maps', () => {
  expect(measured(occurrences().filter(isMinified))).toEqual({
    together: { kept: 28, of: 28 },
    apart: { kept: 1508, of: 1512 },
    mixed: ['shop checkOrder = shop checkInvoice'],
  });
});

test('minified or not, errors stay one group with source maps', async () => {
  const [first, next] = [await sourceMapsOf('first'), await sourceMapsOf('next')];
  const groupers = {
    minified: new ErrorGrouper({ originalFrames: (frames) => first.knownFrames(frames) }),
    minifiedRelease: new ErrorGrouper({ originalFrames: (frames) => next.knownFrames(frames) }),
  };
  const plain = new ErrorGrouper();

  expect(
    measured(occurrences(), (kind) => (kind === 'minified' || kind === 'minifiedRelease' ? groupers[kind] : plain)),
  ).toEqual({
    together: { kept: 421, of: 421 },
    apart: { kept: 71_549, of: 71_589 },
    mixed: MIXED,
  });
});

test('without source maps a minified build has groups of its own', () => {
  expect(measured(occurrences()).together).toEqual({ kept: 205, of: 421 });
});

test('in one process there is nobody who says so much that a group would be given up', () => {
  const one = new ErrorGrouper();

  expect(measured(occurrences(), () => one)).toEqual(measured(occurrences()));
});
