import { describe, expect, it } from 'vitest';

import { resolveEngine } from '../../../../tools/toolchain/engine.ts';
import type { InstalledPart } from '../../../../tools/toolchain/part.ts';
import { partsOf } from '../../../../tools/toolchain/parts.ts';

const parts = (origin: InstalledPart['origin']): readonly InstalledPart[] =>
  partsOf('engine').map((name) => ({
    name,
    version: 'v1',
    origin,
    directory: origin === 'path' ? '/home/me/bin' : `/cache/${name}`,
  }));

describe('resolveEngine', () => {
  it('puts the parts that were built first on PATH and keeps the engine off the network', () => {
    expect(resolveEngine(parts('cache'), { PATH: '/usr/bin' })).toEqual({
      command: '/cache/pulumi/pulumi',
      environment: {
        PATH: '/cache/pulumi:/cache/pulumi-language-nodejs:/cache/pulumi-resource-kubernetes:/usr/bin',
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
      },
      own: true,
    });
  });

  it('changes nothing in the environment of a CLI that is the user’s own', () => {
    expect(resolveEngine(parts('path'), { PATH: '/usr/bin' })).toEqual({
      command: '/home/me/bin/pulumi',
      environment: {},
      own: false,
    });
  });

  it('names the part that is lacking', () => {
    expect(() => resolveEngine(parts('cache').slice(0, 2), {})).toThrow('lacks its part pulumi-resource-kubernetes');
  });
});
