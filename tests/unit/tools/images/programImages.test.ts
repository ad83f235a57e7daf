import { describe, expect, it } from 'vitest';
import { partsOfTestImages, testImages, type TestImageName } from '../../../../tools/images/testImages.ts';

const specOf = (name: TestImageName) => {
  const parts = partsOfTestImages([name]).map((part) => ({
    name: part,
    version: 'v1.2.3',
    origin: 'cache' as const,
    directory: `/cache/${part}`,
  }));
  return testImages([name], parts)[0];
};

describe('images of one program', () => {
  it.each([
    ['oauth2-proxy', '/cache/oidc/oauth2-proxy', '/bin/oauth2-proxy', '65532:65532'],
    ['dex', '/cache/oidc/dex', '/usr/local/bin/dex', '1001:1001'],
    ['span-load', '/cache/trace-clients/span-load', '/usr/local/bin/span-load', '10001:10001'],
    ['steady-load', '/cache/trace-clients/steady-load', '/usr/local/bin/steady-load', '10001:10001'],
    ['traefik', '/cache/traefik/traefik', '/traefik', '65532:65532'],
    ['metrics-server', '/cache/metrics-server/metrics-server', '/metrics-server', '65534:65534'],
  ] as const)('%s starts %s as %s by user %s, and holds nothing else', (name, source, program, user) => {
    const spec = specOf(name);
    expect(spec?.layers).toEqual([
      { kind: 'files', sources: [{ kind: 'file', source, target: program.slice(1), mode: 0o755 }] },
    ]);
    expect(spec?.config).toMatchObject({ entrypoint: [program], user });
  });
});
