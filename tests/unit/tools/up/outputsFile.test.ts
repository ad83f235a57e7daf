import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseTracingConfig } from '../../../../runtime/src/tracing/configuration/parseTracingConfig.ts';
import { readTracingSources } from '../../../../runtime/src/tracing/configuration/readTracingSources.ts';
import {
  defaultOutputsFile,
  removeOutputsFile,
  requireOutputsFile,
  writeOutputsFile,
} from '../../../../tools/up/outputsFile.ts';
import { stackOutputs } from '../../runtime/tracing/configuration/stackOutputsFixture.ts';

function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'tracewright-outputs-'));
}

test('the runtime takes the file by TRACEWRIGHT_STACK_OUTPUTS_FILE, and finds the agent by it', () => {
  const file = defaultOutputsFile(temporaryDirectory(), 'dev');
  writeOutputsFile(file, stackOutputs);
  const sources = readTracingSources(
    { serviceName: 'shop' },
    {
      environment: { TRACEWRIGHT_STACK_OUTPUTS_FILE: file },
      readTextFile: (path) => readFileSync(path, 'utf8'),
    },
  );
  const { host, thriftBinaryPort: port } = stackOutputs.agent;
  expect(parseTracingConfig(sources).exporter).toMatchObject({ kind: 'jaeger-agent', host, port });
});

test('whoever gets into its directory may read it, and only its owner gets there', async () => {
  const stateDirectory = temporaryDirectory();
  const file = defaultOutputsFile(stateDirectory, 'dev');
  const umask = process.umask(0o077);
  try {
    writeOutputsFile(file, stackOutputs);
  } finally {
    process.umask(umask);
  }
  expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o644, 0o700]);
  expect(readdirSync(join(stateDirectory, 'outputs'))).toEqual(['dev.json']);
  await removeOutputsFile(stateDirectory, 'dev');
  expect(existsSync(file)).toBe(false);
});

test('a file that is new or that is written anew can be named, and trying leaves nothing', () => {
  const directory = temporaryDirectory();
  requireOutputsFile(join(directory, 'new.json'));
  expect(readdirSync(directory)).toEqual([]);
  writeFileSync(join(directory, 'old.json'), 'old');
  requireOutputsFile(join(directory, 'old.json'));
  expect(readFileSync(join(directory, 'old.json'), 'utf8')).toBe('old');
});

test.each([
  ['a directory', '.', 'is a directory; name a file in it'],
  ['a place that is not there', 'no/where/outputs.json', 'cannot be written: ENOENT'],
  ['a link, which would be replaced', 'link', 'is a symbolic link; name the file itself'],
])('%s is refused before anything is deployed', (_what, path, message) => {
  const directory = temporaryDirectory();
  symlinkSync('/dev/null', join(directory, 'link'));
  expect(() => requireOutputsFile(join(directory, path))).toThrow(
    `--outputs-file: ${join(directory, path)} ${message}`,
  );
});

test('what is no regular file is refused', () => {
  expect(() => requireOutputsFile('/dev/null')).toThrow('--outputs-file: /dev/null is not a regular file');
});
