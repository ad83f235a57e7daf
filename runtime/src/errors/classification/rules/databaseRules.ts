import type { ErrorFacts } from '../../errorFacts.ts';
import type { Classification, RuleSet } from '../classification.ts';
import { classificationOf, codeTable, hasAny, prefixTable } from '../codeTable.ts';
import { DATABASE_CODES, DATABASE_CODE_PREFIXES } from '../tables/databaseCodes.ts';
import { REDIS_AUTHENTICATION_TEXTS, REDIS_REPLIES, REDIS_REPLY_ERRORS } from '../tables/redisReplies.ts';
import { POSTGRES_FIELDS, SQL_STATE_CLASSES, SQL_STATE_ERRORS } from '../tables/sqlStates.ts';

/** Five of them, and at least one a figure: `EPERM` is none. */
const SQL_STATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** `ORA-00001: unique constraint violated`, of the server, the driver and the network to it. */
const ORACLE_CODE = /^(?:(?:ORA|TNS|DPY)-\d{4,5}|(?:NJS|DPI)-\d{3,4})\b/;
const PRISMA_CODE = /^P\d{4}$/;

/**
 * What PostgreSQL and other SQL databases answered, by SQLSTATE, where the error is one of a database's: others may have a code
 * of five characters, too.
 */
export function sqlRules(): RuleSet {
  const states = codeTable('database.sqlState', SQL_STATE_CLASSES);
  const codes = codeTable('database.code', DATABASE_CODES);
  const prefix = prefixTable('database.code', DATABASE_CODE_PREFIXES);
  const errors = new Set(SQL_STATE_ERRORS);
  const isOfDatabase = ({ classes, properties }: ErrorFacts): boolean =>
    hasAny(classes, errors) || POSTGRES_FIELDS.some((field) => Object.hasOwn(properties, field));
  return (error) => {
    const code = codeOf(error);
    if (code === undefined) return undefined;
    const state = code.length === 5 && SQL_STATE.test(code) ? states.get(code.slice(0, 2)) : undefined;
    if (state !== undefined && isOfDatabase(error)) return state;
    return codes.get(code) ?? prefix(code);
  };
}

/** Oracle's is in front of the message where the driver has it nowhere else; Prisma has its `errorCode` where nothing was asked yet. */
function codeOf({ code, message, properties: { errorCode } }: ErrorFacts): string | undefined {
  if (code !== undefined) return code;
  if (typeof errorCode === 'string' && PRISMA_CODE.test(errorCode)) return errorCode;
  return ORACLE_CODE.exec(message)?.[0];
}

/** A code that looks like a SQLSTATE, without anything else that a database's error has. */
export function bareSqlStateRules(): RuleSet {
  const states = codeTable('database.bareSqlState', SQL_STATE_CLASSES);
  return ({ code }) => (code?.length === 5 && SQL_STATE.test(code) ? states.get(code.slice(0, 2)) : undefined);
}

/** What Redis answered, by its first word. */
export function redisRules(): RuleSet {
  const replies = codeTable('redis.reply', REDIS_REPLIES);
  const errors = new Set(REDIS_REPLY_ERRORS);
  const authentication = classificationOf('authentication', 'redis.reply');
  const other = classificationOf('database', 'redis.reply');
  return ({ classes, message }): Classification | undefined => {
    if (!hasAny(classes, errors)) return undefined;
    if (REDIS_AUTHENTICATION_TEXTS.some((text) => message.startsWith(text))) return authentication;
    return replies.get(firstWord(message)) ?? other;
  };
}

/**
 * Who may come in, as MongoDB says it: the code 18, or Atlas' 8000. All else is the class's.
 *
 * Source: MongoDB, src/mongo/base/error_codes.yml.
 */
export function mongoRules(): RuleSet {
  const authentication = classificationOf('authentication', 'mongo.answer');
  return ({ type, classes, code, message, properties }) => {
    if (!type.startsWith('Mongo') && !classes.includes('MongoError')) return undefined;
    const isRefused =
      properties['codeName'] === 'AuthenticationFailed' ||
      code === '18' ||
      (code === '8000' && message.startsWith('bad auth'));
    return isRefused ? authentication : undefined;
  };
}

/** What a search engine answers begins with the name of its exception. */
const SEARCH_ANSWER = /^[a-z_]{3,60}_exception\b/;

/**
 * What Elasticsearch and OpenSearch answer. Their clients keep the status behind a getter, which is not run.
 *
 * Sources: @elastic/transport, src/errors.ts; @opensearch-project/opensearch, lib/errors.js.
 */
export function searchRules(): RuleSet {
  const clients = new Set(['ElasticsearchClientError', 'OpenSearchClientError']);
  const authentication = classificationOf('authentication', 'search.answer');
  const other = classificationOf('database', 'search.answer');
  return ({ type, classes, status, message }) => {
    const isAnswer = type === 'ResponseError' && SEARCH_ANSWER.test(message);
    if (!isAnswer && !hasAny(classes, clients)) return undefined;
    return status === 401 || status === 403 || message.startsWith('security_exception') ? authentication : other;
  };
}

function firstWord(message: string): string {
  const end = message.indexOf(' ');
  return end === -1 ? message : message.slice(0, end);
}
