import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { shownFile } from '../place.ts';
import { findManifests } from './findManifests.ts';
import { parseManifest, type Manifest } from './parseManifest.ts';

/** What all files together hold. */
export interface Manifests extends Manifest {
  readonly files: number;
}

/**
 * Reads every manifest below some paths.
 *
 * @param checkout - Files below it are called by their way from there.
 * @throws ManifestPathError
 */
export async function readManifests(paths: readonly string[], checkout: string): Promise<Manifests> {
  const files = await findManifests(paths.map((path) => resolve(path)));
  const manifests: Manifest[] = [];
  // One after the other: a large directory would not fit into the open files of a process.
  for (const file of files) manifests.push(await readManifest(file, shownFile(file, checkout)));
  return {
    files: files.length,
    objects: manifests.flatMap(({ objects }) => objects),
    problems: manifests.flatMap(({ problems }) => problems),
    others: manifests.reduce((sum, { others }) => sum + others, 0),
  };
}

async function readManifest(path: string, file: string): Promise<Manifest> {
  try {
    return parseManifest(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)), file);
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { objects: [], others: 0, problems: [{ place: { file, line: 1 }, message }] };
  }
}
