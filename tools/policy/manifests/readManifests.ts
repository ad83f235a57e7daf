import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { shownFile } from '../place.ts';
import { findManifests } from './findManifests.ts';
import { parseManifest, type Manifest, type ManifestProblem } from './parseManifest.ts';

/** What all files together hold. */
export interface Manifests extends Manifest {
  readonly files: number;
  /** Symbolic links that were not followed. */
  readonly links: readonly string[];
}

/**
 * Reads every manifest below some paths.
 *
 * @param checkout - Files below it are called by their way from there.
 * @throws ManifestPathError
 */
export async function readManifests(paths: readonly string[], checkout: string): Promise<Manifests> {
  const { files, links, unreadable } = await findManifests(paths.map((path) => resolve(path)));
  const manifests: Manifest[] = [];
  // One after the other: a large directory would not fit into the open files of a process.
  for (const file of files) manifests.push(await readManifest(file, shownFile(file, checkout)));
  return {
    files: files.length,
    links: links.map((path) => shownFile(path, checkout)),
    objects: manifests.flatMap(({ objects }) => objects),
    problems: [
      ...unreadable.map(({ path, reason }) => unreadableProblem(shownFile(path, checkout), reason)),
      ...manifests.flatMap(({ problems }) => problems),
    ],
    others: manifests.reduce((sum, { others }) => sum + others, 0),
  };
}

async function readManifest(path: string, file: string): Promise<Manifest> {
  try {
    return parseManifest(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)), file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { objects: [], others: 0, problems: [unreadableProblem(file, reason)] };
  }
}

function unreadableProblem(file: string, reason: string): ManifestProblem {
  return { place: { file, line: 1 }, message: `cannot be read: ${reason}` };
}
