const NAMES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** What both OCI images and Debian's packages call a processor that Node.js names, by default this machine's. */
export function imageArchitecture(nodeArchitecture: string = process.arch): string {
  return NAMES[nodeArchitecture] ?? nodeArchitecture;
}
