import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ExplainedFrame } from '../../../runtime/src/errors/frameExplainer.ts';

const SOURCE = `
function reserveStock(sku) {
  throw new RangeError('no stock of ' + sku);
}
export function placeOrder(sku) {
  return reserveStock(sku);
}
`;
const tracker = fileURLToPath(new URL('../../../runtime/src/errors/errorTracker.ts', import.meta.url));
/** In a process of its own: the one that runs tests maps stacks itself. */
const APPLICATION = `
import { ErrorTracker } from ${JSON.stringify(tracker)};
const tracker = new ErrorTracker();
const capture = async (file) => {
  const { placeOrder } = await import(file);
  try {
    placeOrder(7);
  } catch (error) {
    return tracker.capture(error).groupId;
  }
};
const load = () => tracker.loadSourceMaps(['dist/main.mjs', 'dist/missing.mjs']);
const isEarly = process.argv[2] === 'early';
if (isEarly) await load();
const build = await capture('./dist/main.mjs');
const source = await capture('./orders.mjs');
await load();
const again = await capture('./dist/main.mjs?again');
const frames = await tracker.explain(tracker.groups.snapshot(build).events.at(-1).error);
console.log(JSON.stringify({ build, source, again, frames }));
`;
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-maps-'));
  writeFileSync(join(directory, 'orders.mjs'), SOURCE);
  writeFileSync(join(directory, 'shop.mjs'), `export { placeOrder } from './orders.mjs';`);
  writeFileSync(join(directory, 'application.mjs'), APPLICATION);
  buildSync({
    absWorkingDir: directory,
    entryPoints: ['shop.mjs'],
    outfile: 'dist/main.mjs',
    bundle: true,
    minify: true,
    format: 'esm',
    sourcemap: true,
  });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Told {
  readonly build: string;
  readonly source: string;
  readonly again: string;
  readonly frames: readonly ExplainedFrame[];
}

function run(when: 'early' | 'late'): Told {
  const args = ['--conditions=tracewright-source', '--no-warnings', 'application.mjs', when];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' })) as Told;
}

it('an error of a minified build is in the group of its source, and shows its code, once the map is loaded', () => {
  const { build, source, frames } = run('early');
  expect(build).toBe(source);
  expect(frames[0]?.frame).toMatchObject({ file: 'orders.mjs', line: 3, functionName: 'reserveStock' });
  expect(frames[0]?.code?.line).toBe("  throw new RangeError('no stock of ' + sku);");
});

it('a minified build whose map is loaded after its first error has a group of its own, and keeps it', () => {
  const { build, source, again, frames } = run('late');
  expect(build).not.toBe(source);
  expect(again).toBe(build);
  expect(frames[0]?.code?.line).toBe("  throw new RangeError('no stock of ' + sku);");
});
