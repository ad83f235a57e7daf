import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { waitScript } from '../../../../infra/jaeger/waitScript.ts';

const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');

/** What the first column of a table says, as a pattern: a word in capitals and an ellipsis stand for anything. */
const rows = [...page.matchAll(/^\| `(?<sentence>[^`]*\bADDRESS\b[^`]*)` +\|/gm)].map((match) => {
  const sentence = match.groups?.['sentence'] ?? '';
  const pattern = sentence
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\b(?:ADDRESS|NUMBER|KIND|VERSION|PREFIX|OTHER)\b|…/g, '.+');
  return { sentence, pattern: new RegExp(`^${pattern}$`) };
});

/** Every reason that the waiting container has, as its script holds it: with variables in it. */
const reasons = [...waitScript.matchAll(/reason="(?<text>(?:[^"\\]|\\.)*)"/g)]
  .map((match) => (match.groups?.['text'] ?? '').replaceAll(String.raw`\"`, '"'))
  .filter((text) => !text.startsWith('$reason'));

describe('what to do about what a pod waits for', () => {
  it('is there to be found', () => {
    expect(reasons.length).toBeGreaterThan(10);
    expect(rows.length).toBeGreaterThan(10);
  });

  it.each(reasons)('is said for: %s', (reason) => {
    expect(rows.filter(({ pattern }) => pattern.test(reason)).map(({ sentence }) => sentence)).not.toEqual([]);
  });

  it.each(rows)('is said for nothing that no pod says: $sentence', ({ pattern }) => {
    expect(reasons.filter((reason) => pattern.test(reason))).not.toEqual([]);
  });
});

describe('the page of operations', () => {
  const headings = [...page.matchAll(/^## (?<title>.+)$/gm)].map((match) => match.groups?.['title'] ?? '');

  it('lists its parts, each with a link that leads there', () => {
    const links = [...page.matchAll(/^- \[(?<title>[^\]]+)\]\(#(?<anchor>[^)]+)\)$/gm)];
    expect(links.map((match) => match.groups?.['title'])).toEqual(headings);
    for (const { groups } of links) {
      expect(groups?.['anchor']).toBe(groups?.['title']?.toLowerCase().replaceAll(' ', '-'));
    }
  });
});
