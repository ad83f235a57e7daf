// @spec S2.2
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import { runTraced, spansUnder, type TracedRun } from './instrumentationApp.ts';

const TEXT = 'db.query.text';
const OPERATION = 'db.operation.name';
const STATUS = 'otel.status_description';

let servers: DatabaseServers;

beforeAll(async () => {
  servers = await startDatabaseServers();
});
afterAll(async () => {
  await servers.stop();
});

describe('the instrumentation of ioredis, with a real server', () => {
  let run: TracedRun;

  beforeAll(async () => {
    run = await runTraced('ioredis.ts', { environment: servers.environment });
  });

  it('leaves the application as it is, and free to end', () => {
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
  });

  it('makes a span of every command, with the number of its arguments alone', () => {
    expect(spansUnder(run, 'single', [TEXT])).toEqual([
      ['set', 'set [2 arguments]'],
      ['get', 'get [1 argument]'],
      ['SET', 'SET [4 arguments]'],
    ]);
    expect(spansUnder(run, 'script', [TEXT, STATUS])).toEqual([
      ['eval', 'eval [4 arguments]', undefined],
      ['eval', 'eval [2 arguments]', 'Redis error (redacted)'],
    ]);
  });

  it('tells pipelines from transactions', () => {
    expect(spansUnder(run, 'pipeline', [OPERATION])).toEqual([
      ['set', 'PIPELINE set'],
      ['get', 'PIPELINE get'],
    ]);
    expect(spansUnder(run, 'transaction', [OPERATION])).toEqual([
      ['multi', 'multi'],
      ['set', 'MULTI set'],
      ['incr', 'MULTI incr'],
      ['exec', 'exec'],
    ]);
  });

  it('says of errors what they mean and not what they quote', () => {
    expect(spansUnder(run, 'errors', [STATUS])).toEqual([
      ['incr', 'ERR value is not an integer or out of range'],
      ['lpush', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
      ['BOGUS', 'ERR (redacted)'],
      ['?', 'ERR (redacted)'],
      ['auth', 'WRONGPASS invalid username-password pair or user is disabled.'],
    ]);
    expect(spansUnder(run, 'nobody there', [STATUS])).toEqual([
      ['connect', undefined],
      ['get', 'Connection is closed.'],
    ]);
  });

  it('lets nothing out of keys, values, scripts and errors', () => {
    expect(run.packets).not.toMatch(/canary/i);
  });
});

describe('the instrumentation of redis, with a real server', () => {
  let run: TracedRun;

  beforeAll(async () => {
    run = await runTraced('redis.ts', { environment: servers.environment });
  });

  it('leaves the application as it is, and free to end', () => {
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
  });

  it('makes a span of every command, with the number of its arguments alone', () => {
    expect(spansUnder(run, 'single', [TEXT])).toEqual([
      ['redis-connect', undefined],
      ['redis-SET', 'SET [2 arguments]'],
      ['redis-GET', 'GET [1 argument]'],
      ['redis-SET', 'SET [4 arguments]'],
    ]);
    expect(spansUnder(run, 'script', [TEXT, STATUS])).toEqual([
      ['redis-EVAL', 'EVAL [4 arguments]', undefined],
      ['redis-EVAL', 'EVAL [2 arguments]', 'Redis error (redacted)'],
    ]);
  });

  it('tells pipelines from transactions', () => {
    expect(spansUnder(run, 'transaction', [OPERATION])).toEqual([
      ['redis-SET', 'MULTI'],
      ['redis-INCR', 'MULTI'],
      ['redis-SET', 'PIPELINE'],
      ['redis-GET', 'PIPELINE'],
    ]);
  });

  it('ends the spans of a batch that holds commands which it did not see', () => {
    expect(spansUnder(run, 'mixed batches', [OPERATION])).toEqual([
      ['redis-SET', 'MULTI SET'],
      ['redis-SET', 'PIPELINE SET'],
    ]);
  });

  it('says of errors what they mean and not what they quote', () => {
    expect(spansUnder(run, 'errors', [STATUS])).toEqual([
      ['redis-INCR', 'ERR value is not an integer or out of range'],
      ['redis-LPUSH', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
      ['redis-BOGUS', 'ERR (redacted)'],
      ['redis-?', 'ERR (redacted)'],
      ['redis-SET', undefined],
      ['redis-INCR', 'ERR value is not an integer or out of range'],
    ]);
    expect(spansUnder(run, 'closed', [STATUS])).toEqual([['redis-GET', 'The client is closed']]);
    expect(spansUnder(run, 'nobody there', [STATUS])).toEqual([['redis-connect', 'connect ECONNREFUSED 127.0.0.1:1']]);
  });

  it('goes on after the server cut the connection', () => {
    expect(spansUnder(run, 'reconnected', [STATUS]).at(-1)).toEqual(['redis-GET', undefined]);
  });

  it('lets nothing out of keys, values, scripts, errors and URLs', () => {
    expect(run.packets).not.toMatch(/canary/i);
  });
});
