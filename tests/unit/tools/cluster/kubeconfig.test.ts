import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderKubeconfig } from '../../../../tools/cluster/kubeconfig.ts';

it('refers to files by path', () => {
  const text = renderKubeconfig({
    context: 'c',
    server: 'https://10.0.0.1:6443',
    authority: { file: '/ca.crt' },
    client: { certificateFile: '/a.crt', keyFile: '/a.key' },
  });
  expect(parse(text)).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443', 'certificate-authority': '/ca.crt' } }],
    users: [{ name: 'c', user: { 'client-certificate': '/a.crt', 'client-key': '/a.key' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    'current-context': 'c',
  });
});

it('holds certificates in base64', () => {
  const text = renderKubeconfig({
    context: 'c',
    server: 's',
    authority: { pem: 'authority' },
    client: { certificatePem: 'certificate', keyPem: 'key' },
  });
  const base64 = (value: string): string => Buffer.from(value).toString('base64');
  expect(text).toContain(`certificate-authority-data: ${base64('authority')}`);
  expect(text).toContain(`client-certificate-data: ${base64('certificate')}`);
  expect(text).toContain(`client-key-data: ${base64('key')}`);
});
