import { join } from 'node:path';
import type { ImageSpec } from '../imageSpec.ts';
import type { ApplicationTree } from '../applicationTree.ts';
import { debianBase } from './debianBase.ts';

/** What {@link checkoutImage} is made of. */
export interface CheckoutImageOptions {
  readonly version: string;
  readonly serversDirectory: string;
  /** The Node.js program itself. */
  readonly nodeProgram: string;
  readonly application: ApplicationTree;
}

/**
 * The example shop: Node.js in /usr/local/bin and the application in /app. Its packages lie in one tree
 * as in the repository, so that each finds the very versions it finds there; /app leads into that tree.
 */
export function checkoutImage(options: CheckoutImageOptions): ImageSpec {
  const { application, nodeProgram, serversDirectory, version } = options;
  return {
    reference: `docker.io/tracewright/checkout:${version}`,
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [{ kind: 'file', source: nodeProgram, target: 'usr/local/bin/node', mode: 0o755 }],
      },
      {
        kind: 'files',
        sources: [
          ...application.sources('opt/checkout'),
          { kind: 'link', target: 'app', linkTarget: join('opt/checkout', application.main) },
        ],
      },
    ],
    config: {
      user: '10001:10001',
      entrypoint: ['/usr/local/bin/node'],
      workingDirectory: '/app',
      environment: { NODE_ENV: 'production', PATH: '/usr/local/bin:/usr/bin:/bin' },
      exposedPorts: ['8080/tcp', '4319/tcp'],
    },
  };
}
