import { describe, expect, it } from 'vitest';
import { redactPostgresMessage } from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactPostgresMessage.ts';
import { redactRedisMessage } from '../../../../../../runtime/src/tracing/instrumentation/redaction/redactRedisMessage.ts';
import {
  describeRedisCommand,
  redisCommandName,
} from '../../../../../../runtime/src/tracing/instrumentation/redaction/redisCommand.ts';

describe('redactPostgresMessage', () => {
  it.each([
    ['duplicate key value violates unique constraint "users_email_key"', '23505'],
    ['insert or update on table "items" violates foreign key constraint "items_order_fkey"', '23503'],
    ['null value in column "email" of relation "users" violates not-null constraint', '23502'],
    ['relation "orders" does not exist', '42P01'],
    ['canceling statement due to statement timeout', '57014'],
    ['getaddrinfo ENOTFOUND db.example', 'ENOTFOUND'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'],
    ['Connection terminated unexpectedly', undefined],
  ])('keeps a sentence that names no value: %s', (message, code) => {
    expect(redactPostgresMessage(message, code)).toBe(message);
  });

  it.each([
    ['invalid input syntax for type integer: "canary"', '22P02', 'invalid_text_representation (22P02)'],
    ['Der Schlüsselwert canary verletzt …', '23505', 'unique_violation (23505)'],
    ['the canary sings', '45678', 'PostgreSQL error 45678'],
    ['the canary sings', 'ECANARY canary', 'PostgreSQL error (redacted)'],
    ['the canary sings', undefined, 'PostgreSQL error (redacted)'],
    [`relation "${'canary'.repeat(11)}" does not exist`, '42P01', 'undefined_table (42P01)'],
    ['canceling statement due to statement timeout canary', '57014', 'query_canceled (57014)'],
  ])('says what the code means instead of %s', (message, code, redacted) => {
    expect(redactPostgresMessage(message, code)).toBe(redacted);
  });
});

describe('redactRedisMessage', () => {
  it.each([
    'WRONGTYPE Operation against a key holding the wrong kind of value',
    "ERR wrong number of arguments for 'set' command",
    'MOVED 3999 127.0.0.1:6381',
  ])('keeps what Redis says in words of its own: %s', (message) => {
    expect(redactRedisMessage(message)).toBe(message);
  });

  it.each([
    ["ERR unknown command 'x', with args beginning with: 'canary'", 'ERR (redacted)'],
    ['NOPERM User canary has no permissions', 'NOPERM (redacted)'],
    ['CANARY the script says', 'Redis error (redacted)'],
    ['canary', 'Redis error (redacted)'],
    ["ERR wrong number of arguments for 'canary 1' command", 'ERR (redacted)'],
  ])('keeps the code alone of %s', (message, redacted) => {
    expect(redactRedisMessage(message)).toBe(redacted);
  });
});

describe('describeRedisCommand', () => {
  it.each([
    ['SET', ['key', 'canary'], 'SET [2 arguments]'],
    ['get', ['key'], 'get [1 argument]'],
    ['PING', [], 'PING'],
    ['json.get', ['key'], 'json.get [1 argument]'],
    ['SET key canary', [], '?'],
    ['canary'.repeat(20), [], '?'],
    [Buffer.from('SET'), ['key'], '? [1 argument]'],
  ])('describes %s by its name and the number of arguments', (command, args, description) => {
    expect(describeRedisCommand(command, args)).toBe(description);
  });

  it('names nothing that is no command', () => {
    expect(redisCommandName(undefined)).toBe('?');
  });
});
