import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeLayout } from './clusterLayout.ts';
import type { ComponentName } from './components/component.ts';
import { readTextIfPresent } from '../process/privateFiles.ts';

/** What runit says of a component. */
export interface Supervision {
  /** `run`, `finish`, `down`, or `unknown` before runit has looked at it. */
  readonly state: string;
  /** Seconds since its process was started. */
  readonly ageSeconds: number;
}

/** Reads what runit writes beside a component's `run` script. */
export function readSupervision(layout: NodeLayout, component: ComponentName, now: number): Supervision {
  const directory = join(layout.services, component, 'supervise');
  const state = readTextIfPresent(join(directory, 'stat'))?.trim().split(',')[0];
  if (state === undefined || state === '') return { state: 'unknown', ageSeconds: 0 };
  return { state, ageSeconds: Math.max(0, (now - statSync(join(directory, 'pid')).mtimeMs) / 1000) };
}

/** Path of a component's current log file. */
export function componentLogPath(layout: NodeLayout, component: ComponentName): string {
  return join(layout.logs, component, 'current');
}
