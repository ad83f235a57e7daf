import { join } from 'node:path';
import type { FileOwner, ImageLayer, TextSource } from '../imageSpec.ts';

// Documentation, package data, the compiler behind PostgreSQL's JIT (which it does without when its
// plugin is missing), Perl (used by Debian's administration scripts only) and what only javac reads.
const UNUSED: readonly RegExp[] = [
  /^usr\/share\/(?:doc|man|info|i18n|lintian|bash-completion|fonts|alsa|perl5?)(?:\/|$)/,
  /^usr\/share\/locale\/./,
  /^usr\/lib\/[^/]+\/(?:perl5?|perl-base)(?:\/|$)/,
  /^usr\/lib\/[^/]+\/lib(?:LLVM-|z3\.|perl\.)/,
  /^usr\/lib\/postgresql\/15\/lib\/(?:bitcode(?:\/|$)|llvmjit)/,
  /^usr\/lib\/jvm\/[^/]+\/(?:lib\/ct\.sym|lib\/server\/classes_nocoops\.jsa|man)(?:\/|$)/,
  /^etc\/alternatives\/.*\.\d\.gz$/,
  /^var\/(?:cache|log|lib\/(?:apt|dpkg|ucf))\/./,
  /^(?:dev|proc|sys|boot|media|mnt|tmp|run)\/./,
];

/**
 * The lowest layer of an image over Debian, which all images of one part share.
 *
 * @param partDirectory - Directory of a part of the toolchain that is a root file system, such as `servers-rootfs`.
 * @param exclude - Paths without a leading `./` that are left out beside those that no image needs. @defaultValue none
 */
export function debianBase(partDirectory: string, exclude: readonly RegExp[] = []): ImageLayer {
  return { kind: 'tar', source: join(partDirectory, 'rootfs.tar'), exclude: [...UNUSED, ...exclude] };
}

/**
 * The passwd and group files of an image that runs as one user beside root.
 *
 * @param groupName - @defaultValue the user's name
 */
export function accountFiles(
  name: string,
  owner: FileOwner,
  home: string,
  groupName: string = name,
): readonly TextSource[] {
  const { userId, groupId } = owner;
  const nobody = 'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n';
  const user = `${name}:x:${String(userId)}:${String(groupId)}::${home}:/bin/sh\n`;
  const group = groupId === 0 ? '' : `${groupName}:x:${String(groupId)}:\n`;
  return [
    { kind: 'text', target: 'etc/passwd', mode: 0o644, text: `root:x:0:0:root:/root:/bin/sh\n${user}${nobody}` },
    { kind: 'text', target: 'etc/group', mode: 0o644, text: `root:x:0:\n${group}nogroup:x:65534:\n` },
  ];
}
