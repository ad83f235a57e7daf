import { type BaggageEntry, type Context, propagation } from '@opentelemetry/api';
import { emptyEntries, wellFormed } from './baggageEntries.ts';

// The one part of an entry that is sent as it stands. Anything else in a header makes Node's http throw, or lets a sender
// write headers of its own.
const METADATA = /^[\t\x20-\x2b\x2d-\x7e]*$/;

/**
 * The context with baggage that can be sent: baggage comes from anywhere (a message's metadata, a script), and what
 * cannot be a header would fail the request that carries it. Metadata of other characters is left out, half surrogate
 * pairs are replaced, entries without a text are left out. The same context where there is nothing to mend.
 */
export function withSendableBaggage(context: Context): Context {
  const baggage = propagation.getBaggage(context);
  const entries = baggage?.getAllEntries() ?? [];
  if (entries.every(isSendable)) return context;
  const sendable = emptyEntries();
  for (const [key, entry] of entries) {
    if (typeof entry.value === 'string') sendable[wellFormed(key)] = mend(entry);
  }
  return propagation.setBaggage(context, propagation.createBaggage(sendable));
}

function isSendable([key, entry]: [string, BaggageEntry]): boolean {
  const { value, metadata } = entry;
  if (typeof value !== 'string' || wellFormed(key) !== key || wellFormed(value) !== value) return false;
  return metadata === undefined || METADATA.test(metadata.toString());
}

function mend({ value, metadata }: BaggageEntry): BaggageEntry {
  const mended = { value: wellFormed(value) };
  return metadata !== undefined && METADATA.test(metadata.toString()) ? { ...mended, metadata } : mended;
}
