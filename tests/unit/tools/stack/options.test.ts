import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OptionError, parseUpOptions } from '../../../../tools/stack/options.ts';

const checkout = mkdtempSync(join(tmpdir(), 'tracewright-options-'));
writeFileSync(join(checkout, 'Pulumi.dev.yaml'), 'config: {}\n');
const given = { stack: 'dev', cluster: 'dev' };

test('the least that can be given is the dev stack on the dev cluster', () => {
  expect(parseUpOptions(given, checkout)).toEqual({
    checkout,
    stack: 'dev',
    configFile: join(checkout, 'Pulumi.dev.yaml'),
    cluster: 'dev',
    example: true,
    deleteData: [],
    yes: false,
    forgetCluster: false,
    json: false,
  });
});

test('ports become numbers and a context keeps its image', () => {
  const raw = { ...given, context: 'kind-a', uiPort: '16686', pagePort: '4319', exampleImage: 'shop:1' };
  const expected = { context: 'kind-a', uiPort: 16686, pagePort: 4319, exampleImage: 'shop:1' };
  expect(parseUpOptions(raw, checkout)).toMatchObject(expected);
});

test.each([
  [
    'an unknown stack',
    { stack: 'qa' },
    '--stack: "qa" has no configuration; allowed: dev. For a new one write Pulumi.qa.yaml beside Pulumi.yaml.',
  ],
  [
    'a stack that is no name',
    { stack: '../x' },
    '--stack: "../x" is not a name; allowed: 1 to 40 lower-case letters, digits and hyphens, a letter first and no hyphen last',
  ],
  ['a port that is no port', { uiPort: '70000' }, '--ui-port: "70000" is not a port; allowed: 1 to 65535'],
  [
    "an API port on the user's cluster",
    { apiPort: '6443', context: 'kind-a' },
    '--api-port: belongs to the local cluster; the cluster of --context has an address of its own',
  ],
  [
    'an image for the local cluster',
    { exampleImage: 'shop:1' },
    '--example-image: belongs to --context NAME; the local cluster gets its image from this checkout',
  ],
  [
    'an example that is wanted and not wanted',
    { example: false, exampleImage: 'shop:1', context: 'kind-a' },
    '--no-example: cannot stand beside --example-image: give only one of them',
  ],
  [
    'a page of an example that is not wanted',
    { example: false, pagePort: '4319' },
    '--no-example: cannot stand beside --page-port: the page is of the example',
  ],
  ['a page that is no port', { pagePort: '0' }, '--page-port: "0" is not a port; allowed: 1 to 65535'],
  [
    'one port for traces and the page',
    { uiPort: '4319', pagePort: '4319' },
    '--page-port: must be another port than --ui-port',
  ],
  [
    'a configuration file that is not there',
    { configFile: '/nowhere/x.yaml' },
    '--config-file: /nowhere/x.yaml does not exist',
  ],
])('refuses %s', (_what, change, message) => {
  expect(() => parseUpOptions({ ...given, ...change }, checkout)).toThrow(message);
  expect(() => parseUpOptions({ ...given, ...change }, checkout)).toThrow(OptionError);
});

test.each([
  ['a cluster name', { cluster: 'Dev_1' }, 'Cluster name "Dev_1" is not allowed'],
  ['an API port', { apiPort: '80' }, 'API port "80" is not allowed: use a whole number from 1024 to 65535'],
])('%s is refused in the words of the cluster itself', (_what, change, message) => {
  expect(() => parseUpOptions({ ...given, ...change }, checkout)).toThrow(message);
});
