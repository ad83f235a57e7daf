import { describe, expect, it } from 'vitest';
import { parseStackArguments } from '../../../../infra/schema/parseStackConfig.ts';
import { requireLocalImages } from '../../../../tools/up/localImages.ts';

describe('requireLocalImages', () => {
  it('accepts the version that is built for the local cluster, which is the default', () => {
    expect(() => requireLocalImages(parseStackArguments({}, 'dev'))).not.toThrow();
    expect(() => requireLocalImages(parseStackArguments({ jaegerVersion: '1.50.0' }, 'dev'))).not.toThrow();
  });

  it.each([
    [
      { jaegerVersion: '1.62.0' },
      'tracewright:jaegerVersion = "1.62.0": on the local cluster it must be "1.50.0", which is built for it. ' +
        'Other values are for a cluster of your own: --context NAME.',
    ],
    [
      { imageRegistry: 'registry.example/mirror' },
      'tracewright:imageRegistry = "registry.example/mirror": on the local cluster it must be left out, since it pulls no images. ' +
        'Other values are for a cluster of your own: --context NAME.',
    ],
  ])('refuses %j, naming key, value and what is allowed', (config, message) => {
    expect(() => requireLocalImages(parseStackArguments(config, 'dev'))).toThrow(
      expect.objectContaining({ name: 'LocalImagesError', message }),
    );
  });
});
