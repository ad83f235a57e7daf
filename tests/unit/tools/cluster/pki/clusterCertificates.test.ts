import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  certificateSpecs,
  ensureCertificates,
  ensureWorkerCertificates,
  readPair,
  workerCertificateSpecs,
} from '../../../../../tools/cluster/pki/clusterCertificates.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 0, 1);
const specs = certificateSpecs('tracewright-dev', '10.231.0.2', '10.96.0.1');
let directory = '';

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tracewright-pki-'));
  await ensureCertificates(directory, specs, NOW);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function certificate(name: string): X509Certificate {
  return new X509Certificate(readPair(directory, name)?.certificate ?? '');
}

function serials(): Record<string, string> {
  return Object.fromEntries(
    ['ca', ...specs.map(({ name }) => name)].map((name) => [name, certificate(name).serialNumber]),
  );
}

describe('ensureCertificates', () => {
  it('has each certificate issued by its own authority, and by no other', () => {
    for (const spec of specs) {
      for (const authority of ['ca', 'etcd-ca', 'front-proxy-ca']) {
        expect(certificate(spec.name).verify(certificate(authority).publicKey)).toBe(authority === spec.authority);
      }
    }
  });

  it('lets only the owner read any file', () => {
    for (const file of readdirSync(directory)) expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
  });

  it('names the API server by every address that it is reached at', () => {
    const names = certificate('kube-apiserver').subjectAltName ?? '';
    for (const name of ['IP Address:127.0.0.1', 'DNS:localhost', 'IP Address:10.231.0.2', 'IP Address:10.96.0.1']) {
      expect(names).toContain(name);
    }
  });

  it('makes the kubelet a node and the administrator a master', () => {
    expect(certificate('kubelet').subject).toBe('O=system:nodes\nCN=system:node:tracewright-dev');
    expect(certificate('admin').subject).toBe('O=system:masters\nCN=tracewright:admin');
  });

  it('keeps everything that is good', async () => {
    const before = serials();
    await ensureCertificates(directory, specs, NOW + 30 * DAY);
    expect(serials()).toEqual(before);
  });

  it('renews what has less than 60 days left, and keeps the authority', async () => {
    const before = serials();
    await ensureCertificates(directory, specs, NOW + 306 * DAY);
    const after = serials();
    expect(after['ca']).toBe(before['ca']);
    for (const { name } of specs) expect(after[name]).not.toBe(before[name]);
  });

  it('issues what was damaged anew, and nothing else', async () => {
    const before = serials();
    writeFileSync(join(directory, 'kube-proxy.key'), 'x');
    await ensureCertificates(directory, specs, NOW);
    expect(serials()).toEqual({ ...before, 'kube-proxy': serials()['kube-proxy'] });
    expect(serials()['kube-proxy']).not.toBe(before['kube-proxy']);
  });

  it('issues server certificates anew when the node has another address', async () => {
    const before = serials();
    await ensureCertificates(directory, certificateSpecs('tracewright-dev', '10.231.0.6', '10.96.0.1'), NOW);
    const changed = Object.entries(serials()).filter(([name, serial]) => before[name] !== serial);
    expect(changed.map(([name]) => name)).toEqual(['kube-apiserver', 'node-server']);
  });

  it('replaces all that an authority had issued when the authority is lost', async () => {
    const before = serials();
    rmSync(join(directory, 'ca.key'));
    await ensureCertificates(directory, specs, NOW);
    for (const { name, authority } of specs) {
      expect(serials()[name] === before[name]).toBe(authority !== 'ca');
    }
  });
});

describe('ensureWorkerCertificates', () => {
  const ofWorker = workerCertificateSpecs('tracewright-dev-2', '10.245.0.2');
  const worker = (): string => join(directory, 'worker');
  const read = (name: string): X509Certificate => new X509Certificate(readPair(worker(), name)?.certificate ?? '');
  const ensure = (): Promise<void> => ensureWorkerCertificates(worker(), directory, ofWorker, NOW);

  it("gives the worker what its own parts need, and the authority's certificate without its key", async () => {
    await ensure();
    const pairs = ['kube-proxy', 'kube-router', 'kubelet', 'node-server', 'volume-provisioner'];
    const files = pairs.flatMap((name) => [`${name}.crt`, `${name}.key`]);
    expect(readdirSync(worker()).sort()).toEqual(['ca.crt', ...files].sort());
  });

  it('makes its kubelet another node than the first, with a certificate for its own address', async () => {
    await ensure();
    expect(read('kubelet').subject).toBe('O=system:nodes\nCN=system:node:tracewright-dev-2');
    expect(read('kubelet').verify(certificate('ca').publicKey)).toBe(true);
    expect(read('node-server').subjectAltName).toContain('IP Address:10.245.0.2');
  });

  it('keeps what is good, and issues all anew when the authority is another', async () => {
    await ensure();
    const serialsOf = (): readonly string[] => ofWorker.map(({ name }) => read(name).serialNumber);
    const before = serialsOf();
    await ensure();
    expect(serialsOf()).toEqual(before);
    rmSync(join(directory, 'ca.key'));
    await ensureCertificates(directory, specs, NOW);
    await ensure();
    for (const [index, serial] of serialsOf().entries()) expect(serial).not.toBe(before[index]);
  });
});
