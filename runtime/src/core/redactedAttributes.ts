import type { Attributes } from '@opentelemetry/api';
import { REDACTED } from './redaction.ts';
import { isSensitiveKey } from './sensitiveKey.ts';

/** Attributes without what their keys say is secret, see `isSensitiveKey`: in its place stands `[redacted]`. */
export function redactedAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) =>
      value === undefined || !isSensitiveKey(key) ? [key, value] : [key, REDACTED],
    ),
  );
}
