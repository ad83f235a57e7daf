/** Every part of the toolchain; see `pins.ts` for what each holds and in which version. */
export type PartName =
  | 'pulumi'
  | 'pulumi-language-nodejs'
  | 'pulumi-resource-kubernetes'
  | 'kubernetes'
  | 'node-rootfs'
  | 'jaeger'
  | 'elasticsearch'
  | 'kafka'
  | 'servers-rootfs'
  | 'elasticsearch-8'
  | 'opensearch-1'
  | 'opensearch-2'
  | 'nginx-rootfs'
  | 'zipkin-client-rootfs'
  | 'prometheus-rootfs'
  | 'trace-clients'
  | 'oidc'
  | 'traefik'
  | 'metrics-server'
  | 'monitoring-crds'
  | 'kube-score';

/**
 * What a part is for: those of `streaming` are needed by stacks that stream alone, the engine's not where the user has a
 * Pulumi CLI, those of `tests` and `bench` by nothing but this repository's own tests and benchmarks.
 */
export type PartGroup = 'cluster' | 'images' | 'streaming' | 'engine' | 'tests' | 'bench';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A part that is ready for use. */
export interface InstalledPart {
  readonly name: PartName;
  readonly version: string;
  /** The user's own on PATH, found in the cache, or built just now (and so in the cache from now on). */
  readonly origin: 'path' | 'cache' | 'built';
  /** Absolute. Binaries lie directly in it; `rootfs` or `rootfs.tar` below it in parts made of Debian packages, a directory of the part's name in those from Maven. */
  readonly directory: string;
}

/** What a part's recipe may use while it builds. */
export interface BuildContext {
  /** The empty directory to fill; it becomes the part when the recipe returns. */
  readonly outputDirectory: string;
  /** A directory for temporary files, removed afterwards. */
  readonly workDirectory: string;
  readonly environment: Environment;
  /** Runs a command with its output in the part's log. @throws LoggedCommandError */
  readonly run: (command: string, args: readonly string[], options?: CommandOptions) => Promise<void>;
  /** Runs a command and returns its standard output, trimmed. @throws LoggedCommandError */
  readonly read: (command: string, args: readonly string[], options?: CommandOptions) => Promise<string>;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the build's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What must be on the machine before a part can be built. */
export interface PartRequirements {
  /** Oldest Go release that compiles the part, such as `1.24.0`. */
  readonly go?: string;
  readonly java?: boolean;
  /** Debian packages that the build itself uses: a command, and the package that brings it when it is missing. */
  readonly debianTools?: readonly DebianTool[];
  readonly root?: boolean;
  /** Free disk, in MiB, that building takes: the part, and what Go or Maven keep in caches of their own. */
  readonly diskMebibytes: number;
}

export interface DebianTool {
  readonly command: string;
  readonly package: string;
}

/** How one part is made. */
export interface PartDefinition {
  readonly name: PartName;
  readonly version: string;
  readonly group: PartGroup;
  /** Builds of one lane run one after the other, the two lanes side by side: a compiler takes every core, a download none. */
  readonly lane: 'compile' | 'download';
  readonly requirements: PartRequirements;
  /** Everything that decides the result. Another fingerprint is another part in the cache. */
  readonly fingerprint: () => Promise<readonly string[]>;
  /** Fetches ahead of time what `build` would fetch; a failure here is left to `build` to report. */
  readonly prefetch?: (context: BuildContext) => Promise<void>;
  readonly build: (context: BuildContext) => Promise<void>;
}
