// @spec S2.2
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redactSql } from '../../../runtime/src/tracing/instrumentation/redaction/redactSql.ts';
import { type DatabaseServers, startDatabaseServers } from '../support/databaseServers.ts';

/** What literals, comments and statements are made of, put together without any regard for what belongs together. */
const FRAGMENTS = [
  ...["'canary", "canary'", "E'canary", "U&'canary", "N'canary", '$$canary', 'canary$$', '$a$canary', 'canary$a$'],
  ...['canary', "'", "'", "''", '"', '$$', '$a$', '$', '\\', "\\'", "e'", "'::text", '::text', '||', "B'01'"],
  ...['--', '\n', '/*', '*/', ' ', ' ', ',', 'a', '1', '.5', '0x1', 'SELECT ', '(', ')', ';'],
];

let servers: DatabaseServers;
let client: pg.Client;

beforeAll(async () => {
  servers = await startDatabaseServers();
  const { PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD } = servers.environment;
  client = new pg.Client({
    host: PGHOST,
    port: Number(PGPORT),
    database: PGDATABASE,
    user: PGUSER,
    password: PGPASSWORD,
  });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await servers.stop();
});

interface Answer {
  /** What columns are called: what the server took for an identifier. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** What the server makes of a statement; nothing of one that it refuses. */
async function answerTo(sql: string): Promise<Answer | undefined> {
  try {
    const result: unknown = await client.query({ text: sql, rowMode: 'array' });
    const results = [result].flat().filter((one): one is pg.QueryArrayResult<unknown[]> => typeof one === 'object');
    return {
      names: results.flatMap(({ fields }) => fields.map(({ name }) => name)),
      values: results.flatMap(({ rows }) => rows.flat().map(String)),
    };
  } catch {
    return undefined;
  }
}

describe('the redaction of SQL, by the rules of a real server', () => {
  it('keeps nothing that the server took for the value of a literal', async () => {
    let secrets = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 7 }), async (fragments) => {
        const sql = `SELECT ${fragments.join('')}`;
        const answer = await answerTo(sql);
        if (answer === undefined || answer.names.some((name) => name.includes('canary'))) return;
        if (!answer.values.some((value) => value.includes('canary'))) return;
        secrets += 1;
        expect(redactSql(sql), sql).not.toContain('canary');
      }),
      { numRuns: 20_000 },
    );
    expect(secrets).toBeGreaterThan(200);
  });
});
