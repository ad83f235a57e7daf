import { join } from 'node:path';
import type { ConfigurationReader } from './configurationReader.ts';
import type { Environment } from '../kinds/reading.ts';
import { CRASH_RECORD_FILE } from '../settings/behaviourSettings.ts';

// File systems take 255 bytes; the rest of the name and a suffix for writing it have to fit in as well.
const MOST_CHARACTERS_OF_SERVICE = 150;

/** The file that a crash is recorded in; `undefined` for none. */
export function readCrashRecordFile(reader: ConfigurationReader, serviceName: string): string | undefined {
  const file = reader.readOr(CRASH_RECORD_FILE, usualFile(reader.sources.environment, serviceName));
  return file === false ? undefined : file;
}

/** One for each service: the next start of the same one finds it. */
function usualFile(environment: Environment, serviceName: string): string {
  // Where Node's os.tmpdir() looks as well.
  const { TMPDIR, TMP, TEMP } = environment;
  const directory = [TMPDIR, TMP, TEMP].find((given) => given !== undefined && given !== '') ?? '/tmp';
  const service = serviceName.replaceAll(/[^\w.-]/g, '_').slice(0, MOST_CHARACTERS_OF_SERVICE);
  return join(directory, `tracewright-crash-${service}.json`);
}
