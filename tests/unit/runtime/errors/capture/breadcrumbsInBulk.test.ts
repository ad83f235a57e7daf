import { describe, expect, it } from 'vitest';
import { Breadcrumbs } from '../../../../../runtime/src/errors/capture/breadcrumbs.ts';
import { FakeHost } from '../../../../support/fakeHost.ts';

function breadcrumbs(limit = 100) {
  const host = new FakeHost();
  const redacted: string[] = [];
  const redactText = (text: string): string => {
    redacted.push(text);
    return text.replaceAll('secret', '[redacted]');
  };
  const crumbs = new Breadcrumbs({ host, redactText, limit });
  // Kinds are redacted at once, and known again afterwards.
  crumbs.add('log', '');
  redacted.length = 0;
  return { host, crumbs, redacted };
}

describe('breadcrumbs in bulk', () => {
  it('are redacted a second later, and not while they are added', () => {
    const { host, crumbs, redacted } = breadcrumbs();
    crumbs.add('log', 'a secret', Object.freeze({ note: 'another secret' }));
    host.advance(999);
    expect(redacted).toEqual([]);
    host.advance(1);
    expect(redacted).toEqual(['a secret', 'note', 'another secret']);
    expect(crumbs.recent().at(-1)).toMatchObject({ message: 'a [redacted]', data: { note: 'another [redacted]' } });
    expect(redacted).toHaveLength(3);
  });

  it('are redacted before they are shown, and not again', () => {
    const { host, crumbs, redacted } = breadcrumbs();
    crumbs.add('log', 'a secret');
    expect(crumbs.recent().at(-1)?.message).toBe('a [redacted]');
    host.advance(1000);
    expect(redacted).toEqual(['a secret']);
  });

  it('that have made room are not redacted at all, and no more than 200 in one turn', () => {
    const { host, crumbs, redacted } = breadcrumbs(15);
    for (let number = 0; number < 10_000; number += 1) crumbs.add('log', `line ${number}`);
    host.advance(1000);
    expect(redacted).toHaveLength(200);
    host.advance(0);
    expect(redacted).toHaveLength(300);
    expect(new Set(redacted).size).toBe(300);
    expect(redacted).toContain('line 9700');
    expect(redacted).not.toContain('line 9699');
  });

  it('that are long are cut at once, and data that may change are read at once', () => {
    const { crumbs, redacted } = breadcrumbs();
    const data = { note: 'before' };
    crumbs.add('log', 'x'.repeat(1025), data);
    expect(redacted).toHaveLength(3);
    data.note = 'after';
    expect(crumbs.recent().at(-1)?.data).toEqual({ note: 'before' });
  });
});
