import { join } from 'node:path';
import { readJsonIfPresent } from '../process/privateFiles.ts';
import { isSameProcessAlive, parseProcessIdentity, type ProcessIdentity } from '../process/processIdentity.ts';

/** What a gateway writes about itself before it listens. */
export interface GatewayRecord {
  readonly process: ProcessIdentity;
  /** On 127.0.0.1. */
  readonly port: number;
}

/** Where the gateway of a state directory keeps its record. */
export function gatewayRecordPath(stateDirectory: string): string {
  return join(stateDirectory, 'gateway.json');
}

/** The record; undefined when there is none or it was cut short. */
export function readGatewayRecord(path: string): GatewayRecord | undefined {
  const value = readJsonIfPresent(path);
  if (typeof value !== 'object' || value === null) return undefined;
  const { process, port } = value as Partial<Record<string, unknown>>;
  const identity = parseProcessIdentity(process);
  return identity !== undefined && typeof port === 'number' ? { process: identity, port } : undefined;
}

/** The recorded gateway if that very process is alive, undefined otherwise. */
export function readLiveGateway(path: string): GatewayRecord | undefined {
  const record = readGatewayRecord(path);
  return record !== undefined && isSameProcessAlive(record.process) ? record : undefined;
}
