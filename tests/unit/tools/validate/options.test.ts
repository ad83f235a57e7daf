import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseValidateOptions, type RawValidateOptions } from '../../../../tools/validate/options.ts';

let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'tracewright-validate-options-'));
  writeFileSync(join(checkout, 'Pulumi.dev.yaml'), 'config: {}\n');
  writeFileSync(join(checkout, 'token'), 'hush-hush\n');
  writeFileSync(join(checkout, 'empty'), '\n');
  writeFileSync(join(checkout, 'words'), 'two words\n');
});

afterAll(() => rmSync(checkout, { recursive: true }));

const raw: RawValidateOptions = { stack: 'dev', cluster: 'dev' };

function parsed(others: Partial<RawValidateOptions> = {}) {
  return parseValidateOptions({ ...raw, ...others }, checkout);
}

describe('parseValidateOptions', () => {
  it('examines all of a stack on the local cluster, and changes nothing, when nothing else is asked for', () => {
    const { target, ...others } = parsed();
    expect(target).toMatchObject({ stack: 'dev', cluster: 'dev', configFile: join(checkout, 'Pulumi.dev.yaml') });
    expect(target).not.toHaveProperty('context');
    expect(others).toEqual({
      addresses: { applications: [] },
      active: false,
      given: new Set(),
      only: new Set(),
      checkFiles: [],
      reports: [],
      verbose: false,
      json: false,
      list: false,
    });
  });

  it('takes a stack without a configuration: some things can be checked without it', () => {
    expect(parsed({ stack: 'other' }).target.configFile).toBe(join(checkout, 'Pulumi.other.yaml'));
  });

  it('knows what was given of what checks may need', () => {
    const { given } = parsed({ active: true, prometheus: 'http://prometheus:9090', dashboard: ['http://shop/page'] });
    expect(given).toEqual(new Set(['active', 'prometheus', 'dashboard']));
  });

  it('takes addresses as folders, and the token for each page', () => {
    const { addresses } = parsed({
      prometheus: 'https://prometheus.example/watch',
      dashboard: ['http://one:4319', 'http://two/page/'],
      dashboardTokenFile: join(checkout, 'token'),
    });
    expect(addresses.prometheus?.href).toBe('https://prometheus.example/watch/');
    expect(addresses.applications.map(({ url, token }) => [url.href, token])).toEqual([
      ['http://one:4319/', 'hush-hush'],
      ['http://two/page/', 'hush-hush'],
    ]);
  });

  it('takes components, files of checks and files of reports', () => {
    const options = parsed({
      only: ['storage', 'objects'],
      checks: ['mine.ts'],
      html: 'a.html',
      junit: 'b.xml',
      jsonFile: 'c.json',
    });
    expect(options.only).toEqual(new Set(['storage', 'objects']));
    expect(options.checkFiles).toEqual([resolve('mine.ts')]);
    expect(options.reports).toEqual([
      { option: 'html', file: resolve('a.html') },
      { option: 'json-file', file: resolve('c.json') },
      { option: 'junit', file: resolve('b.xml') },
    ]);
  });

  it.each<[string, Partial<RawValidateOptions>, string | RegExp]>([
    ['a stack that is no name', { stack: 'No' }, /^--stack: "No" is not a name/],
    ['a configuration that is not there', { configFile: '/none.yaml' }, '--config-file: /none.yaml does not exist'],
    [
      'a component that is none',
      { only: ['storrage'] },
      '--only: "storrage" is no component (did you mean "storage"?); allowed: toolchain, objects, workloads, access, network, storage, streaming, sampling, endpoints, monitoring, runtime',
    ],
    [
      'an address that is none',
      { prometheus: 'prometheus:9090' },
      /^--prometheus: "prometheus:9090" is no address; allowed: http:/,
    ],
    ['an address of files', { dashboard: ['file:///etc'] }, /^--dashboard: "file:\/\/\/etc" is no address/],
    ['an address with a query', { dashboard: ['http://shop/?a=b'] }, /has a query or a fragment/],
    [
      'a token without a page',
      { dashboardTokenFile: 'token' },
      '--dashboard-token-file: belongs to --dashboard URL, which is not given',
    ],
    ['an empty file name', { html: '' }, '--html: is empty'],
    ['one file for two reports', { html: 'a', junit: './a' }, `--junit: ${resolve('a')} is the file of --html already`],
  ])('refuses %s', (_, others, message) => {
    expect(() => parsed(others)).toThrow(message);
  });

  it.each([
    ['empty', /empty is empty; it must hold the token of the page and nothing else$/],
    ['words', /words holds more than one word of printable ASCII/],
    ['none', /none cannot be read: ENOENT/],
  ])('refuses a token file that is %s', (file, message) => {
    expect(() => parsed({ dashboard: ['http://shop'], dashboardTokenFile: join(checkout, file) })).toThrow(message);
  });

  it('refuses a password in an address, and does not repeat it', () => {
    const tried = (): unknown => parsed({ prometheus: 'http://me:hush@prometheus' });
    expect(tried).toThrow(
      '--prometheus: the address holds a user or a password, which reports would show; leave them out',
    );
  });
});
