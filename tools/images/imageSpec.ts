/** User and group of a file, by number: an image's own passwd file names them. */
export interface FileOwner {
  readonly userId: number;
  readonly groupId: number;
}

/** A tree of the machine, copied with its modes; owners too, unless given. */
export interface DirectorySource {
  readonly kind: 'directory';
  readonly source: string;
  /** Path in the image without a leading slash; empty for its root. */
  readonly target: string;
  /** @defaultValue the files' own */
  readonly owner?: FileOwner;
  /** Paths relative to `source` that are left out with all below them. */
  readonly exclude?: readonly RegExp[];
}

/** One file of the machine. */
export interface FileSource {
  readonly kind: 'file';
  readonly source: string;
  readonly target: string;
  readonly mode: number;
  /** @defaultValue root */
  readonly owner?: FileOwner;
}

/** A file with the given text. */
export interface TextSource {
  readonly kind: 'text';
  readonly text: string;
  readonly target: string;
  readonly mode: number;
  /** @defaultValue root */
  readonly owner?: FileOwner;
}

/** A symbolic link. */
export interface LinkSource {
  readonly kind: 'link';
  readonly linkTarget: string;
  readonly target: string;
}

/** An empty directory. */
export interface EmptyDirectorySource {
  readonly kind: 'emptyDirectory';
  readonly target: string;
  readonly mode: number;
  /** @defaultValue root */
  readonly owner?: FileOwner;
}

/** What a layer is filled from; of two sources of one path the later wins. */
export type LayerSource = DirectorySource | FileSource | TextSource | LinkSource | EmptyDirectorySource;

/** A layer that is put together from files. */
export interface FilesLayer {
  readonly kind: 'files';
  readonly sources: readonly LayerSource[];
}

/** A layer that is a tar of a root file system, in its own order, less what is left out. */
export interface TarLayer {
  readonly kind: 'tar';
  readonly source: string;
  /** Paths without a leading `./` that are left out. */
  readonly exclude: readonly RegExp[];
}

/** One layer. Images that name the same layer share it on disk and in the cluster. */
export type ImageLayer = FilesLayer | TarLayer;

/** How a container of the image starts, in the words of the OCI image specification. */
export interface ImageConfig {
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** For example `14268/tcp`. */
  readonly exposedPorts?: readonly string[];
}

/** An image to pack. */
export interface ImageSpec {
  /** Full reference with registry and tag, as containerd stores it: `docker.io/library/redis:7`. */
  readonly reference: string;
  /** From the base up. */
  readonly layers: readonly ImageLayer[];
  readonly config: ImageConfig;
}
