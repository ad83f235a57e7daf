import { Secret } from '../../../core/secret.ts';
import { readPairs, textsOf } from './pairKinds.ts';
import { kind, type Reading, refuse, take, type ValueKind } from './reading.ts';
import { isRecord } from '../../../core/isRecord.ts';

// RFC 9110, 5.6.2: what the name of a header is made of; and 5.5: what its value may not hold.
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A password or a token: text that a header can hold. */
export const SECRET_TEXT: ValueKind<Secret> = kind('text without line breaks', (value) =>
  typeof value === 'string' && /^[^\r\n]+$/.test(value) ? take(new Secret(value)) : refuse(),
);

/** Headers: text by name. In a variable `name=value,name=value`, values percent-encoded. */
export const HEADERS: ValueKind<Readonly<Record<string, Secret>>> = {
  allowed: 'name=value pairs joined by commas, values percent-encoded, without line breaks',
  fromValue: (value) => {
    const isHeaders = isRecord(value) && Object.values(value).every((item) => typeof item === 'string');
    return isHeaders ? headersOf(textsOf(value)) : refuse({ allowed: 'an object of texts' });
  },
  fromText: (text) => {
    const reading = readPairs(text, decodeURIComponent);
    return reading.taken ? headersOf(reading.value) : reading;
  },
};

function headersOf(texts: Readonly<Record<string, string>>): Reading<Readonly<Record<string, Secret>>> {
  const entries = Object.entries(texts);
  const fits = entries.every(([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value));
  if (!fits) return refuse({ allowed: 'names and values that HTTP allows in headers, without line breaks' });
  return take(Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), new Secret(value)])));
}
