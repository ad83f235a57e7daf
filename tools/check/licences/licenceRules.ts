/** What packages of others may be licensed under. */
export interface LicenceRules {
  /** SPDX identifiers for packages that our published packages lead to, so that whoever installs ours gets them too. */
  readonly published: readonly string[];
  /** Further ones for packages that only the development of this repository needs. */
  readonly development: readonly string[];
  /** Packages that say no SPDX expression, as somebody read the text that they come with. */
  readonly read: readonly ReadLicence[];
  /** Packages under another licence that are allowed all the same. */
  readonly exceptions: readonly LicenceException[];
}

/** A licence that stands in a package's text only. It holds for this version: the next one is read again. */
export interface ReadLicence {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
}

/** One package that is allowed under one licence. */
export interface LicenceException {
  readonly name: string;
  /** As the package says it. */
  readonly license: string;
  readonly reason: string;
}

/**
 * The rules of this repository. They are for npm packages: what the toolchain builds of Go modules, Maven and Debian packages
 * is made on the machine that runs it, is in no package of ours, and is passed on to nobody.
 */
export const licenceRules: LicenceRules = {
  published: [
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'CC0-1.0',
    'ISC',
    'MIT',
    'Python-2.0',
    'Unlicense',
  ],
  development: ['CC-BY-3.0', 'MPL-2.0', 'PSF-2.0', 'Zlib'],
  read: [
    { name: '@logdna/tail-file', version: '2.2.0', license: 'MIT' },
    { name: 'ansi-color', version: '0.2.2', license: 'BSD-3-Clause' },
    { name: 'process', version: '0.10.1', license: 'MIT' },
  ],
  exceptions: [
    {
      name: 'spdx-exceptions',
      license: 'CC-BY-3.0',
      reason: "a list of names that Pulumi's SDK installs; it is not changed, and its authors are named in it",
    },
    {
      name: 'sentry',
      license: 'FSL-1.1-Apache-2.0',
      reason: 'a command that @sentry/node brings, to which npm run bench compares; nothing calls it',
    },
  ],
};
