import type { InstalledPart, PartName } from '../toolchain/part.ts';

/**
 * The part of that name.
 *
 * @throws RangeError when it is not among them.
 */
export function requirePart(parts: readonly InstalledPart[], name: PartName): InstalledPart {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new RangeError(`images cannot be packed without the toolchain's part ${name}`);
  return part;
}
