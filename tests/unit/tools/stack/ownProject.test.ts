import { mkdtempSync, readFileSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { prepareOwnProject } from '../../../../tools/stack/ownProject.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-project-'));
const source = join(directory, 'Pulumi.dev.yaml');
const settings = 'config:\n  tracewright:namespace: tracing\n';

test("what the CLI adds to its copy is kept, and the user's file is never written", async () => {
  writeFileSync(source, settings);
  const { configFile } = await prepareOwnProject(directory, 'dev', source);
  appendFileSync(configFile, 'encryptionsalt: v1:salt\n');
  writeFileSync(source, settings.replace('tracing', 'other'));
  await prepareOwnProject(directory, 'dev', source);
  expect(parse(readFileSync(configFile, 'utf8'))).toEqual({
    config: { 'tracewright:namespace': 'other' },
    encryptionsalt: 'v1:salt',
  });
  expect(readFileSync(source, 'utf8')).not.toContain('encryptionsalt');
});

test("a salt of the user's own wins, because secrets in the file were encrypted with it", async () => {
  writeFileSync(source, `${settings}encryptionsalt: v1:mine\n`);
  const { configFile } = await prepareOwnProject(directory, 'dev', source);
  expect(parse(readFileSync(configFile, 'utf8'))).toMatchObject({ encryptionsalt: 'v1:mine' });
  expect(statSync(configFile).mode & 0o777).toBe(0o600);
});

test("a copy in a directory of a preview's own takes the salt along and leaves what an up reads as it is", async () => {
  const state = mkdtempSync(join(tmpdir(), 'tracewright-project-'));
  const other = mkdtempSync(join(tmpdir(), 'tracewright-preview-'));
  writeFileSync(source, settings);
  const { configFile: shared } = await prepareOwnProject(state, 'dev', source);
  appendFileSync(shared, 'encryptionsalt: v1:salt\n');
  const before = readFileSync(shared, 'utf8');
  writeFileSync(source, settings.replace('tracing', 'previewed'));
  const { directory: used, configFile } = await prepareOwnProject(state, 'dev', source, other);
  expect(used).toBe(other);
  expect(parse(readFileSync(configFile, 'utf8'))).toMatchObject({
    config: { 'tracewright:namespace': 'previewed' },
    encryptionsalt: 'v1:salt',
  });
  expect(readFileSync(shared, 'utf8')).toBe(before);
});
