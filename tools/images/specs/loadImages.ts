import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';
import { programImage } from './programImage.ts';

/**
 * The program `span-load`, which loads the agent with spans, alone.
 *
 * @param clientsDirectory - Directory of the part `trace-clients`, which holds it too.
 */
export function spanLoadImage(clientsDirectory: string): ImageSpec {
  return loadImage(clientsDirectory, 'span-load');
}

/**
 * The program `steady-load`, which loads the collector and the query service and counts, alone.
 *
 * @param clientsDirectory - Directory of the part `trace-clients`, which holds it too.
 */
export function steadyLoadImage(clientsDirectory: string): ImageSpec {
  return loadImage(clientsDirectory, 'steady-load');
}

function loadImage(clientsDirectory: string, program: string): ImageSpec {
  return programImage({
    reference: `docker.io/tracewright/${program}:test`,
    source: join(clientsDirectory, program),
    program: `/usr/local/bin/${program}`,
    user: '10001:10001',
  });
}
