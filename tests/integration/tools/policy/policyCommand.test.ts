import { execa } from 'execa';
import { XMLParser } from 'fast-xml-parser';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Log } from 'sarif';
import { checkout } from '../../../support/commands.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { a: b }\n';
const breach = `# The shop.
apiVersion: v1
kind: Pod
metadata: { name: shop, namespace: shop }
spec:
  containers:
    - name: shop
      image: shop:1.4.2
`;
const exempt = (expires: string): string => `exemptions:
  - rule: container-resources
    resource: Pod/shop/*
    reason: It is measured before it is bounded.
    expires: ${expires}
`;

/** A directory with these files. */
function directoryWith(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'tracewright-policy-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

/** Runs the command as package.json's script does. */
async function policy(...args: readonly string[]) {
  const command = ['tools/bootstrap.mjs', 'tools/policy/main.ts', ...args];
  const { exitCode, stdout, stderr } = await execa(process.execPath, command, {
    cwd: checkout,
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
}

/** What a run found: `rule object`. */
function findingsOf(stdout: string): readonly string[] {
  const { targets } = JSON.parse(stdout.split('\n').at(-1) ?? '') as {
    readonly targets: readonly { readonly findings: readonly { readonly rule: string; readonly object: string }[] }[];
  };
  return targets.flatMap(({ findings }) => findings.map(({ rule, object }) => `${rule} ${object}`));
}

describe('manifests', () => {
  test('that keep every mandatory rule pass, and progress stays out of the answer', async () => {
    const result = await policy('--manifests', directoryWith({ 'settings.yaml': settings }));
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^│ manifests │ prod +│ +1 │/m);
    expect(result.stdout).toContain('\nmanifests: 1 file\n\npassed: ');
    expect(result.stderr).toMatch(/^manifests: started\nmanifests: done \(\d+\.\d s\)$/);
  });

  test('that break one fail, with object, field, line and what to do', async () => {
    const directory = directoryWith({
      'shop/pod.yaml': breach,
      'settings.json': '{"apiVersion":"v1","kind":"ConfigMap"}',
    });
    const result = await policy('--manifests', directory, '--environment', 'dev');
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`
  Pod/shop/shop
`);
    expect(result.stdout).toContain(`    mandatory container-resources (${directory}/shop/pod.yaml:7)
      container "shop": spec.containers[0].resources.limits.memory is missing: it must be a Kubernetes quantity above zero
      Fix: resources: { limits: { memory: "256Mi" } }
`);
    expect(result.stdout).toMatch(/^│ manifests │ dev +│ +2 │/m);
    expect(result.stdout).toMatch(/\nFAILED: \d+ mandatory.*$/);
  });

  test('that are broken fail with file and line, and the others are looked at all the same', async () => {
    const directory = directoryWith({
      'a.yaml': `${breach}---\na: [\n`,
      'b/chart.yaml': 'image: {{ .Values.image }}\n',
    });
    const result = await policy('--manifests', directory);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`  error ${directory}/a.yaml:11: is not YAML: `);
    expect(result.stdout).toContain(
      `  error ${directory}/b/chart.yaml:1: has a mapping for a name; it looks like a template: render it first (with Helm: \`helm template\`)`,
    );
    expect(result.stdout).toContain('mandatory container-resources');
  });

  test('are answered as one object, the last line, also when something is wrong', async () => {
    const result = await policy('--manifests', directoryWith({ 'pod.yaml': breach }), '--json');
    expect(result.exitCode).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ passed: false, targets: [{ name: 'manifests', objects: 1 }] });
    expect(findingsOf(result.stdout)).toContain('container-resources Pod/shop/shop');
  });

  test('that are not there are refused', async () => {
    const empty = directoryWith({});
    expect(await policy('--manifests', join(empty, 'missing'))).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringContaining(`ManifestPathError: --manifests: ${empty}/missing does not exist`) as string,
    });
    expect(await policy('--manifests', empty)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(`error ${empty}: holds no Kubernetes object`) as string,
    });
  });
});

test('a report that cannot be written fails the run by its name, and takes nothing from the others', async () => {
  const directory = directoryWith({ 'settings.yaml': settings });
  const manifests = join(directory, 'settings.yaml');
  const good = join(directory, 'good.json');
  const { exitCode, stdout, stderr } = await policy(
    ...['--manifests', manifests, '--report', `json=${directory}`, '--report', `json=${good}`, '--environment', 'prd'],
  );
  expect([exitCode, existsSync(good)]).toEqual([1, true]);
  expect(stdout).toContain('--environment: neither a rule nor the configuration knows "prd": did you mean "prod"?');
  expect(stdout).toContain('passed: ');
  expect(stderr).toContain(`ReportFileError: --report: ${directory} cannot be written: EISDIR`);
});

