import type { Attributes } from '@opentelemetry/api';
import { attributeText } from '../attributeText.ts';
import { BoundedMap } from './boundedMap.ts';
import type { ThriftWriter } from './thriftWriter.ts';

/** Field ids of `Tag` in jaeger.thrift. */
const KEY = 1;
const TYPE = 2;
const TEXT = 3;
const DOUBLE = 4;
const BOOLEAN = 5;
const LONG = 6;

/** Values of `TagType` in jaeger.thrift. */
const TYPE_TEXT = 0;
const TYPE_DOUBLE = 1;
const TYPE_BOOLEAN = 2;
const TYPE_LONG = 3;

/** Bounds of what is kept of attribute names: less than a megabyte, were all of them as long as allowed. */
const MOST_KEPT_KEYS = 1024;
const LONGEST_KEPT_KEY = 128;

/** Writes tags: of spans, of the process, and the fields of logs. */
export class TagWriter {
  readonly #writer: ThriftWriter;
  /** Attribute names as they are written, since an application has few of them. */
  readonly #keys = new BoundedMap<string, Uint8Array>(MOST_KEPT_KEYS);

  constructor(writer: ThriftWriter) {
    this.#writer = writer;
  }

  /** Writes all attributes as tags and returns how many; stops when the writer is full. `undefined` means no attribute. */
  writeAll(attributes: Attributes): number {
    let count = 0;
    for (const name in attributes) {
      if (!Object.hasOwn(attributes, name)) continue;
      const value = attributes[name];
      if (value === undefined) continue;
      this.write(name, value);
      count++;
      if (this.#writer.isFull) break;
    }
    return count;
  }

  /** Writes one tag. */
  write(name: string, value: unknown): void {
    this.#key(name);
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean') this.#boolean(value);
    else this.#text(attributeText(value));
    this.#writer.endStruct();
  }

  #key(name: string): void {
    const known = this.#keys.get(name);
    if (known !== undefined) {
      this.#writer.bytes(known);
      return;
    }
    const start = this.#writer.position;
    this.#writer.textField(KEY, 0, name);
    if (name.length > LONGEST_KEPT_KEY || this.#writer.isFull) return;
    this.#keys.set(name, this.#writer.copyFrom(start));
  }

  #text(value: string): void {
    this.#writer.int32Field(TYPE, KEY, TYPE_TEXT);
    this.#writer.textField(TEXT, TYPE, value);
  }

  #boolean(value: boolean): void {
    this.#writer.int32Field(TYPE, KEY, TYPE_BOOLEAN);
    this.#writer.booleanField(BOOLEAN, TYPE, value);
  }

  /** What is no number in JSON is a text here: Jaeger's query service cannot show a trace that holds one. */
  #number(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.#writer.int32Field(TYPE, KEY, TYPE_LONG);
      this.#writer.integerField(LONG, TYPE, value);
    } else if (Number.isFinite(value)) {
      this.#writer.int32Field(TYPE, KEY, TYPE_DOUBLE);
      this.#writer.doubleField(DOUBLE, TYPE, value);
    } else this.#text(String(value));
  }
}
