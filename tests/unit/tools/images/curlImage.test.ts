import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { curlImage } from '../../../../tools/images/specs/curlImage.ts';

const image = curlImage('/servers');
const sources = image.layers.flatMap((layer) => (layer.kind === 'files' ? layer.sources : []));

function textOf(target: string): string {
  const source = sources.find((candidate) => candidate.target === target);
  if (source?.kind !== 'text') throw new Error(`the image holds no text ${target}`);
  return source.text;
}

describe('the image of curl', () => {
  it('names its user as the official image does, so that pods have to give a number', () => {
    expect(image.config.user).toBe('curl_user');
    expect(textOf('etc/passwd')).toContain('curl_user:x:100:101:');
    expect(textOf('etc/group')).toContain('curl_group:x:101:');
  });

  it('has the public CAs where its environment says', () => {
    expect(image.config.environment).toMatchObject({ CURL_CA_BUNDLE: '/cacert.pem' });
    const bundle = sources.find(({ target }) => target === 'cacert.pem');
    expect(bundle).toMatchObject({ kind: 'link', linkTarget: '/etc/ssl/certs/ca-certificates.crt' });
  });
});

describe('its entry point', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tracewright-curl-'));
    writeFileSync(join(directory, 'entrypoint.sh'), textOf('entrypoint.sh'), { mode: 0o755 });
    writeFileSync(join(directory, 'curl'), '#!/bin/sh\necho "curl: $*"\n', { mode: 0o755 });
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it.each([
    [['--head', 'https://a.example'], 'curl: --head https://a.example\n'],
    [['https://a.example'], 'curl: https://a.example\n'],
    [['curl', '--version'], 'curl: --version\n'],
    [['sh', '-c', 'echo shell'], 'shell\n'],
    [[], 'curl: \n'],
  ])('makes of the arguments %j: %j', (args, printed) => {
    const environment = { PATH: `${directory}:/usr/bin:/bin` };
    expect(execFileSync(join(directory, 'entrypoint.sh'), args, { env: environment, encoding: 'utf8' })).toBe(printed);
  });
});
