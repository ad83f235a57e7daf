import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const OWNER = { userId: 999, groupId: 999 };

/** Redis 7 in the places and as the user of the official image. */
export function redisImage(serversDirectory: string): ImageSpec {
  return {
    reference: 'docker.io/library/redis:7',
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'emptyDirectory', target: 'data', mode: 0o755, owner: OWNER },
          ...accountFiles('redis', OWNER, '/data'),
        ],
      },
    ],
    config: { user: '999:999', command: ['redis-server'], workingDirectory: '/data', exposedPorts: ['6379/tcp'] },
  };
}
