import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkAdvisories } from '../../../../tools/check/advisories/checkAdvisories.ts';

// npm itself asks, and makes the report: only the registry is ours, since what a real one knows changes by the day.
const advisory = {
  id: 1,
  url: 'https://github.com/advisories/GHSA-test',
  title: 'Everything gets out',
  severity: 'critical',
  vulnerable_versions: '<1.1.0',
  cwe: [],
  cvss: { score: 9, vectorString: null },
};
const packument = {
  name: 'leaky',
  'dist-tags': { latest: '1.1.0' },
  versions: Object.fromEntries(['1.0.0', '1.1.0'].map((version) => [version, { name: 'leaky', version, dist: {} }])),
};

let checkout: string;
let registry: Server;
/** What the registry was asked about. */
let asked: unknown[];
/** What it says of that. */
let status: number;
beforeEach(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'tracewright-advisories-'));
  asked = [];
  status = 200;
  registry = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') return void response.end(JSON.stringify(packument));
      const body = Buffer.concat(chunks);
      const names: unknown = JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString());
      asked.push(names);
      response.statusCode = status;
      response.end(JSON.stringify({ leaky: [advisory] }));
    });
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  rmSync(checkout, { recursive: true });
  await new Promise((closed) => registry.close(closed));
});

test('an advisory on a locked package is told, with the way to be rid of it', async () => {
  lock('1.0.0');
  expect(await checkAdvisories(checkout, settings())).toEqual({
    problems: [
      'critical: Everything gets out (leaky <1.1.0, in node_modules/leaky, that our packages have in them or install): ' +
        'https://github.com/advisories/GHSA-test. Update the package, or accept it with a reason and a day in ' +
        'tools/check/advisories/acceptedAdvisories.ts',
    ],
    unchecked: [],
  });
  expect(asked).toEqual([{ leaky: ['1.0.0'] }]);
});

test('an advisory on another version is none', async () => {
  lock('1.1.0');
  expect(await checkAdvisories(checkout, settings())).toEqual({ problems: [], unchecked: [] });
});

test('a registry that refuses to answer is told as what could not be checked', async () => {
  lock('1.0.0');
  status = 405;
  const { problems, unchecked } = await checkAdvisories(checkout, settings());
  expect(problems).toEqual([]);
  expect(unchecked).toEqual([
    expect.stringMatching(
      /^advisories could not be checked: the registry did not answer \(405 .*\)\. Run `npm audit` where it does$/,
    ),
  ]);
});

function settings(): Readonly<Record<string, string>> {
  const { port } = registry.address() as AddressInfo;
  return { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: join(checkout, 'cache') };
}

function lock(version: string): void {
  const dependencies = { leaky: version };
  writeFileSync(join(checkout, 'package.json'), JSON.stringify({ name: 'ours', version: '1.0.0', dependencies }));
  writeFileSync(
    join(checkout, 'package-lock.json'),
    JSON.stringify({
      name: 'ours',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'ours', version: '1.0.0', dependencies }, 'node_modules/leaky': { version } },
    }),
  );
}
