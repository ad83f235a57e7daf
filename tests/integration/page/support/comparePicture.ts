import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const PICTURES = fileURLToPath(new URL('../pictures/', import.meta.url));
const REPORTS = fileURLToPath(new URL('../../../../reports/pictures/', import.meta.url));
const MOST_DIFFERING = 0.01;

/**
 * Compares a picture with the one that is kept under its name. Where more than one pixel of a hundred differs, both and what
 * differs are left under `reports/pictures/`. With `UPDATE_PICTURES=1` in the environment the kept one is replaced.
 *
 * @returns what is wrong; `undefined` where it is as it was
 */
export async function differenceOf(name: string, taken: Buffer): Promise<string | undefined> {
  const kept = `${PICTURES}${name}.png`;
  if (process.env['UPDATE_PICTURES'] === '1') {
    await mkdir(PICTURES, { recursive: true });
    await writeFile(kept, PNG.sync.write(ofFewColours(taken), { colorType: 2, deflateLevel: 9, filterType: -1 }));
    return undefined;
  }
  const expected = await readFile(kept).catch(() => undefined);
  if (expected === undefined) return `${name} has no picture yet: ${howToRenew()}`;
  const [before, now] = [PNG.sync.read(expected), ofFewColours(taken)];
  await mkdir(REPORTS, { recursive: true });
  const actual = `${REPORTS}${name}.actual.png`;
  const difference = `${REPORTS}${name}.difference.png`;
  const { width, height } = before;
  if (width !== now.width || height !== now.height) {
    await writeFile(actual, taken);
    return `${name} is ${now.width}x${now.height}, not ${width}x${height}: see ${actual}; ${howToRenew()}`;
  }
  const drawn = new PNG({ width, height });
  const share = pixelmatch(before.data, now.data, drawn.data, width, height, { threshold: 0.2 }) / (width * height);
  if (share <= MOST_DIFFERING) {
    await Promise.all([actual, difference].map((path) => rm(path, { force: true })));
    return undefined;
  }
  await writeFile(actual, taken);
  await writeFile(difference, PNG.sync.write(drawn));
  return `${(share * 100).toFixed(1)} % of ${name} differ: see ${actual} and ${difference}; ${howToRenew()}`;
}

function howToRenew(): string {
  return 'is it meant, run these tests with UPDATE_PICTURES=1 and look at what has changed';
}

/** Of few colours, so that it is small: what is not seen by the eye at a glance is none of its business. */
function ofFewColours(png: Buffer): PNG {
  const picture = PNG.sync.read(png);
  for (let index = 0; index < picture.data.length; index += 1) {
    if (index % 4 !== 3) picture.data[index] = (picture.data[index] ?? 0) & 0xe0;
  }
  return picture;
}
