import { Script } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { ErrorDescriber } from '../../../../../runtime/src/errors/capture/errorDescriber.ts';
import { ErrorGrouper } from '../../../../../runtime/src/errors/grouping/errorGrouper.ts';
import { shopSource } from './support/shop.ts';

const WAYS = ['total', 'owner', 'label', 'find', 'close', 'discount', 'awaited', 'promised', 'callback'] as const;

type Way = (typeof WAYS)[number];
type Groups = Readonly<Record<Way, string>>;

const describer = new ErrorDescriber({ redactText: (text) => text, workingDirectory: '/srv/shop' });

/** The group of each error that a build of the shop throws. */
async function groupsOf(release: 1 | 2, file: string, isMinified: boolean): Promise<Groups> {
  const { outputFiles } = await build({
    stdin: { contents: shopSource(release), loader: 'js' },
    bundle: true,
    minify: isMinified,
    format: 'iife',
    globalName: 'built',
    write: false,
  });
  const run: unknown = new Script(`${outputFiles[0]?.text ?? ''};built.shop`, {
    filename: `/srv/shop/${file}`,
  }).runInThisContext();
  const shop = run as Readonly<Record<Way, () => unknown>>;
  const groups = WAYS.map(async (way) => [way, await groupOf(shop[way])] as const);
  return Object.fromEntries(await Promise.all(groups)) as Groups;
}

async function groupOf(way: () => unknown): Promise<string> {
  try {
    await way();
  } catch (thrown) {
    return new ErrorGrouper().fingerprintOf(describer.describe(thrown)).id;
  }
  throw new Error('nothing was thrown');
}

let plain: readonly [Groups, Groups];
let minified: readonly [Groups, Groups];

beforeAll(async () => {
  plain = [await groupsOf(1, 'dist/shop.js', false), await groupsOf(2, 'dist/shop.js', false)];
  minified = [await groupsOf(1, 'dist/shop.4f3a9c1b.js', true), await groupsOf(2, 'dist/shop.b07d12aa.js', true)];
});

test.for(WAYS)('%s is one group in two releases', (way) => {
  expect(plain[1][way]).toBe(plain[0][way]);
});

test.for(WAYS)('%s is one group in two minified builds, whose names are others', (way) => {
  expect(minified[1][way]).toBe(minified[0][way]);
});

test('through await, a promise and a callback the same error is one group', () => {
  for (const groups of [...plain, ...minified]) {
    expect(new Set([groups.awaited, groups.promised, groups.callback]).size).toBe(1);
  }
});

test('unlike errors stay apart, with the same message as well', () => {
  for (const groups of plain) {
    expect(new Set(Object.values(groups)).size).toBe(7);
  }
});

test('in minified builds methods tell errors with the same message apart, and functions do not', () => {
  for (const groups of minified) {
    expect(groups.find).not.toBe(groups.close);
    expect(groups.owner).toBe(groups.label);
    expect(new Set(Object.values(groups)).size).toBe(6);
  }
});
