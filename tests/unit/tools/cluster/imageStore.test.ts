import { expect, it } from 'vitest';
import { parseImageList } from '../../../../tools/cluster/imageStore.ts';

const LIST = [
  'REF                        TYPE                                       DIGEST     SIZE     PLATFORMS   LABELS                         ',
  'docker.io/library/redis:7  application/vnd.oci.image.manifest.v1+json sha256:aa  1.0 MiB  linux/amd64 io.cri-containerd.image=managed',
  'docker.io/library/new:1    application/vnd.oci.image.manifest.v1+json sha256:bb  1.0 MiB  linux/amd64 -                              ',
  '',
].join('\n');

it('reads references, digests and whether the kubelet knows them', () => {
  expect(parseImageList(LIST)).toEqual(
    new Map([
      ['docker.io/library/redis:7', { digest: 'sha256:aa', isManaged: true }],
      ['docker.io/library/new:1', { digest: 'sha256:bb', isManaged: false }],
    ]),
  );
});

it('reads an empty list', () => {
  expect(parseImageList('REF TYPE DIGEST SIZE PLATFORMS LABELS\n').size).toBe(0);
});
