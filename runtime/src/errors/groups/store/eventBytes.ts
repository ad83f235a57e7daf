import type { Breadcrumb, CapturedError } from '../../capturedError.ts';
import type { ErrorFacts, ErrorProperty } from '../../errorFacts.ts';
import { textBytes } from './boundedText.ts';

const EVENT_BYTES = 400;
const FACTS_BYTES = 300;
const FRAME_BYTES = 120;
const BREADCRUMB_BYTES = 160;
const PROPERTY_BYTES = 40;

/**
 * An estimate of what a whole event takes in memory beside its breadcrumbs, rather too high than too low: frames that it
 * shares with others are counted for each.
 */
export function eventBytes(captured: CapturedError): number {
  const { request } = captured;
  let bytes = EVENT_BYTES + factsBytes(captured.error) + propertiesBytes(captured.context);
  bytes +=
    textBytes(request.id) + textBytes(request.operation) + textBytes(request.userId) + textBytes(request.agentId);
  bytes += textBytes(captured.traceId) + textBytes(captured.spanId) + textBytes(captured.release);
  return bytes;
}

/** An estimate of what a breadcrumb takes in memory. */
export function breadcrumbBytes({ at, kind, message, data }: Breadcrumb): number {
  const texts = textBytes(at) + textBytes(kind) + textBytes(message);
  return BREADCRUMB_BYTES + texts + (data === undefined ? 0 : propertiesBytes(data));
}

function factsBytes(facts: ErrorFacts): number {
  let bytes = FACTS_BYTES + textBytes(facts.type) + textBytes(facts.message) + textBytes(facts.code);
  for (const name of facts.classes) bytes += textBytes(name);
  for (const frame of facts.frames) bytes += FRAME_BYTES + textBytes(frame.functionName) + textBytes(frame.file);
  for (const cause of facts.causes) bytes += factsBytes(cause);
  for (const error of facts.errors) bytes += factsBytes(error);
  return bytes + propertiesBytes(facts.properties);
}

function propertiesBytes(properties: Readonly<Record<string, ErrorProperty>>): number {
  let bytes = 0;
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    bytes += PROPERTY_BYTES + textBytes(key) + (typeof value === 'string' ? textBytes(value) : 0);
  }
  return bytes;
}
