// @spec S2.1
import { createServer, type Server } from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExporterConfig } from '../../../runtime/src/tracing/export/exporterConfig.ts';
import type { SendOutcome } from '../../../runtime/src/tracing/export/spanTransport.ts';
import {
  createAuthority,
  issueCertificate,
  type KeyAndCertificate,
} from '../../../tools/cluster/pki/certificateAuthority.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { OtlpGrpcServer } from '../support/otlpGrpcServer.ts';
import { repository } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const app = 'tests/integration/runtime/apps/transportSend.ts';

let directory: string;
let authorityFile: string;
let server: KeyAndCertificate;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tracewright-tls-'));
  authorityFile = join(directory, 'ca.crt');
  const authority = await createAuthority('CA of a collector', Date.now());
  await writeFile(authorityFile, authority.certificate);
  const subjectAltNames = [{ type: 'dns', value: 'localhost' }] as const;
  server = await issueCertificate(authority, { commonName: 'localhost', usage: 'server', subjectAltNames }, Date.now());
});
afterAll(() => rm(directory, { recursive: true }));

/** What an application's transport makes of 600 spans, with the environment's certificates trusted or not. */
async function outcomeOf(config: ExporterConfig, end: 'settle' | 'abort', isTrusted: boolean): Promise<SendOutcome> {
  const environment = {
    CONFIG: JSON.stringify(config),
    END: end,
    ...(isTrusted ? { NODE_EXTRA_CA_CERTS: authorityFile } : {}),
  };
  const args = ['--conditions=tracewright-source', app];
  const running = new TestProcess({ command: process.execPath, args, cwd: repository, environment });
  await running.end();
  return (JSON.parse(running.output) as { outcome: SendOutcome }).outcome;
}

function listen(): Promise<{ readonly port: number; readonly server: Server }> {
  const https = createServer({ key: server.key, cert: server.certificate }, (request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  return new Promise((resolve) => {
    https.listen(0, '127.0.0.1', () => {
      const address = https.address();
      resolve({ server: https, port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  });
}

describe('a collector behind TLS', () => {
  it.each(['jaeger-http', 'otlp-http'] as const)(
    'takes the spans of %s where its certificate is trusted, and only there',
    async (kind) => {
      const { port, server: https } = await listen();
      const config = { kind, url: `https://localhost:${port}/api/traces`, headers: {} };
      expect(await outcomeOf(config, 'settle', true)).toEqual({ sent: 600, dropped: {}, trimmed: 0 });
      expect(await outcomeOf(config, 'settle', false)).toMatchObject({
        sent: 0,
        dropped: { export_failed: 600 },
        error: { code: expect.stringMatching(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/) as string },
      });
      https.close();
    },
  );

  it('takes the spans of otlp-grpc where its certificate is trusted, and only there', async () => {
    const port = await freeTcpPort();
    const keys = [{ private_key: Buffer.from(server.key), cert_chain: Buffer.from(server.certificate) }];
    const credentials = ServerCredentials.createSsl(null, keys);
    await using _server = await OtlpGrpcServer.listen(port, () => Buffer.alloc(0), credentials);
    const config: ExporterConfig = { kind: 'otlp-grpc', url: `https://localhost:${port}`, headers: {} };
    expect(await outcomeOf(config, 'settle', true)).toEqual({ sent: 600, dropped: {}, trimmed: 0 });
    expect(await outcomeOf(config, 'abort', false)).toMatchObject({ sent: 0, dropped: { export_failed: 600 } });
  });
});
