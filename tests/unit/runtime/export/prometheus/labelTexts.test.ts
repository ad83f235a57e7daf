import type { Attributes } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { LabelTexts } from '../../../../../runtime/src/export/prometheus/labelTexts.ts';

const textOf = (attributes: Attributes): string => new LabelTexts().of(attributes);

/** As they come from hand-written JavaScript. */
function untyped(attributes: unknown): Attributes {
  return attributes as Attributes;
}

describe('LabelTexts', () => {
  it('writes attributes in the order of their names, texts as they are and all else as JSON', () => {
    expect(textOf({ 'http.route': '/a', b: true, a: 1.5, list: ['x', 'y'] })).toBe(
      String.raw`a="1.5",b="true",http_route="/a",list="[\"x\",\"y\"]"`,
    );
  });

  it('escapes backslashes, quotes and line breaks, and nothing else', () => {
    expect(textOf({ a: 'C:\\n "x"\n\t\r{},=#' })).toBe('a="C:\\\\n \\"x\\"\\n\t\r{},=#"');
  });

  it('puts both values into the label that two names become, in the order of the names', () => {
    expect(textOf({ 'a.b': '2', 'a-b': '1', a_b: '3' })).toBe('a_b="1;2;3"');
  });

  it.each<[name: string, label: string]>([
    ['__name__', '_name_'],
    ['9', '_9'],
    ['é', '_'],
    ['', '_'],
    ['a"b\nc', 'a_b_c'],
    ['le', 'exported_le'],
    ['quantile', 'exported_quantile'],
    ['otel.scope.name', 'exported_otel_scope_name'],
    ['constructor', 'constructor'],
  ])('the attribute %j is the label %s', (name, label) => {
    expect(textOf({ [name]: 'x' })).toBe(`${label}="x"`);
  });

  it('leaves out what is empty, which to Prometheus is not there', () => {
    expect(textOf(untyped({ a: '', b: undefined, c: null, d: 0 }))).toBe('d="0"');
  });

  it('writes NaN and infinities, and half a surrogate pair as U+FFFD', () => {
    expect(textOf({ a: Number.NaN, b: Number.NEGATIVE_INFINITY, c: 'x\ud800' })).toBe(
      'a="NaN",b="-Infinity",c="x\ufffd"',
    );
  });

  it('cuts values of a megabyte and the 129th label', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`a${String(index).padStart(3, '0')}`, 1]),
    );
    expect(textOf({ a: 'é'.repeat(1_000_000) })).toBe(`a="${'é'.repeat(1023)}…"`);
    expect(textOf(many).split(',')).toHaveLength(128);
    expect(textOf({ ['k'.repeat(1_000_000)]: 1 })).toBe(`${'k'.repeat(255)}="1"`);
  });

  it('writes values that no attribute may have, without running their code', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const trap = {
      toJSON(): never {
        throw new Error('called');
      },
    };
    expect(textOf(untyped({ a: cycle, b: trap, c: 10n }))).toBe(
      String.raw`a="{\"self\":[cycle]}",b="{\"toJSON\":[function]}",c="10n"`,
    );
  });

  it('reads the attributes of a series once', () => {
    const labels = new LabelTexts();
    let reads = 0;
    const attributes = {
      get a() {
        reads += 1;
        return 'x';
      },
    };
    expect([labels.of(attributes), labels.of(attributes)]).toEqual(['a="x"', 'a="x"']);
    expect(reads).toBe(1);
  });
});
