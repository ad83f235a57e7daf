import { readIfThere, type TextFiles } from '../readIfThere.ts';

/** From where on a limit is none: v1 writes the largest number of pages that there can be. */
const UNLIMITED_BYTES = 2 ** 60;
const NONE = 'max';

/** @throws RangeError for a file that holds no number of 0 or more. */
export function readNumber(files: TextFiles, path: string): number {
  return parseNumber(files.readTextFile(path).trim(), path);
}

/**
 * The number of a line such as `inactive_file 4096`.
 *
 * @throws RangeError where there is no such line.
 */
export function readField(files: TextFiles, path: string, field: string): number {
  const line = files
    .readTextFile(path)
    .split('\n')
    .find((each) => each.startsWith(`${field} `));
  return parseNumber(line?.slice(field.length + 1).trim() ?? '', `${path}: ${field}`);
}

/**
 * A limit of memory in bytes, of v1 or v2.
 *
 * @returns `undefined` for none
 */
export function memoryLimit(files: TextFiles, path: string): number | undefined {
  const text = readIfThere(files, path);
  if (text === undefined || text === NONE) return undefined;
  const bytes = parseNumber(text, path);
  return bytes >= UNLIMITED_BYTES ? undefined : bytes;
}

/** How many processors the quota of a group of v2 is: `50000 100000` is half a one. */
export function quotaOfVersion2(files: TextFiles, directory: string): number | undefined {
  const path = `${directory}/cpu.max`;
  const text = readIfThere(files, path);
  if (text === undefined) return undefined;
  const [quota = '', period = ''] = text.split(' ');
  return quota === NONE ? undefined : ratio(parseNumber(quota, path), parseNumber(period, path), path);
}

/** How many processors the quota of a group of v1 is; -1 is none. */
export function quotaOfVersion1(files: TextFiles, directory: string): number | undefined {
  const path = `${directory}/cpu.cfs_quota_us`;
  const text = readIfThere(files, path);
  if (text === undefined || text === '-1') return undefined;
  return ratio(parseNumber(text, path), readNumber(files, `${directory}/cpu.cfs_period_us`), path);
}

function ratio(quota: number, period: number, path: string): number {
  if (quota > 0 && period > 0) return quota / period;
  throw new RangeError(`${path}: a quota of ${quota} in ${period} is none`);
}

function parseNumber(text: string, where: string): number {
  if (/^\d{1,20}$/.test(text)) return Number(text);
  throw new RangeError(`${where}: not a number of 0 or more`);
}
