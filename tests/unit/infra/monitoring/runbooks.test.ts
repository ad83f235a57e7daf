import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alertGroups } from '../../../../infra/monitoring/alertGroups.ts';
import { watchedStack } from '../../../fixtures/alerts/watchedStack.ts';

const docs = new URL('../../../../docs/', import.meta.url);
const groups = alertGroups(watchedStack);
const rules = groups.flatMap((group) => group.rules);
const pages = readdirSync(new URL('runbooks/', docs)).map((file) => file.replace(/\.md$/, ''));

const headings = [
  '## What it means',
  '## What users notice',
  '## Find the cause',
  '## Mend it',
  '## What is lost meanwhile',
];

describe('runbooks', () => {
  it('are one for each alert, and none for another', () => {
    expect(pages.sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it.each(pages)('say what is to be known, and lead to pages that are there: %s', (page) => {
    const text = readFileSync(new URL(`runbooks/${page}.md`, docs), 'utf8');
    expect(text.match(/^#.*$/gm)).toEqual([`# ${page}`, ...headings]);
    expect(text).not.toMatch(/^## .*\n+(#|$(?![^]))/m);
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link ?? '');
    for (const link of links) expect(() => readFileSync(new URL(link, new URL('runbooks/', docs)))).not.toThrow();
  });

  it.each(groups)('are listed under monitoring, with severity and waiting time: $name', ({ name, rules: listed }) => {
    const monitoring = readFileSync(new URL('monitoring.md', docs), 'utf8');
    const [, section = ''] = monitoring.split(`### ${name}\n`);
    const [table = ''] = section.split('\n### ');
    const rows = table.split('\n').flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      return cells[1]?.startsWith('[') ? [cells.slice(1, 5)] : [];
    });
    expect(rows).toEqual(
      listed.map((rule) => [
        `[${rule.name}](runbooks/${rule.name}.md)`,
        rule.severity,
        rule.forMinutes === 0 ? 'at once' : `${rule.forMinutes} min`,
        rule.summary,
      ]),
    );
  });
});

describe('alerts', () => {
  it.each(rules)('say in whose pods something is wrong, in sentences: $name', ({ name, summary, description }) => {
    expect(name).toMatch(/^(Jaeger|Elasticsearch|Kafka|Tracewright)[A-Z][A-Za-z]+$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(description).toMatch(/\{\{ \$labels\.(namespace|pod) \}\}.*\.$/s);
  });
});
