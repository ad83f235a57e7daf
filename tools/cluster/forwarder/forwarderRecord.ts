import { readJsonIfPresent } from '../../process/privateFiles.ts';
import { isSameProcessAlive, parseProcessIdentity, type ProcessIdentity } from '../../process/processIdentity.ts';

/** What a forwarder writes about itself before it listens. */
export interface ForwarderRecord {
  readonly process: ProcessIdentity;
  /** On 127.0.0.1. */
  readonly port: number;
  readonly targetAddress: string;
  readonly targetPort: number;
}

/** The recorded forwarder if that very process is alive, undefined otherwise. */
export function readLiveForwarder(path: string): ForwarderRecord | undefined {
  const record = parseForwarderRecord(readJsonIfPresent(path));
  return record !== undefined && isSameProcessAlive(record.process) ? record : undefined;
}

/** Checks every field; undefined when one is missing or of the wrong kind. */
export function parseForwarderRecord(value: unknown): ForwarderRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { process, port, targetAddress, targetPort } = value as Partial<Record<string, unknown>>;
  const identity = parseProcessIdentity(process);
  if (identity === undefined || typeof port !== 'number' || typeof targetPort !== 'number') return undefined;
  return typeof targetAddress === 'string' ? { process: identity, port, targetAddress, targetPort } : undefined;
}
