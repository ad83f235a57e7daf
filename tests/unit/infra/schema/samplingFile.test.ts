import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSamplingFile, withSamplingFile } from '../../../../infra/schema/samplingFile.ts';

const directory = mkdtempSync(join(tmpdir(), 'tracewright-sampling-file-'));
afterAll(() => rmSync(directory, { recursive: true }));

const project = join(directory, 'project');
mkdirSync(join(project, 'config'), { recursive: true });
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(project, name), content);
write('sampling.yaml', 'default: { type: probabilistic, param: 0.25 }\n');
write('config/strategies.json', '{"default_strategy": {"type": "ratelimiting", "param": 2}}');
write('every5.yaml', 'reloadIntervalSeconds: 5\nservices: []\n');
write('wrong.yaml', 'default: { type: guess }\nservices: [{ service: a, type: ratelimiting, param: 0 }]\n');
write('binary.yaml', new Uint8Array([0xff, 0xfe]));
write('large.yaml', `# ${'x'.repeat(1024 * 1024)}`);
writeFileSync(join(directory, 'outside.yaml'), 'default: { type: probabilistic, param: 1 }\n');
symlinkSync(join(directory, 'outside.yaml'), join(project, 'link.yaml'));

/** The problems of `sampling`, as a user reads them. */
function problemsOf(sampling: unknown): string[] {
  return withSamplingFile({ 'tracewright:sampling': sampling, 'tracewright:namespace': 'x' }, project).problems.map(
    ({ key, value, message }) => `${key}${value === undefined ? '' : ` = ${value}`}: ${message}`,
  );
}

describe('withSamplingFile', () => {
  it.each([
    ['no sampling', {}],
    ['strategies in their place', { 'tracewright:sampling': { default: { type: 'probabilistic', param: 1 } } }],
    ['another form', { sampling: 'sampling.yaml' }],
  ])('leaves a configuration with %s alone', (_what, config) => {
    expect(withSamplingFile(config, project)).toEqual({ config, problems: [] });
  });

  it.each(['tracewright:sampling', 'sampling'])('puts the content of the file in its place under "%s"', (key) => {
    expect(
      withSamplingFile({ [key]: { file: 'sampling.yaml', reloadIntervalSeconds: 3 }, namespace: 'x' }, project),
    ).toEqual({
      config: { [key]: { default: { type: 'probabilistic', param: 0.25 }, reloadIntervalSeconds: 3 }, namespace: 'x' },
      problems: [],
    });
  });

  it("reads Jaeger's own format below the project", () => {
    expect(withSamplingFile({ sampling: { file: './config/../config/strategies.json' } }, project).config).toEqual({
      sampling: { default: { type: 'ratelimiting', param: 2 } },
    });
  });

  it('takes what is wrong with the file out of the configuration, so that the rest can be checked', () => {
    const { config, problems } = withSamplingFile({ sampling: { file: 'wrong.yaml' }, namespace: 'x' }, project);
    expect(config).toEqual({ namespace: 'x' });
    expect(problems.map(({ key }) => key)).toEqual([
      'wrong.yaml:1:12: default.type',
      'wrong.yaml:2:46: services[0].param',
    ]);
  });

  it.each([
    [
      { file: '' },
      'tracewright:sampling.file = "": must be a path from the directory of Pulumi.yaml, like sampling.yaml',
    ],
    [
      { file: 3 },
      'tracewright:sampling.file = 3: must be a path from the directory of Pulumi.yaml, like sampling.yaml',
    ],
    [
      { file: null },
      'tracewright:sampling.file = null: must be a path from the directory of Pulumi.yaml, like sampling.yaml',
    ],
    [
      { file: '../outside.yaml' },
      'tracewright:sampling.file = "../outside.yaml": must lie in the directory of Pulumi.yaml, so that whoever has the project has the file',
    ],
    [
      { file: '/etc/hostname' },
      'tracewright:sampling.file = "/etc/hostname": must lie in the directory of Pulumi.yaml, so that whoever has the project has the file',
    ],
    [
      { file: 'link.yaml' },
      'tracewright:sampling.file = "link.yaml": must lie in the directory of Pulumi.yaml, so that whoever has the project has the file',
    ],
    [
      { file: 'missing.yaml' },
      'tracewright:sampling.file = "missing.yaml": does not exist: it must be a YAML or JSON file',
    ],
    [{ file: 'config' }, 'tracewright:sampling.file = "config": is a directory: it must be a YAML or JSON file'],
    [
      { file: 'binary.yaml' },
      'tracewright:sampling.file = "binary.yaml": is not UTF-8 text: it must be a YAML or JSON file',
    ],
    [
      { file: 'large.yaml' },
      'tracewright:sampling.file = "large.yaml": must have at most 1048576 bytes, and has 1048578',
    ],
    [
      { file: 'sampling.yaml', services: [] },
      'tracewright:sampling.services: stands beside sampling.file: write it there',
    ],
    [{ file: 'sampling.yaml', default: {} }, 'tracewright:sampling.default: stands in sampling.yaml too: give it once'],
    [
      { file: 'every5.yaml', reloadIntervalSeconds: 5 },
      'tracewright:sampling.reloadIntervalSeconds: stands in every5.yaml too: give it once',
    ],
    [
      { file: 'sampling.yaml', reloadIntervalSecond: 5 },
      'tracewright:sampling.reloadIntervalSecond: is not a known key; did you mean "reloadIntervalSeconds"? (known here: file, reloadIntervalSeconds)',
    ],
  ])('refuses %j', (sampling, problem) => {
    expect(problemsOf(sampling)).toEqual([problem]);
  });
});

describe('readSamplingFile', () => {
  it('gives what TracingStack takes, and leaves the default to the environment where the file says none', () => {
    expect(readSamplingFile(join(project, 'config/strategies.json'))).toEqual({
      default: { type: 'ratelimiting', param: 2 },
      services: [],
    });
    expect(readSamplingFile(join(project, 'every5.yaml'))).toEqual({ reloadIntervalSeconds: 5, services: [] });
  });

  it('throws all problems at once', () => {
    const file = join(project, 'wrong.yaml');
    expect(() => readSamplingFile(file)).toThrow(
      `2 problems in ${file}:\n  ${file}:1:12: default.type = "guess": must be`,
    );
    const missing = join(project, 'missing.yaml');
    expect(() => readSamplingFile(missing)).toThrow(
      `1 problem in ${missing}:\n  ${missing}: does not exist: it must be a YAML or JSON file`,
    );
  });
});
