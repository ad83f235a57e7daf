/** What was found in the text of `OTEL_RESOURCE_ATTRIBUTES`. */
export interface ParsedResourceAttributes {
  readonly attributes: Readonly<Record<string, string>>;
  /** The first part that could not be read. */
  readonly mistake: string | undefined;
}

/**
 * Reads `key=value,key=value` with percent-encoded values, the format that the OpenTelemetry specification gives to
 * `OTEL_RESOURCE_ATTRIBUTES`.
 */
export function parseResourceAttributes(text: string): ParsedResourceAttributes {
  const attributes: Record<string, string> = {};
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const part of parts) {
    const pair = readPair(part);
    if (pair === undefined) return { attributes: {}, mistake: part };
    attributes[pair.key] = pair.value;
  }
  return { attributes, mistake: undefined };
}

function readPair(part: string): { key: string; value: string } | undefined {
  const separator = part.indexOf('=');
  if (separator < 1) return undefined;
  try {
    return {
      key: decodeURIComponent(part.slice(0, separator).trim()),
      value: decodeURIComponent(part.slice(separator + 1).trim()),
    };
  } catch {
    return undefined;
  }
}
