import type { CodesByCategory } from '../codeTable.ts';

/**
 * Codes of databases without a SQLSTATE that are about who may come in.
 *
 * Sources: MySQL reference, "Server Error Message Reference"; tedious, src/errors.ts; mssql documentation, "Errors"; Prisma documentation, "Error message
 * reference"; Oracle Database, "Database Error Messages".
 */
export const DATABASE_CODES: CodesByCategory = {
  authentication: [
    'ELOGIN',
    'ER_ACCESS_DENIED_ERROR',
    'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
    'ER_ACCOUNT_HAS_BEEN_LOCKED',
    'ER_DBACCESS_DENIED_ERROR',
    'ER_HOST_NOT_PRIVILEGED',
    'ER_MUST_CHANGE_PASSWORD_LOGIN',
    'ER_NOT_SUPPORTED_AUTH_MODE',
    'ORA-01005',
    'ORA-01017',
    'ORA-28000',
    'ORA-28001',
    'P1000',
    'P1010',
  ],
  database: [
    'CONNECTION_CLOSED',
    'CONNECTION_DESTROYED',
    'CONNECTION_ENDED',
    'CONNECT_TIMEOUT',
    'EABORT',
    'EALREADYCONNECTED',
    'EALREADYCONNECTING',
    'EALREADYPREPARED',
    'EDRIVER',
    'EINJECT',
    'EINSTLOOKUP',
    'ENOCONN',
    'ENOTBEGUN',
    'ENOTOPEN',
    'ENOTPREPARED',
    'EREQINPROG',
    'EREQUEST',
    'ETRANS',
    'NOT_TAGGED_CALL',
    'NR_CLOSED',
    'PROTOCOL_CONNECTION_LOST',
    'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
    'PROTOCOL_ENQUEUE_AFTER_QUIT',
    'PROTOCOL_SEQUENCE_TIMEOUT',
    'UNSAFE_TRANSACTION',
  ],
};

/**
 * Beginnings of codes that only one database's clients have: MySQL and MariaDB (`ER_`), SQLite, Oracle (`ORA-`, `NJS-`),
 * Prisma (`P1001`, `P2002`), Neo4j, PostgREST.
 *
 * Sources: as above; SQLite documentation, "Result and Error Codes"; node-oracledb documentation, "Error handling";
 * Neo4j documentation, "Status codes"; PostgREST documentation, "Errors".
 */
export const DATABASE_CODE_PREFIXES: CodesByCategory = {
  authentication: ['Neo.ClientError.Security.'],
  database: [
    'Neo.',
    'PGRST',
    'ER_',
    'ERR_SQLITE_',
    'SQLITE_',
    'ORA-',
    'NJS-',
    'POOL_',
    'P10',
    'P20',
    'P30',
    'P40',
    'P50',
    'P60',
  ],
};
