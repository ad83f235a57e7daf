import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waitForCollectorScript } from '../../../infra/jaeger/waitForCollector.ts';
import { freeTcpPort } from '../support/freePort.ts';
import { TestProcess } from '../support/testProcess.ts';
import { toolchainPart } from '../support/toolchainPart.ts';

test('the container before an agent says that no collector is ready, and ends when a real one is', async () => {
  const [grpc, admin] = [await freeTcpPort(), await freeTcpPort()];
  const target = `127.0.0.1:${grpc}`;
  const wait = new TestProcess({ command: 'sh', args: ['-c', waitForCollectorScript, 'wait', target] });
  const collector = new TestProcess({
    command: join(await toolchainPart('jaeger'), 'jaeger-collector'),
    args: [
      `--collector.grpc-server.host-port=${target}`,
      '--collector.http-server.host-port=127.0.0.1:0',
      '--collector.otlp.enabled=false',
      `--admin.http.host-port=127.0.0.1:${admin}`,
    ],
    environment: { SPAN_STORAGE_TYPE: 'memory' },
  });
  try {
    await wait.waitUntil(() => Promise.resolve(wait.hasEnded));
    expect(wait.output).toBe(`waiting: no collector is ready at ${target}\nready: a collector answers at ${target}\n`);
  } finally {
    await wait.stop();
    await collector.stop();
  }
});

test('a name that nobody has yet is waited for too', async () => {
  const wait = new TestProcess({ command: 'sh', args: ['-c', waitForCollectorScript, 'wait', 'none.invalid:14250'] });
  try {
    await wait.waitUntil(() => Promise.resolve(wait.output !== ''));
    expect(wait.output).toBe('waiting: no collector is ready at none.invalid:14250\n');
  } finally {
    await wait.stop();
  }
});
