import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { z } from 'zod';
import { readLockedPackages, type LockedPackage } from '../lockedPackages.ts';
import { licenceRules, type LicenceRules } from './licenceRules.ts';

/** The forms that a manifest's licence has had. */
const oldForm = z.object({ type: z.string() });
const manifestSchema = z.object({
  version: z.string().optional(),
  license: z.union([z.string(), oldForm]).optional(),
  licenses: z.array(oldForm).min(1).optional(),
});

/**
 * What is wrong with the licences of the packages that a checkout has installed, a line each. A package's own manifest is
 * read; for one that npm left out, as it is for another system, what the lock file says of it counts.
 * @throws Error when the checkout has no package-lock.json that can be read.
 */
export function findLicenceProblems(checkout: string, rules: LicenceRules = licenceRules): readonly string[] {
  const packages = readLockedPackages(checkout);
  return [...packages.flatMap((each) => problemsOf(each, checkout, rules)), ...idleRules(packages, rules)];
}

function problemsOf(each: LockedPackage, checkout: string, rules: LicenceRules): readonly string[] {
  const where = `${each.path} ${each.version}`;
  const manifest = join(checkout, each.path, 'package.json');
  if (!existsSync(manifest) && !each.optional) return [`${where} is not installed; install what is locked: npm ci`];
  const said = existsSync(manifest) ? licenceIn(manifest) : each.license;
  const license =
    rules.read.find(({ name, version }) => name === each.name && version === each.version)?.license ?? said;
  if (rules.exceptions.some((exception) => exception.name === each.name && exception.license === license)) return [];
  const allowed = each.development ? [...rules.published, ...rules.development] : rules.published;
  if (isAllowed(license, allowed)) return [];
  const use = each.development ? 'of development' : 'that our packages have in them or install';
  return [
    `${where} says ${license === undefined ? 'nothing of its licence' : `"${license}"`}; allowed for packages ${use}: ` +
      `${allowed.join(', ')}. Do without it, or add it to tools/check/licences/licenceRules.ts with what was read or the reason`,
  ];
}

/** What a manifest says: an SPDX expression as a rule; several old entries are a choice, as npm has them. */
function licenceIn(manifest: string): string | undefined {
  const read = manifestSchema.safeParse(JSON.parse(readFileSync(manifest, 'utf8')));
  if (!read.success) return undefined;
  const { license, licenses } = read.data;
  if (license !== undefined) return typeof license === 'string' ? license : license.type;
  return licenses?.map(({ type }) => type).join(' OR ');
}

function isAllowed(license: string | undefined, allowed: readonly string[]): boolean {
  if (license === undefined) return false;
  try {
    return satisfies(license, allowed);
  } catch {
    // It throws on what is no SPDX expression, as "SEE LICENSE IN LICENSE".
    return false;
  }
}

/** Entries that no package needs any more would let the next one of that name through unseen. */
function idleRules(packages: readonly LockedPackage[], { read, exceptions }: LicenceRules): readonly string[] {
  return [
    ...read
      .filter(({ name, version }) => !packages.some((each) => each.name === name && each.version === version))
      .map(({ name, version }) => `${name} ${version}`),
    ...exceptions.filter(({ name }) => !packages.some((each) => each.name === name)).map(({ name }) => name),
  ].map((what) => `tools/check/licences/licenceRules.ts names ${what}, which is not locked; remove the entry`);
}
