import type { ErrorFacts } from '../errorFacts.ts';
import type { Classifiable, Classification } from './classification.ts';
import { classificationOf } from './codeTable.ts';
import { type Origins, scopeOf } from './origins.ts';
import { isInDatabaseCall } from './rules/contextRules.ts';
import { DATABASE_WORDS } from './rules/nameRules.ts';
import { KNOWN_CLASSES } from './tables/knownClasses.ts';
import { KNOWN_PACKAGES } from './tables/knownPackages.ts';

/**
 * Ports on which mostly databases listen: PostgreSQL, PgBouncer, MySQL, Redis, MongoDB, SQL Server, Oracle, Cassandra,
 * Memcached, Neo4j, CockroachDB.
 *
 * Source: IANA, "Service Name and Transport Protocol Port Number Registry"; the products' documentation for those not in it.
 */
const DATABASE_PORTS: readonly number[] = [5432, 6432, 3306, 6379, 6380, 27017, 1433, 1521, 9042, 11211, 7687, 26257];

/** Tells failures of the network on the way to a database from all others. */
export class DatabaseOrigin {
  readonly #origins: Origins;
  readonly #classes = new Set(KNOWN_CLASSES.database);
  readonly #packages = new Set(KNOWN_PACKAGES.database);
  readonly #ports = new Set(DATABASE_PORTS);
  readonly #unreachable = classificationOf('database', 'database.unreachable');
  readonly #isDatabasePackage = (name: string): boolean =>
    this.#packages.has(name) || this.#packages.has(scopeOf(name));

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  /** What is told, or that a database was not reached, where the network is told of and the way led to one. */
  corrected(told: Classification, errors: readonly ErrorFacts[], { context }: Classifiable): Classification {
    if (told.category !== 'network') return told;
    return isInDatabaseCall(context) || errors.some((error) => this.#isFromDatabase(error)) ? this.#unreachable : told;
  }

  #isFromDatabase(error: ErrorFacts): boolean {
    const { port } = error.properties;
    return (
      (typeof port === 'number' && this.#ports.has(port)) ||
      error.classes.some((name) => this.#classes.has(name) || DATABASE_WORDS.test(name)) ||
      this.#origins.comesThrough(error, this.#isDatabasePackage)
    );
  }
}
