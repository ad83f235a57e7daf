/**
 * The text for an attribute that is no string, number or boolean; never throws. Bytes become base64, arrays and objects
 * JSON, nothing (`null`) the empty text; in JSON, bytes and numbers that it does not know become texts likewise.
 *
 * Source: "AnyValue representation for non-OTLP protocols" in OpenTelemetry's common specification.
 */
export function attributeText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'symbol':
      return String(value);
    case 'object':
      if (value === null) return '';
      return value instanceof Uint8Array ? base64(value) : json(value);
    case 'undefined':
    case 'function':
      // The source of a function would tell more than anybody asked for.
      return `[${typeof value}]`;
  }
}

/** Cyclic values, getters and `toJSON` that throw, texts longer than a string can be. */
function json(value: object): string {
  try {
    return textOfJson(JSON.stringify(value, toJsonValue));
  } catch {
    return '[no JSON]';
  }
}

/** `JSON.stringify` gives nothing for an object whose `toJSON` does, which its type does not say. */
function textOfJson(text: string | undefined): string {
  return text ?? '[no JSON]';
}

function toJsonValue(this: object, key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null) return value;
  // A Buffer has become an object of numbers by its own toJSON by now.
  const original: unknown = Reflect.get(this, key);
  return original instanceof Uint8Array ? base64(original) : value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
