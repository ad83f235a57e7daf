import { expect, it } from 'vitest';
import { runbookPages, runbookUrl } from '../../../../infra/monitoring/runbookPages.ts';

it.each([
  ['https://wiki.example/runbooks', 'https://wiki.example/runbooks/X'],
  ['https://wiki.example/runbooks/{alert}', 'https://wiki.example/runbooks/X'],
  ['https://git.example/docs/runbooks/{alert}.md', 'https://git.example/docs/runbooks/X.md'],
])('a runbook of %s is at its name', (runbookBaseUrl, address) => {
  expect(runbookUrl('X', runbookBaseUrl)).toBe(address);
  expect(runbookPages(runbookBaseUrl).directory).toBe(address.replace(/\/X.*/, ''));
});
