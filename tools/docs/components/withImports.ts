/**
 * An example as a file of its own: with an import of every component that it names, and of Pulumi where it uses it.
 *
 * @param modules - Where each component is imported from, by class name.
 */
export function withImports(example: string, modules: ReadonlyMap<string, string>): string {
  const named = [...modules].filter(([name]) => new RegExp(`\\b${name}\\b`).test(example));
  const imports = [
    ...(/\bpulumi\./.test(example) ? ["import * as pulumi from '@pulumi/pulumi';"] : []),
    ...named.map(([name, module]) => `import { ${name} } from '${module}';`),
  ];
  return [...imports, '', example].join('\n');
}
