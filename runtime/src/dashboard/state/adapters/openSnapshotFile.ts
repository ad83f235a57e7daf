import type { HostProcess } from '../../../core/hostProcess.ts';
import type { ViewSource } from '../../viewSource.ts';
import { SnapshotFile } from '../snapshotFile.ts';
import { nodeSnapshotFiles } from './nodeSnapshotFiles.ts';

/** What `openSnapshotFile` needs from outside. */
export interface OpenSnapshotFilePorts {
  readonly host: Pick<HostProcess, 'wallMillis' | 'schedule'>;
  readonly onError: (error: Error) => void;
}

/** The snapshot file of this process, which begins to be read. `undefined` where errors are not tracked. */
export function openSnapshotFile(
  path: string,
  { instance, observability }: ViewSource,
  { host, onError }: OpenSnapshotFilePorts,
): SnapshotFile | undefined {
  const { errors } = observability;
  if (errors === undefined) return undefined;
  const { id, pid, sinceMillis } = instance;
  const options = { path, groups: errors.groups, writer: { id, pid, sinceMillis } };
  const file = new SnapshotFile(options, { host, files: nodeSnapshotFiles(), onError });
  void file.open();
  return file;
}
