import { join } from 'node:path';
import { readJsonIfPresent } from '../process/privateFiles.ts';
import { isSameProcessAlive, parseProcessIdentity, type ProcessIdentity } from '../process/processIdentity.ts';

/** What a gateway writes about itself before it listens. */
export interface GatewayRecord {
  readonly process: ProcessIdentity;
  /** On 127.0.0.1. */
  readonly port: number;
  /** Path that traces lie under; empty where they lie under none. */
  readonly basePath: string;
}

/** Where the gateway of a state directory keeps its record. */
export function gatewayRecordPath(stateDirectory: string): string {
  return join(stateDirectory, 'gateway.json');
}

/** The record; undefined when there is none or it was cut short. */
export function readGatewayRecord(path: string): GatewayRecord | undefined {
  const value = readJsonIfPresent(path);
  if (typeof value !== 'object' || value === null) return undefined;
  // An older checkout's record names no path: it served none.
  const { process, port, basePath = '' } = value as Partial<Record<string, unknown>>;
  const identity = parseProcessIdentity(process);
  if (identity === undefined || typeof port !== 'number' || typeof basePath !== 'string') return undefined;
  return { process: identity, port, basePath };
}

/** The recorded gateway if that very process is alive, undefined otherwise. */
export function readLiveGateway(path: string): GatewayRecord | undefined {
  const record = readGatewayRecord(path);
  return record !== undefined && isSameProcessAlive(record.process) ? record : undefined;
}
