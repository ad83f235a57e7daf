import type { ImageSpec } from '../imageSpec.ts';
import { accountFiles, debianBase } from './debianBase.ts';

const HOME = 'home/curl_user';
const OWNER = { userId: 100, groupId: 101 };
const CA_BUNDLE = 'cacert.pem';

// Arguments of curl may be given without its name; anything else that is a command is that command.
const ENTRY_POINT = `#!/bin/sh
case "\${1:--}" in
  -*) exec curl "$@" ;;
esac
command -v "$1" > /dev/null && exec "$@"
exec curl "$@"
`;

/**
 * Debian's shell and curl under the name of the image that a real cluster pulls, with what a pod can tell of that image:
 * entry point, CA bundle in `CURL_CA_BUNDLE`, and a user given by name, so that a pod that must not run as root has to
 * give a number itself (source: create_base_image.sh and create_appliance_image.sh of curl/curl-container). Debian's curl
 * is older than the tag says.
 */
export function curlImage(serversDirectory: string): ImageSpec {
  return {
    reference: 'docker.io/curlimages/curl:8.10.1',
    layers: [
      debianBase(serversDirectory),
      {
        kind: 'files',
        sources: [
          { kind: 'text', target: 'entrypoint.sh', mode: 0o755, text: ENTRY_POINT },
          { kind: 'link', target: CA_BUNDLE, linkTarget: '/etc/ssl/certs/ca-certificates.crt' },
          { kind: 'emptyDirectory', target: HOME, mode: 0o755, owner: OWNER },
          ...accountFiles('curl_user', OWNER, `/${HOME}`, 'curl_group'),
        ],
      },
    ],
    config: {
      user: 'curl_user',
      entrypoint: ['/entrypoint.sh'],
      command: ['curl'],
      workingDirectory: `/${HOME}`,
      environment: {
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        CURL_CA_BUNDLE: `/${CA_BUNDLE}`,
      },
    },
  };
}
