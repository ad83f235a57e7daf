import { describe, expect, it } from 'vitest';
import { serverImages } from '../../../../tools/images/packImages.ts';
import { testImages } from '../../../../tools/images/testImages.ts';
import { createPartDefinitions, partsOf } from '../../../../tools/toolchain/parts.ts';

const installed = (names: readonly string[]) =>
  createPartDefinitions()
    .filter(({ name }) => names.includes(name))
    .map(({ name, version }) => ({ name, version, origin: 'cache' as const, directory: `/cache/${name}` }));

describe('testImages', () => {
  it('needs the parts of the tests and no others', () => {
    const references = testImages(installed(partsOf('tests'))).map(({ reference }) => reference);
    expect(references).toContain('docker.io/library/nginx:1.22');
    expect(new Set(references).size).toBe(references.length);
  });

  it('has no image that up packs', () => {
    const packed = serverImages(installed(partsOf('images'))).map(({ reference }) => reference);
    for (const { reference } of testImages(installed(partsOf('tests')))) expect(packed).not.toContain(reference);
  });

  it('says which part is missing', () => {
    expect(() => testImages([])).toThrow("images cannot be packed without the toolchain's part nginx-rootfs");
  });
});
