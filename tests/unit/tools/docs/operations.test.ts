import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { issuerScript } from '../../../../infra/jaeger/issuerScript.ts';
import { waitScript } from '../../../../infra/jaeger/waitScript.ts';

const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');

interface Row {
  readonly sentence: string;
  readonly pattern: RegExp;
}

/** First columns with this word in them, as patterns: a word in capitals and an ellipsis stand for anything. */
function rowsWith(word: RegExp): Row[] {
  return [...page.matchAll(/^\| `(?<sentence>[^`]*)` +\|/gm)]
    .map((match) => match.groups?.['sentence'] ?? '')
    .filter((sentence) => word.test(sentence))
    .map((sentence) => {
      const pattern = sentence
        .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
        .replaceAll(/\b(?:ADDRESS|NUMBER|KIND|VERSION|PREFIX|OTHER|ISSUER|SECRET|CLIENT|NAME)\b|…/g, '.+');
      return { sentence, pattern: new RegExp(`^${pattern}$`) };
    });
}

/** Every reason that a waiting container has, as its script holds it: with variables in it. */
function reasonsOf(script: string): string[] {
  return [...script.matchAll(/reason="(?<text>(?:[^"\\]|\\.)*)"/g)]
    .map((match) => (match.groups?.['text'] ?? '').replaceAll(String.raw`\"`, '"'))
    .filter((text) => !text.startsWith('$reason'));
}

describe.each([
  ['Elasticsearch', rowsWith(/\bADDRESS\b/), reasonsOf(waitScript)],
  ['the issuer of log-ins', rowsWith(/\b(?:ISSUER|SECRET)\b|^the issuer/), reasonsOf(issuerScript)],
])('what to do about what a pod waits for of %s', (_what, rows, reasons) => {
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
