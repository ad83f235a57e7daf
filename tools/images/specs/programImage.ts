import type { ImageConfig, ImageSpec } from '../imageSpec.ts';

/** One static program, and how it starts. */
export interface ProgramImage extends Pick<ImageConfig, 'command' | 'exposedPorts'> {
  /** Full reference, see {@link ImageSpec}. */
  readonly reference: string;
  /** The program on this machine. */
  readonly source: string;
  /** Its absolute path in the image, which is the image's entry point. */
  readonly program: string;
  /** User and group, by number. */
  readonly user: string;
}

/** An image of nothing but one static program: no shell, no accounts, no certificates of public authorities. */
export function programImage({ reference, source, program, ...config }: ProgramImage): ImageSpec {
  return {
    reference,
    layers: [{ kind: 'files', sources: [{ kind: 'file', source, target: program.replace(/^\//, ''), mode: 0o755 }] }],
    config: { entrypoint: [program], ...config },
  };
}
