import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PartName } from '../../../tools/toolchain/part.ts';
import { TestProcess } from './testProcess.ts';
import { toolchainPart } from '../../support/toolchainPart.ts';

const run = promisify(execFile);

/** What is unpacked, and from where. */
export interface UnpackOptions {
  /** @defaultValue 'servers-rootfs' */
  readonly part?: PartName;
  /** Files and directories by patterns, relative to the root; each must be there. @defaultValue everything that tests need */
  readonly only?: readonly string[];
}

/**
 * A root directory with servers, unpacked from a part of the toolchain, such as that of the servers' images: nothing is
 * installed on the machine, and what runs in it is what a pod runs.
 */
export class ServersRoot implements AsyncDisposable {
  /** Absolute. */
  readonly path: string;
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
    this.path = join(directory, 'root');
  }

  /**
   * Unpacks it. Names of hosts are known in it from its own `/etc/hosts` alone, whatever DNS the machine has.
   */
  static async unpack({ part: name = 'servers-rootfs', only = [] }: UnpackOptions = {}): Promise<ServersRoot> {
    const part = await toolchainPart(name);
    const root = new ServersRoot(await mkdtemp(join(tmpdir(), 'tracewright-servers-')));
    await mkdir(root.path);
    const leftOut = ['usr/lib/jvm', 'usr/share/doc'].map((path) => `--exclude=${path}`);
    const patterns = only.map((pattern) => `./${pattern}`);
    await run('tar', ['-xf', join(part, 'rootfs.tar'), '-C', root.path, ...leftOut, '--wildcards', ...patterns]);
    await writeFile(join(root.path, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n');
    return root;
  }

  /**
   * Runs a command in it, in mount and PID namespaces that end with the command.
   *
   * @param environment - All of it, but for PATH.
   */
  start(command: readonly string[], environment: Readonly<Record<string, string>> = {}): TestProcess {
    // The shell stays, as the namespace's first process: one that changes its user would no longer end with `unshare`.
    const enter = 'mkdir -p "$0/dev" && mount --rbind /dev "$0/dev" && chroot "$0" "$@"; exit $?';
    return new TestProcess({
      command: 'unshare',
      args: ['--mount', '--pid', '--fork', '--kill-child=SIGKILL', '/bin/sh', '-c', enter, this.path, ...command],
      environment: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', ...environment },
    });
  }

  /** Whether a command in it succeeds. */
  succeeds(command: readonly string[]): Promise<boolean> {
    return run('chroot', [this.path, ...command]).then(
      () => true,
      () => false,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }
}
