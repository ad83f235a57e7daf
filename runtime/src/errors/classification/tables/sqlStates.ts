import type { CodesByCategory } from '../codeTable.ts';

/**
 * Classes of SQLSTATE, the first two of its five characters. Class 28 is about who may come in; a missing right to a table
 * (42501) stays with its class, since it is a grant that the schema lacks.
 *
 * Sources: PostgreSQL documentation, appendix A "PostgreSQL Error Codes"; ISO/IEC 9075-2 for the classes that others share.
 */
export const SQL_STATE_CLASSES: CodesByCategory = {
  authentication: ['28'],
  database: [
    '01',
    '02',
    '03',
    '07',
    '08',
    '09',
    '0A',
    '0B',
    '0F',
    '0L',
    '0P',
    '0Z',
    '10',
    '20',
    '21',
    '22',
    '23',
    '24',
    '25',
    '26',
    '27',
    '2B',
    '2D',
    '2F',
    '34',
    '38',
    '39',
    '3B',
    '3D',
    '3F',
    '40',
    '42',
    '44',
    '53',
    '54',
    '55',
    '57',
    '58',
    '72',
    'F0',
    'HV',
    'HY',
    'P0',
    'XX',
  ],
};

/** Classes of errors that carry a SQLSTATE: those of pg, postgres.js, slonik and pglite. */
export const SQL_STATE_ERRORS: readonly string[] = ['DatabaseError', 'PostgresError', 'NeonDbError'];

/** What only PostgreSQL's errors carry beside their code, see its documentation, "Error and Notice Message Fields". */
export const POSTGRES_FIELDS: readonly string[] = ['severity', 'routine', 'schema', 'constraint', 'sqlState'];
