import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeFileProblem, findUnwritable, writeReports } from '../../../../../tools/validate/report/reportFiles.ts';
import { sampleReport } from '../../../../support/validateReport.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-reports-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const report = sampleReport();

describe('findUnwritable', () => {
  it('finds nothing wrong with files that can be written, makes their folders, and changes no file', async () => {
    const there = join(folder, 'there.json');
    writeFileSync(there, 'as it was');
    const files = [
      { option: 'json-file' as const, file: there },
      { option: 'junit' as const, file: join(folder, 'new/folder/junit.xml') },
    ];
    await expect(findUnwritable(files)).resolves.toEqual([]);
    expect(readFileSync(there, 'utf8')).toBe('as it was');
    expect(readdirSync(folder)).toEqual(['new', 'there.json']);
    expect(readdirSync(join(folder, 'new/folder'))).toEqual([]);
  });

  it('says of each file what is wrong with it', async () => {
    writeFileSync(join(folder, 'file'), '');
    const files = [
      { option: 'html' as const, file: folder },
      { option: 'json-file' as const, file: '/dev/null' },
      { option: 'junit' as const, file: join(folder, 'file/junit.xml') },
    ];
    expect((await findUnwritable(files)).map(describeFileProblem)).toEqual([
      `--html: ${folder} cannot be written: it is a directory; name a file in it`,
      '--json-file: /dev/null cannot be written: it is no plain file',
      `--junit: ${join(folder, 'file/junit.xml')} cannot be written: EEXIST: file already exists, mkdir '${join(folder, 'file')}'`,
    ]);
  });

  it('names the file itself where its folder takes no file', async () => {
    const [problem] = await findUnwritable([{ option: 'html', file: '/proc/report.html' }]);
    expect(problem?.reason).toBe("ENOENT: no such file or directory, open '/proc/report.html'");
  });
});

describe('writeReports', () => {
  it('writes each report in its form, and leaves nothing else', async () => {
    const files = [
      { option: 'html' as const, file: join(folder, 'a') },
      { option: 'json-file' as const, file: join(folder, 'b') },
      { option: 'junit' as const, file: join(folder, 'c') },
    ];
    await expect(writeReports(report, files)).resolves.toEqual([]);
    const [html, json, junit] = files.map(({ file }) => readFileSync(file, 'utf8'));
    expect(html?.startsWith('<!doctype html>')).toBe(true);
    expect(JSON.parse(json ?? '')).toMatchObject({ version: 1, outcome: 'failed' });
    expect(junit).toContain('<testsuites name="tracewright-validate dev"');
    expect(readdirSync(folder)).toEqual(['a', 'b', 'c']);
  });

  it('writes those that can be written when one cannot, which stays as it was', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken/in'), 'as it was');
    const written = await writeReports(report, [
      { option: 'json-file', file: join(folder, 'taken') },
      { option: 'junit', file: join(folder, 'junit.xml') },
    ]);
    expect(written.map(({ option }) => option)).toEqual(['json-file']);
    expect(readFileSync(join(folder, 'taken/in'), 'utf8')).toBe('as it was');
    expect(readdirSync(folder)).toEqual(['junit.xml', 'taken']);
  });

  it('writes what only its owner may read, and leaves a file that there was open to whom it was', async () => {
    const files = ['new', 'private', 'shared'].map((name) => ({ option: 'junit' as const, file: join(folder, name) }));
    writeFileSync(join(folder, 'private'), 'old', { mode: 0o600 });
    writeFileSync(join(folder, 'shared'), 'old');
    chmodSync(join(folder, 'shared'), 0o664);
    await expect(writeReports(report, files)).resolves.toEqual([]);
    expect(files.map(({ file }) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o664]);
  });

  it('writes to where a link leads, and leaves the link', async () => {
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync('real', join(folder, 'link'));
    await writeReports(report, [{ option: 'json-file', file: join(folder, 'link') }]);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'real'), 'utf8'))).toMatchObject({ version: 1 });
  });
});
