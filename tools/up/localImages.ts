import type { StackConfig } from '../../infra/schema/stackConfigSchema.ts';
import { jaegerPin } from '../toolchain/pins.ts';

/** The stack asks for images that the local cluster does not have: it pulls none, and runs only what is packed for it. */
export class LocalImagesError extends Error {
  override readonly name = 'LocalImagesError';
  /** The key of the stack's configuration. */
  readonly key: string;
  readonly value: string;
  /** What the local cluster can have. */
  readonly allowed: string;

  constructor(key: string, value: string, allowed: string) {
    super(
      `${key} = ${JSON.stringify(value)}: on the local cluster it must be ${allowed}. ` +
        'Other values are for a cluster of your own: --context NAME.',
    );
    this.key = key;
    this.value = value;
    this.allowed = allowed;
  }
}

/**
 * Makes sure that the local cluster has the images that a stack names.
 *
 * @throws LocalImagesError
 */
export function requireLocalImages({ jaegerVersion, imageRegistry }: StackConfig): void {
  const packed = jaegerPin.version.replace(/^v/, '');
  if (jaegerVersion !== packed) {
    throw new LocalImagesError('tracewright:jaegerVersion', jaegerVersion, `"${packed}", which is built for it`);
  }
  if (imageRegistry !== undefined) {
    throw new LocalImagesError('tracewright:imageRegistry', imageRegistry, 'left out, since it pulls no images');
  }
}
