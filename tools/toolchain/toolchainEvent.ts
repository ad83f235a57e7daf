import type { InstalledPart, PartName } from './part.ts';
import type { LockHolder } from '../process/fileLock.ts';

/** What a run of the toolchain tells while it works. `index` counts from 1 to `total`, the parts that are not there yet. */
export type ToolchainEvent =
  | { readonly type: 'found'; readonly part: InstalledPart }
  | {
      readonly type: 'waiting';
      readonly part: PartName;
      readonly index: number;
      readonly total: number;
      readonly holder: LockHolder | undefined;
    }
  | {
      readonly type: 'started';
      readonly part: PartName;
      readonly index: number;
      readonly total: number;
      readonly logPath: string;
    }
  | {
      readonly type: 'finished';
      readonly part: InstalledPart;
      readonly index: number;
      readonly total: number;
      readonly elapsedSeconds: number;
    }
  | {
      readonly type: 'failed';
      readonly part: PartName;
      readonly index: number;
      readonly total: number;
      readonly elapsedSeconds: number;
      readonly error: unknown;
    };

/** The event as one line for a person. */
export function describeToolchainEvent(event: ToolchainEvent): string {
  switch (event.type) {
    case 'found':
      return `${event.part.name} ${event.part.version}: found (${event.part.origin})`;
    case 'waiting':
      return `${counted(event)}: waiting for another run${describeHolder(event.holder)} that builds it`;
    case 'started':
      return `${counted(event)}: building, log ${event.logPath}`;
    case 'finished':
      return `[${event.index}/${event.total}] ${event.part.name}: ready after ${event.elapsedSeconds.toFixed(0)} s`;
    case 'failed':
      return `${counted(event)}: failed after ${event.elapsedSeconds.toFixed(0)} s`;
  }
}

function counted(event: { readonly part: PartName; readonly index: number; readonly total: number }): string {
  return `[${event.index}/${event.total}] ${event.part}`;
}

function describeHolder(holder: LockHolder | undefined): string {
  return holder === undefined ? '' : ` (process ${holder.pid}, since ${holder.since})`;
}
