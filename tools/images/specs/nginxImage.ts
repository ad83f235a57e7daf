import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const LOGS = 'var/log/nginx';

/**
 * nginx of the part `nginx-rootfs`, with all its own modules, started as the official image starts it, without that
 * image's templates. It runs as any user and with a read-only root where its configuration, mounted at
 * `/etc/nginx/nginx.conf`, puts `pid` and all five `*_temp_path` below a directory that can be written to.
 */
export function nginxImage(partDirectory: string): ImageSpec {
  return {
    reference: 'docker.io/library/nginx:1.22',
    layers: [
      debianBase(partDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'link', target: `${LOGS}/access.log`, linkTarget: '/dev/stdout' },
          { kind: 'link', target: `${LOGS}/error.log`, linkTarget: '/dev/stderr' },
          ...accountFiles('nginx', { userId: 101, groupId: 101 }, '/nonexistent'),
        ],
      },
    ],
    config: { command: ['nginx', '-g', 'daemon off;'], exposedPorts: ['80/tcp'] },
  };
}
