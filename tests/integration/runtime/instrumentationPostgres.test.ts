// @spec S2.2 S2.5
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';
import { spanTree } from '../support/spanTree.ts';
import { runTraced, spansUnder, type TracedRun } from './instrumentationApp.ts';

const TEXT = 'db.query.text';
const STATUS = 'otel.status_description';

let servers: DatabaseServers;
let run: TracedRun;

beforeAll(async () => {
  servers = await startDatabaseServers();
  run = await runTraced('postgres.ts', { environment: servers.environment });
});
afterAll(async () => {
  await servers.stop();
});

describe('the instrumentation of pg, with a real server', () => {
  it('leaves the application as it is, and free to end', () => {
    expect({ code: run.code, output: run.output }).toEqual({ code: 0, output: '' });
  });

  it('makes a span of every statement, without the values in it, however it is sent', () => {
    expect(spansUnder(run, 'client', [TEXT])).toEqual([
      ['pg.connect', undefined],
      [
        'pg.query:CREATE shop',
        'CREATE TEMPORARY TABLE users (id int PRIMARY KEY, email text UNIQUE, age int CHECK (age > ?))',
      ],
      ['pg.query:add-user shop', 'INSERT INTO users VALUES ($1, $2, ?)'],
      ['pg.query:add-user shop', 'INSERT INTO users VALUES ($1, $2, ?)'],
      ['pg.query:SELECT shop', 'SELECT ?, ?, ?, ? FROM users'],
      ['pg.query:SELECT shop', 'SELECT email FROM users WHERE id = $1'],
    ]);
  });

  it('says of errors what they mean and not what they quote', () => {
    expect(spansUnder(run, 'errors', [TEXT, STATUS])).toEqual([
      [
        'pg.query:INSERT shop',
        'INSERT INTO users VALUES (?, ?)',
        'duplicate key value violates unique constraint "users_pkey"',
      ],
      [
        'pg.query:INSERT shop',
        'INSERT INTO users VALUES (?, ?, -?)',
        'new row for relation "users" violates check constraint "users_age_check"',
      ],
      ['pg.query:SELECT shop', 'SELECT ?::int', 'invalid_text_representation (22P02)'],
      ['pg.query:SELEC shop', 'SELEC ?', 'syntax_error (42601)'],
      ['pg.query:DO shop', 'DO ?', 'raise_exception (P0001)'],
      ['pg.query:SET shop', 'SET statement_timeout = ?', undefined],
      ['pg.query:SELECT shop', 'SELECT pg_sleep(?)', 'canceling statement due to statement timeout'],
    ]);
  });

  it('keeps the statements of a transaction under one parent, beside the wait for the pool', () => {
    const [root] = run.spans.filter(({ name }) => name === 'transaction');
    const tree = spanTree(run.spans.filter(({ traceId }) => traceId === root?.traceId));
    expect(tree.children.map(({ name, children }) => [name, children.map((child) => child.name)])).toEqual([
      ['pg-pool.connect', ['pg.connect']],
      ['pg.query:BEGIN shop', []],
      ['pg.query:CREATE shop', []],
      ['pg.query:INSERT shop', []],
      ['pg.query:ROLLBACK shop', []],
      ['pg.query:BEGIN shop', []],
      ['pg.query:COMMIT shop', []],
    ]);
  });

  it('shows who waits for a pool and who gives up', () => {
    expect(spansUnder(run, 'waiting for a pool', [STATUS])).toEqual([
      ['pg-pool.connect', undefined],
      ['pg.query:SELECT shop', undefined],
      ['pg-pool.connect', undefined],
      ['pg.query:SELECT shop', undefined],
    ]);
    expect(spansUnder(run, 'an exhausted pool', [STATUS])).toEqual([
      ['pg-pool.connect', undefined],
      ['pg-pool.connect', 'timeout exceeded when trying to connect'],
    ]);
  });

  it.each([
    ['a connection that is cut', 'pg.query:SELECT shop', 'terminating connection due to administrator command'],
    ['nobody there', 'pg.connect', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['a wrong password', 'pg.connect', 'invalid_password (28P01)'],
  ])('says why there is no connection: %s', (scenario, name, status) => {
    expect(spansUnder(run, scenario, [STATUS, 'error'])).toContainEqual([name, status, true]);
  });

  it('lets nothing out of literals, parameters, comments, errors and connection strings', () => {
    expect(run.spans.length).toBeGreaterThan(30);
    expect(run.packets).not.toMatch(/canary|4711/i);
  });
});
