// @spec S2.4 S7.1
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentTap } from '../support/agentTap.ts';
import { bundle } from '../support/bundle.ts';
import { repository, tracedFromSource } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

const app = 'tests/integration/runtime/apps/propagation/logs.ts';

let directory: string;

beforeAll(async () => {
  // Inside the repository, where what is not bundled is found.
  directory = await mkdtemp(join(repository, 'node_modules', '.bundle-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

interface Logged {
  /** The lines of JSON. */
  readonly records: readonly unknown[];
  /** The other lines. */
  readonly lines: readonly string[];
  readonly ids: { readonly trace_id: string | undefined; readonly span_id: string | undefined };
}

async function runLogging(file: string, environment: Readonly<Record<string, string>>): Promise<Logged> {
  const tap = await AgentTap.open();
  const running = new TestProcess({
    command: process.execPath,
    args: tracedFromSource(file),
    cwd: repository,
    environment: {
      OTEL_SERVICE_NAME: 'logs',
      TRACEWRIGHT_AGENT_HOST: '127.0.0.1',
      TRACEWRIGHT_AGENT_PORT: String(tap.port),
      ...environment,
    },
  });
  const { code } = await running.end();
  const [span] = await tap.waitFor(1);
  await tap.close();
  expect({ code, span: span?.name }).toEqual({ code: 0, span: 'work' });
  const all = running.output.trimEnd().split('\n');
  return {
    records: all.filter((line) => line.startsWith('{')).map((line): unknown => JSON.parse(line)),
    lines: all.filter((line) => !line.startsWith('{')),
    ids: { trace_id: span?.traceId, span_id: span?.spanId },
  };
}

/** The records of the application, those in the span with these fields. */
function expectedRecords(fields: object): readonly unknown[] {
  const records = ['before', 'in', 'after'].flatMap((when) => [
    { level: 30, library: 'pino', msg: when, ...(when === 'in' ? fields : {}) },
    { level: 'info', library: 'winston', message: when, ...(when === 'in' ? fields : {}) },
  ]);
  return expect.arrayContaining(records) as readonly unknown[];
}

const untouchedLines = ['console: before', 'console: in', 'console: after'];

describe('log correlation', () => {
  it.each(['import', 'require'])(
    'gives lines of pino and winston, loaded with %s, the IDs of their span',
    async (how) => {
      const { records, lines, ids } = await runLogging(app, { LOADED: how });
      expect(records).toEqual(expectedRecords({ ...ids, trace_flags: '01' }));
      expect(records).toHaveLength(6);
      expect(lines).toEqual(untouchedLines);
    },
  );

  it('gives lines of the console the IDs of their span where it is asked to, and no others', async () => {
    const { records, lines, ids } = await runLogging(app, { TRACEWRIGHT_LOG_CORRELATION: 'console' });
    expect(records).toEqual(expectedRecords({}));
    const prefix = `trace_id=${ids.trace_id} span_id=${ids.span_id}`;
    expect(lines).toEqual(['console: before', `${prefix} console: in`, 'console: after']);
  });

  it('leaves every line alone where nothing is to be correlated', async () => {
    const { records, lines } = await runLogging(app, { TRACEWRIGHT_LOG_CORRELATION: 'none' });
    expect(records).toEqual(expectedRecords({}));
    expect(lines).toEqual(untouchedLines);
  });

  it('reaches a bundled pino and winston by its mixin and its function for loggers, not by hooks', async () => {
    const outfile = join(directory, 'logs.mjs');
    await bundle(join(repository, app), outfile);
    const unreached = await runLogging(outfile, {});
    expect(unreached.records).toEqual(expectedRecords({}));
    const { records, ids } = await runLogging(outfile, { BY_HAND: 'yes' });
    expect(records).toEqual(expectedRecords({ ...ids, trace_flags: '01' }));
    expect(records).toHaveLength(6);
  });
});
