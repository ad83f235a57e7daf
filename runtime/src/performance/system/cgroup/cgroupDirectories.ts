/** What the kernel tells a process of its control groups. */
export interface CgroupTexts {
  /** `/proc/self/cgroup` */
  readonly memberships: string;
  /** `/proc/self/mountinfo` */
  readonly mounts: string;
}

/** Where the files of a controller are. */
export interface CgroupDirectories {
  /** Of the hierarchy: the files of cgroup v1 have other names than those of v2. */
  readonly version: 1 | 2;
  /** The directory of the process's own group, then those of the groups around it as far as they can be seen. Never empty. */
  readonly directories: readonly string[];
  /** Whether the process is in no group that can be told from the machine as a whole. */
  readonly isRoot: boolean;
}

interface Membership {
  readonly controllers: readonly string[];
  readonly path: string;
}

interface Mount {
  readonly version: 1 | 2;
  /** Which group is mounted: all of the hierarchy is `/`. */
  readonly root: string;
  readonly mountPoint: string;
  readonly controllers: readonly string[];
}

/** Groups are nested a handful deep; who makes up deeper ones is not followed all the way. */
const MAX_DEPTH = 32;

/**
 * Finds the groups of a controller, such as `memory`: in the hierarchy of v1 that has it, or else in the one of v2. On
 * hybrid machines both are mounted.
 *
 * @returns `undefined` where no hierarchy can be seen
 */
export function cgroupDirectories(controller: string, texts: CgroupTexts): CgroupDirectories | undefined {
  const memberships = lines(texts.memberships).flatMap(parseMembership);
  const mounts = lines(texts.mounts).flatMap(parseMount);
  const own = memberships.find(({ controllers }) => controllers.includes(controller));
  const mount = mounts.find(({ version, controllers }) => version === 1 && controllers.includes(controller));
  if (own !== undefined && mount !== undefined) return directoriesOf(own, mount);
  const unified = memberships.find(({ controllers }) => controllers.length === 0);
  const unifiedMount = mounts.find(({ version }) => version === 2);
  return unified && unifiedMount && directoriesOf(unified, unifiedMount);
}

/** `4:memory:/kubepods/pod1`, of v2 `0::/kubepods/pod1`; a named hierarchy without controllers is `9:name=systemd:/`. */
function parseMembership(line: string): readonly Membership[] {
  const [, names, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
  if (names === undefined || path === undefined) return [];
  return [{ controllers: names === '' ? [] : names.split(','), path }];
}

/** proc_pid_mountinfo(5): `35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory` */
function parseMount(line: string): readonly Mount[] {
  const [left = '', right = ''] = line.split(' - ', 2);
  const [, , , root, mountPoint] = left.split(' ');
  const [type, , options = ''] = right.split(' ');
  if (root === undefined || mountPoint === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return [];
  return [
    {
      version: type === 'cgroup' ? 1 : 2,
      root: unescaped(root),
      mountPoint: unescaped(mountPoint),
      controllers: options.split(','),
    },
  ];
}

/** Spaces and the like are octal: `\040`. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function directoriesOf({ path }: Membership, { version, root, mountPoint }: Mount): CgroupDirectories {
  const names = pathInside(path, root)
    .split('/')
    .filter((name) => name !== '')
    .slice(0, MAX_DEPTH);
  const directories = names.map((_, index) => [mountPoint, ...names.slice(0, names.length - index)].join('/'));
  return { version, directories: [...directories, mountPoint], isRoot: names.length === 0 && root === '/' };
}

/** In a namespace the group can be one that is not mounted (`/../other`): what can be seen then is the mounted one. */
function pathInside(path: string, root: string): string {
  if (path.split('/').includes('..')) return '';
  if (root === '/') return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : '';
}

function lines(text: string): readonly string[] {
  return text.split('\n');
}
