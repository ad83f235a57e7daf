// node snapshotWriter.ts PATH GROUPS: writes a snapshot file of so many groups again and again, until it is killed. Prints a line after the first.
import { nodeHostProcess } from '../../../../runtime/src/core/adapters/nodeHostProcess.ts';
import { nodeSnapshotFiles } from '../../../../runtime/src/dashboard/state/adapters/nodeSnapshotFiles.ts';
import { stampOf, writtenSnapshot } from '../../../../runtime/src/dashboard/state/writtenSnapshot.ts';
import { createObservability } from '../../../../runtime/src/observability.ts';

const [path = '', groups = '0'] = process.argv.slice(2);
const { errors } = createObservability({
  tracing: false,
  performance: false,
  errors: { maxTimeShare: 1, maxGroups: 10_000 },
});
if (errors === undefined) throw new Error('errors are not tracked');
for (let index = 0; index < Number(groups); index += 1)
  errors.capture(new Error(`error ${index}`), { fingerprint: [String(index)] });
const { archive } = errors.groups;
const writer = { id: 'killed', pid: process.pid, sinceMillis: nodeHostProcess().wallMillis() };
for (let round = 0; ; round += 1) {
  await nodeSnapshotFiles().write(path, writtenSnapshot(archive, stampOf(archive, writer)));
  if (round === 0) process.stdout.write('written\n');
}
