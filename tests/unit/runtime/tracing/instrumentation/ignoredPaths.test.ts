import { describe, expect, it } from 'vitest';
import { ignoredPaths } from '../../../../../runtime/src/tracing/instrumentation/ignoredPaths.ts';

describe('paths that are not traced', () => {
  const isIgnored = ignoredPaths(['/healthz', '/tracewright/*']);

  it.each([
    '/healthz',
    '/healthz?deep=1',
    '/tracewright',
    '/tracewright/',
    '/tracewright?x',
    '/tracewright/api/v1/live',
  ])('are such as %s', (url) => {
    expect(isIgnored(url)).toBe(true);
  });

  it.each([undefined, '', '/', '/healthz/', '/healthzz', '/tracewrights', '/a/tracewright/', '/?/tracewright/'])(
    'are none such as %s',
    (url) => {
      expect(isIgnored(url)).toBe(false);
    },
  );

  it('are none where none is named, and all where all are', () => {
    expect([ignoredPaths([])('/healthz'), ignoredPaths(['/*'])('/healthz')]).toEqual([false, true]);
  });
});
