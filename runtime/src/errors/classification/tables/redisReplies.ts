import type { CodesByCategory } from '../codeTable.ts';

/**
 * The first word of an error that Redis answers. What is not listed, `ERR` with its many texts above all, is `database`,
 * where the error is of a class of Redis' clients.
 *
 * Sources: Redis documentation, "Redis serialization protocol specification", "Simple errors"; Redis, src/server.c,
 * `createSharedObjects`, and src/acl.c.
 */
export const REDIS_REPLIES: CodesByCategory = {
  authentication: ['NOAUTH', 'WRONGPASS', 'DENIED'],
  database: [
    'ASK',
    'BUSY',
    'BUSYGROUP',
    'BUSYKEY',
    'CLUSTERDOWN',
    'CROSSSLOT',
    'EXECABORT',
    'INPROG',
    'LOADING',
    'MASTERDOWN',
    'MISCONF',
    'MOVED',
    'NOGOODSLAVE',
    'NOGROUP',
    'NOPERM',
    'NOPROTO',
    'NOREPLICAS',
    'NOSCRIPT',
    'NOTBUSY',
    'NOTREADY',
    'OOM',
    'READONLY',
    'TRYAGAIN',
    'UNBLOCKED',
    'UNKILLABLE',
    'WRONGTYPE',
  ],
};

/** Errors that Redis answers, as its clients have them: redis-errors (ioredis), @redis/client. */
export const REDIS_REPLY_ERRORS: readonly string[] = ['ReplyError', 'ErrorReply', 'SimpleError', 'BlobError'];

/**
 * How `ERR` goes on where it is about who may come in.
 *
 * Source: Redis, src/acl.c, `authCommand` and src/config.c; before Redis 6: src/server.c, `authCommand`.
 */
export const REDIS_AUTHENTICATION_TEXTS: readonly string[] = [
  'ERR invalid password',
  'ERR AUTH ',
  'ERR Client sent AUTH',
  'ERR operation not permitted',
];
