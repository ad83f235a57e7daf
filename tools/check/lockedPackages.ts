import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bundledPackages } from '../../runtime/page/bundledPackages.ts';

/** A package that package-lock.json names, in one place of node_modules. */
export interface LockedPackage {
  /** From the checkout, as `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** What the registry said of its licence when it was locked; undefined for packages in an older form of manifest. */
  readonly license: string | undefined;
  /** Whether npm may leave it out, as it does with what is for another system. */
  readonly optional: boolean;
  /** Whether only our own development needs it: nothing that is published has it in it, or leads to it. */
  readonly development: boolean;
}

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string().optional(),
      license: z.string().optional(),
      link: z.boolean().default(false),
      optional: z.boolean().default(false),
      dev: z.boolean().default(false),
      devOptional: z.boolean().default(false),
    }),
  ),
});

/**
 * The packages of others that a checkout's package-lock.json names. What npm marks `dev` is development; what it marks
 * `devOptional` has a way from something published, and so counts as published, as does what is bundled into something published.
 * @throws Error when the file cannot be read, is no JSON, or is no lock file of version 3, which npm 7 and newer write.
 */
export function readLockedPackages(checkout: string): readonly LockedPackage[] {
  const file = join(checkout, 'package-lock.json');
  const read = lockSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success)
    throw new Error(`${file} is no lock file of version 3; write it anew: npm install`, { cause: read.error });
  return Object.entries(read.data.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { name = nameAt(path), version = '', license, optional, dev, devOptional }]) => ({
      path,
      name,
      version,
      license,
      optional: optional || devOptional,
      development: dev && !bundledPackages.includes(name),
    }));
}

function nameAt(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
