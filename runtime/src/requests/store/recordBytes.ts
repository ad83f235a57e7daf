import type { RequestAttribute } from '../requestSnapshot.ts';
import type { RequestRecord } from './requestRecord.ts';

/**
 * What a record takes beside its texts, in bytes: its fields, its numbers, its places in the store's maps and lists, which
 * have room for more than they hold while records come and go.
 * Measured with Node 24 on 64 bits (`npm run bench -- requests`).
 */
const RECORD_BYTES = 440;
/** The trace of a record: an object and its two IDs, which may be cut out of a header. */
const TRACE_BYTES = 260;
/** The place of an ID in the map of those that were given. */
const GIVEN_ID_BYTES = 80;
/** Head of a text. */
const TEXT_BYTES = 24;
const FAILURE_BYTES = 40;
const ATTRIBUTES_BYTES = 120;
const ATTRIBUTE_BYTES = 40;

/** An estimate of what a record takes in memory, rather too high than too low. Operation and user are kept once for all. */
export function recordBytes(record: RequestRecord): number {
  const { givenId, parentId, trace, failure, attributes } = record;
  return (
    RECORD_BYTES +
    (givenId === undefined ? 0 : GIVEN_ID_BYTES + textBytes(givenId)) +
    (parentId === undefined ? 0 : textBytes(parentId)) +
    (trace === undefined ? 0 : TRACE_BYTES) +
    (failure?.type === undefined ? 0 : FAILURE_BYTES + textBytes(failure.type)) +
    (attributes === undefined ? 0 : attributeBytes(attributes))
  );
}

function attributeBytes(attributes: Readonly<Record<string, RequestAttribute>>): number {
  let bytes = ATTRIBUTES_BYTES;
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    bytes += ATTRIBUTE_BYTES + textBytes(key) + (typeof value === 'string' ? textBytes(value) : 0);
  }
  return bytes;
}

/** Texts with a character beyond Latin-1 take two bytes for each. */
function textBytes(text: string): number {
  return TEXT_BYTES + text.length * 2;
}
