import { describe, expect, it } from 'vitest';
import { traceLink } from '../../../../../runtime/src/dashboard/traces/traceLinks.ts';

const traceId = '6b873b28ebbe7b5804a8b3093329bfb8';

describe('a link to Jaeger', () => {
  it.each([
    ['https://tracing.example', `https://tracing.example/trace/${traceId}`],
    ['http://tracing.example:8080/jaeger/', `http://tracing.example:8080/jaeger/trace/${traceId}`],
    ['https://tracing.example/?a=b#c', `https://tracing.example/trace/${traceId}`],
  ])('is made of %s', (url, link) => {
    expect(traceLink(url, traceId)).toBe(link);
  });

  it('leads to a span, where its ID is one', () => {
    expect(traceLink('https://t.example', traceId, '4F54CCF16206563C')).toBe(
      `https://t.example/trace/${traceId}?uiFind=4f54ccf16206563c`,
    );
    expect(traceLink('https://t.example', traceId, '"><script>')).toBe(`https://t.example/trace/${traceId}`);
  });

  it.each([
    undefined,
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://tracing.example',
    'https://user@tracing.example',
    'https://:pass@tracing.example',
    'tracing.example',
    '',
  ])('is not made of %s', (url) => {
    expect(traceLink(url, traceId)).toBeUndefined();
  });

  it.each(['', 'abc', '0'.repeat(32), '../../admin', `${traceId}0`, `${traceId.slice(1)}g`, `${traceId}\n`])(
    'is not made to the ID %j',
    (id) => {
      expect(traceLink('https://tracing.example', id)).toBeUndefined();
    },
  );

  it('names traces as Jaeger does: in lowercase, with 16 digits where the others are 0', () => {
    expect(traceLink('https://t.example', 'ABCDEF0123456789')).toBe('https://t.example/trace/abcdef0123456789');
    expect(traceLink('https://t.example', '0000000000000000abcdef0123456789')).toBe(
      'https://t.example/trace/abcdef0123456789',
    );
    expect(traceLink('https://t.example', '1abcdef0123456789')).toBe(
      'https://t.example/trace/0000000000000001abcdef0123456789',
    );
  });
});
