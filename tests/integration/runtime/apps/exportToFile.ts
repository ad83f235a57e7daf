import { createWriteStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ErrorTracker } from '../../../../runtime/src/errors/errorTracker.ts';
import { exportErrors } from '../../../../runtime/src/export/exportErrors.ts';
import { pipeExport } from '../../../../runtime/src/export/pipeExport.ts';

/** Exports 100 groups of errors to the file it is given, and says how far it came and what an export that goes on then has. */
const tracker = new ErrorTracker({ uncaught: false });
for (let number = 0; number < 100; number += 1)
  tracker.capture(new Error('no stock'), { fingerprint: [`group ${number}`], context: { filling: 'x'.repeat(200) } });

const format = 'ndjson';
const destination = createWriteStream(process.argv[2] ?? '');
const { error, cursor, exported } = await pipeExport(exportErrors(tracker.groups, { format }), destination);
const rest = await text(exportErrors(tracker.groups, { format, ...(cursor !== undefined && { cursor }) }));
const whole = await text(exportErrors(tracker.groups, { format }));
await tracker.stop();
console.log(JSON.stringify({ name: error?.name, message: error?.message, exported, rest, whole }));
