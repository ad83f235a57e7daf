import { types } from 'node:util';
import { isObject } from '../../core/isObject.ts';
import { ownData } from '../../core/thrown/ownData.ts';

/** Nothing more is written where there is so much. */
const MOST_LENGTH = 8192;
const MOST_DEPTH = 10;
const INDENT = '  ';

/**
 * The message of an error that works it out of its issues when somebody reads it, as those of zod 4 do, by an accessor of each
 * error's own: JSON of the issues, in lines, as zod writes it. What it was set to, or read as, counts before. Runs no accessor,
 * no `toJSON` and no trap of a Proxy; the work is bounded by 8192 characters of the text, but for lists of an object's keys.
 *
 * @param thrown - no Proxy
 * @returns `undefined` for an error without issues
 */
export function issuesText(thrown: object): string | undefined {
  const issues = ownData(thrown, 'issues');
  if (types.isProxy(issues) || !Array.isArray(issues)) return undefined;
  const internals = ownData(thrown, '_zod');
  const known = isObject(internals) && !types.isProxy(internals) ? ownData(internals, 'message') : undefined;
  if (typeof known === 'string') return known;
  const writer = new JsonWriter();
  writer.write(issues, '');
  return writer.text;
}

/** Writes what `JSON.stringify` does, with two spaces, of plain values. What it would ask code about is `null`. */
class JsonWriter {
  text = '';

  write(value: unknown, indent: string): void {
    if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, MOST_LENGTH));
    else if (typeof value === 'number') this.text += Number.isFinite(value) ? String(value) : 'null';
    else if (typeof value === 'boolean') this.text += String(value);
    else if (typeof value === 'bigint') this.text += BigInt.asIntN(256, value) === value ? `"${value}"` : '"…"';
    else if (isOpen(value) && indent.length <= MOST_DEPTH * INDENT.length) this.#writeEntries(value, indent);
    else this.text += 'null';
  }

  #writeEntries(object: object, indent: string): void {
    const isArray = Array.isArray(object);
    const keys = isArray ? object.keys() : Object.keys(object);
    const inner = indent + INDENT;
    let isEmpty = true;
    this.text += isArray ? '[' : '{';
    for (const key of keys) {
      if (this.text.length > MOST_LENGTH) break;
      const value = ownData(object, String(key));
      if (!isArray && isLeftOut(value)) continue;
      this.text += `${isEmpty ? '' : ','}\n${inner}`;
      if (!isArray) this.text += `${JSON.stringify(String(key).slice(0, MOST_LENGTH))}: `;
      this.write(value, inner);
      isEmpty = false;
    }
    if (!isEmpty) this.text += `\n${indent}`;
    this.text += isArray ? ']' : '}';
  }
}

/** What may be looked into, and has no property for each of its bytes. */
function isOpen(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !types.isProxy(value) && !ArrayBuffer.isView(value);
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === 'function' || typeof value === 'symbol';
}
