/** The command line that runs a program inside a node, as its first process sees the world. */
export function nodeCommand(pid: number, command: readonly string[]): readonly string[] {
  const namespaces = ['--mount', '--uts', '--ipc', '--net', '--pid'];
  return ['nsenter', '--target', String(pid), ...namespaces, '--', ...command];
}