test('all reports of one run say the same', async () => {
  const directory = directoryWith({ 'pod.yaml': breach, 'policy.yaml': exempt('2999-12-31') });
  const file = (name: string): string => join(directory, 'reports', name);
  const formats = ['table', 'markdown', 'sarif', 'junit', 'json'];
  const result = await policy(
    ...['--manifests', join(directory, 'pod.yaml'), '--config', join(directory, 'policy.yaml'), '--json'],
    ...formats.flatMap((format) => ['--report', `${format}=${file(format)}`]),
  );
  const read = (name: string): string => readFileSync(file(name), 'utf8');
  const run = JSON.parse(result.stdout) as {
    readonly targets: readonly { readonly findings: readonly unknown[]; readonly exempted: readonly unknown[] }[];
  };
  const found = run.targets[0]?.findings.length ?? 0;
  const excused = run.targets[0]?.exempted.length ?? 0;
  expect([found > 0, excused]).toEqual([true, 4]);
  expect(JSON.parse(read('json'))).toEqual(run);
  const results = (JSON.parse(read('sarif')) as Log).runs[0]?.results ?? [];
  expect(results.filter(({ suppressions }) => suppressions === undefined)).toHaveLength(found);
  expect(results.filter(({ suppressions }) => suppressions !== undefined)).toHaveLength(excused);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' });
  expect(parser.parse(read('junit'))).toMatchObject({
    testsuites: { '@skipped': '1', testsuite: { '@name': 'manifests' } },
  });
  expect(read('markdown').match(/^\| \[/gm)).toHaveLength(found);
  expect(read('table').match(/^ {4}(mandatory|advisory) /gm)).toHaveLength(found);
});

describe('a configuration', () => {
  test('changes levels by environment', async () => {
    const directory = directoryWith({
      'pod.yaml': breach,
      'policy.yaml': 'environments:\n  qa:\n    rules:\n      container-resources: disabled\n',
    });
    const args = ['--manifests', join(directory, 'pod.yaml'), '--config', join(directory, 'policy.yaml'), '--json'];
    expect(findingsOf((await policy(...args, '--environment', 'qa')).stdout)).not.toContain(
      'container-resources Pod/shop/shop',
    );
    expect(findingsOf((await policy(...args)).stdout)).toContain('container-resources Pod/shop/shop');
  });

  test('whose exemptions are over or not needed says so, and fails for the former', async () => {
    const directory = directoryWith({
      'settings.yaml': settings,
      'over.yaml': exempt('2020-01-31'),
      'idle.yaml': exempt('2999-01-31'),
    });
    const manifests = ['--manifests', join(directory, 'settings.yaml'), '--config'];
    const over = await policy(...manifests, join(directory, 'over.yaml'));
    expect(over.exitCode).toBe(1);
    expect(over.stdout).toContain(
      `Expired exemptions: take them out, or renew them with their reason\n  ${directory}/over.yaml:2: container-resources Pod/shop/*`,
    );
    const idle = await policy(...manifests, join(directory, 'idle.yaml'));
    expect(idle.exitCode).toBe(0);
    expect(idle.stdout).toContain(
      `Exemptions that nothing needs\n  ${directory}/idle.yaml:2: container-resources Pod/shop/*`,
    );
  });

  test('that speaks of an environment which nothing has says so where it looks like another', async () => {
    const directory = directoryWith({
      'settings.yaml': settings,
      'policy.yaml': 'environments:\n  prd: {}\n  canary: {}\n',
    });
    const args = ['--manifests', join(directory, 'settings.yaml'), '--config', join(directory, 'policy.yaml')];
    const { exitCode, stdout } = await policy(...args);
    expect([exitCode, stdout.match(/^The configuration speaks of .*$/gm)]).toEqual([
      0,
      ['The configuration speaks of an environment "prd", which nothing here has: did you mean "prod"?'],
    ]);
  });

  test('with mistakes is refused with all of them, and nothing else is done', async () => {
    const directory = directoryWith({
      'pod.yaml': breach,
      'policy.yaml': 'rules:\n  container-resource: advisory\n  container-probes: never\n',
    });
    const report = join(directory, 'report.json');
    const args = ['--manifests', directory, '--config', join(directory, 'policy.yaml'), '--report', `json=${report}`];
    const result = await policy(...args);
    expect([result.exitCode, result.stdout, existsSync(report)]).toEqual([1, '', false]);
    expect(result.stderr).toContain(`PolicyConfigurationError: 2 problems
${directory}/policy.yaml:2: rules.container-resource is not a rule: did you mean "container-resources"?`);
    expect(result.stderr).toContain(`${directory}/policy.yaml:3: rules.container-probes = "never": must be one of: `);
  });

  test("is printed in Pulumi's form, by its schema, and as a list of rules", async () => {
    const file = join(directoryWith({ 'policy.yaml': exempt('2999-12-31') }), 'policy.yaml');
    const [config, schema, rules] = await Promise.all([
      policy('config', '--environment', 'prod', '--config', file),
      policy('schema'),
      policy('rules', '--json'),
    ]);
    expect(JSON.parse(config.stdout)).toMatchObject({
      kubernetes: { environment: 'prod', exemptions: [{ rule: 'container-resources', resource: 'Pod/shop/*' }] },
    });
    expect(JSON.parse(schema.stdout)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
    expect(JSON.parse(rules.stdout)).toContainEqual(
      expect.objectContaining({
        name: 'container-resources',
        levels: { dev: 'mandatory', staging: 'mandatory', prod: 'mandatory' },
      }),
    );
  });
});

test.each([
  [['--stak', 'dev'], "unknown option '--stak'"],
  [['confg'], 'too many arguments'],
  [['config'], "required option '--environment <name>' not specified"],
  [['--stack', 'qa'], 'OptionError: --stack: "qa" has no configuration; allowed: dev, prod, staging.'],
  [['--report', 'xml=a'], 'OptionError: --report: "xml=a" is no FORMAT=FILE'],
])('%j is refused before anything is started', async (args, message) => {
  const result = await policy(...args);
  expect([result.exitCode, result.stdout]).toEqual([1, '']);
  expect(result.stderr).toContain(message);
});

test.each([[[]], [['config']], [['schema']], [['rules']]])('there is help for %j', async (command) => {
  const { exitCode, stdout } = await policy(...command, '--help');
  expect([exitCode, stdout.split('\n')[0]]).toEqual([0, expect.stringMatching(/^Usage: policy/)]);
});
