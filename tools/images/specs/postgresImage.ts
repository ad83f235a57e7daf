import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const OWNER = { userId: 999, groupId: 999 };
const DATA = '/var/lib/postgresql/data';

/**
 * PostgreSQL 15 in the places and as the user of the official image, without its entry point: whoever
 * starts it runs initdb first, which works with both.
 */
export function postgresImage(serversDirectory: string): ImageSpec {
  return {
    reference: 'docker.io/library/postgres:15',
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'emptyDirectory', target: 'run/postgresql', mode: 0o2777, owner: OWNER },
          { kind: 'emptyDirectory', target: 'var/lib/postgresql', mode: 0o755, owner: OWNER },
          { kind: 'emptyDirectory', target: 'var/lib/postgresql/data', mode: 0o700, owner: OWNER },
          ...accountFiles('postgres', OWNER, '/var/lib/postgresql'),
        ],
      },
    ],
    config: {
      user: '999:999',
      command: ['postgres'],
      environment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin',
        LANG: 'C.UTF-8',
        PG_MAJOR: '15',
        PGDATA: DATA,
      },
      exposedPorts: ['5432/tcp'],
    },
  };
}
