import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

let tap: AgentTap;

beforeEach(async () => {
  tap = await AgentTap.open();
});
afterEach(async () => {
  await tap.close();
});

async function startApp(environment: Readonly<Record<string, string>> = {}): Promise<TestProcess> {
  const app = new TestProcess({
    command: process.execPath,
    args: tracedFromSource('tests/integration/runtime/apps/waiting.ts'),
    cwd: repository,
    environment: {
      OTEL_SERVICE_NAME: 'waiting',
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
      ...environment,
    },
  });
  await app.waitUntil(() => app.output.includes('ready'));
  return app;
}

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends the process as it would without tracing, after its spans were sent',
    async (signal) => {
      const app = await startApp();
      expect(await app.stop(signal)).toEqual({ code: null, signal });
      expect((await tap.waitFor(1)).map(({ name }) => name)).toEqual(['before the signal']);
    },
  );

  it('is left to the application that listens itself, whose last spans are sent too', async () => {
    const app = await startApp({ OWN_LISTENER: 'yes' });
    expect(await app.stop('SIGTERM')).toEqual({ code: 7, signal: null });
    expect((await tap.waitFor(2)).map(({ name }) => name)).toEqual(['before the signal', 'after the signal']);
  });

  it('starts nothing that could fail where tracing is switched off', async () => {
    const app = await startApp({ OTEL_SDK_DISABLED: 'true', TRACEWRIGHT_AGENT_PORT: 'nonsense' });
    expect(await app.stop('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
    expect(tap.spans).toEqual([]);
  });
});

describe('the register entry', () => {
  it('refuses to start the application with a configuration that cannot be used, saying all that is wrong', async () => {
    const app = new TestProcess({
      command: process.execPath,
      args: tracedFromSource('tests/integration/runtime/apps/waiting.ts'),
      cwd: repository,
      environment: { TRACEWRIGHT_AGENT_PORT: '0', OTEL_BSP_MAX_QUEUE_SIZE: '0' },
    });
    expect((await app.end()).code).toBe(1);
    expect(app.output).toContain('ConfigurationError: The tracing configuration has 3 problems:');
    expect(app.output).not.toContain('ready');
  });
});
