import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { mavenJarsPart } from '../../../../tools/toolchain/mavenJarsPart.ts';
import { locatePart } from '../../../../tools/toolchain/partCache.ts';
import { kafkaPin } from '../../../../tools/toolchain/pins.ts';
import { recordingContext, temporaryDirectory } from './fakes.ts';

const kafkaSources = join(import.meta.dirname, '../../../../tools/toolchain/parts/kafka');
const sha512 = (text: string) => createHash('sha512').update(text).digest('hex');

/** A program of the jars `a.jar` and `b.jar`, each of which holds its name. */
async function sourcesOfProgram(): Promise<string> {
  const directory = await temporaryDirectory();
  await writeFile(join(directory, 'pom.xml'), '<project/>');
  await writeFile(join(directory, 'jars.sha512'), ['a.jar', 'b.jar'].map((jar) => `${sha512(jar)}  ${jar}\n`).join(''));
  await mkdir(join(directory, 'bin'));
  await writeFile(join(directory, 'bin', 'start.sh'), '#!/bin/sh\n', { mode: 0o755 });
  return directory;
}

const partOf = (sourceDirectory: string) =>
  mavenJarsPart({
    name: 'kafka',
    version: '1.0',
    group: 'streaming',
    mavenPlugin: 'p:q:1',
    diskMebibytes: 1,
    sourceDirectory,
  });

/** Builds it with a Maven that brings these jars. */
async function build(jars: Readonly<Record<string, string>>) {
  const directory = await temporaryDirectory();
  const directories = { outputDirectory: join(directory, 'output'), workDirectory: join(directory, 'work') };
  await Promise.all(Object.values(directories).map((path) => mkdir(path)));
  const libs = join(directories.outputDirectory, 'kafka', 'libs');
  const context = recordingContext(directories, async () => {
    await mkdir(libs);
    for (const [jar, content] of Object.entries(jars)) await writeFile(join(libs, jar), content);
    return '';
  });
  return { directories, libs, context, built: partOf(await sourcesOfProgram()).build(context) };
}

const jars = { 'a.jar': 'a.jar', 'b.jar': 'b.jar' };

describe('mavenJarsPart', () => {
  it('puts the jars beside our own directories, whose programs can still be run', async () => {
    const { directories, context, libs, built } = await build(jars);
    await built;
    const program = join(directories.outputDirectory, 'kafka');
    expect(await readdir(directories.outputDirectory)).toEqual(['kafka']);
    expect(await readdir(program)).toEqual(['bin', 'libs']);
    expect((await stat(join(program, 'bin', 'start.sh'))).mode & 0o777).toBe(0o755);
    expect(context.commands).toEqual([
      [
        'mvn',
        '--batch-mode',
        '--no-transfer-progress',
        'p:q:1:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${libs}`,
      ],
    ]);
    expect(await readFile(join(directories.workDirectory, 'pom.xml'), 'utf8')).toBe('<project/>');
  });

  it('refuses a jar that is not the pinned one', async () => {
    const { built } = await build({ ...jars, 'b.jar': 'changed' });
    await expect(built).rejects.toMatchObject({
      name: 'ChecksumMismatchError',
      artifact: 'b.jar',
      expected: sha512('b.jar'),
      actual: sha512('changed'),
    });
  });

  it('names the jars that came unasked, and those that did not come', async () => {
    const { built } = await build({ 'a.jar': 'a.jar', 'c.jar': 'c.jar' });
    await expect(built).rejects.toMatchObject({
      name: 'UnlistedJarsError',
      unknown: ['c.jar'],
      missing: ['b.jar'],
      message: expect.stringMatching(
        /jars\.sha512 does not fit the pom\.xml beside it\. Maven brought jars that it does not list: c\.jar\. Maven did not bring: b\.jar$/,
      ) as unknown,
    });
  });

  it.each(['pom.xml', 'jars.sha512', 'bin/start.sh'])('is another part when %s changes', async (file) => {
    const sources = await sourcesOfProgram();
    const directoryOf = async () => (await locatePart('/cache', partOf(sources))).directory;
    const before = await directoryOf();
    expect(await directoryOf()).toBe(before);
    await writeFile(join(sources, file), 'changed');
    expect(await directoryOf()).not.toBe(before);
  });
});

describe('the part kafka', () => {
  it('is of the version that its pom.xml asks for', async () => {
    const pom = await readFile(join(kafkaSources, 'pom.xml'), 'utf8');
    const versions = [...pom.matchAll(/<artifactId>kafka[^<]*<\/artifactId>\s*<version>([^<]+)</g)];
    expect(versions.map(([, version]) => version)).toEqual([kafkaPin.version, kafkaPin.version]);
    expect(await readFile(join(kafkaSources, 'jars.sha512'), 'utf8')).toContain(`  kafka_2.13-${kafkaPin.version}.jar`);
  });

  it('has scripts that can be run', async () => {
    const scripts = await readdir(join(kafkaSources, 'bin'));
    expect(scripts).toEqual(expect.arrayContaining(['kafka-server-start.sh', 'kafka-storage.sh', 'kafka-topics.sh']));
    for (const script of scripts) await access(join(kafkaSources, 'bin', script), constants.X_OK);
  });
});
