// Examples show what a rule is about and nothing else: other rules may well have something to say of them.

/** A Pod with one container. @param lines - Fields of the container after its name, each line as YAML. */
export function podWithContainer(...lines: readonly string[]): string {
  return manifest('v1', 'Pod', 'shop', `spec:\n  containers:\n    - name: shop\n${indented(lines, 6)}`);
}

/** A Pod. @param lines - Fields of its `spec` as YAML, besides a container named `shop`. */
export function podWith(...lines: readonly string[]): string {
  return manifest('v1', 'Pod', 'shop', `spec:\n${indented(lines, 2)}  containers:\n    - name: shop\n`);
}

/** A Deployment. @param lines - Fields of its `spec` as YAML; its pods carry the label `app: shop`. */
export function deploymentWith(...lines: readonly string[]): string {
  const template = 'template:\n  metadata: { labels: { app: shop } }\n  spec: { containers: [{ name: shop }] }';
  return manifest(
    'apps/v1',
    'Deployment',
    'shop',
    `spec:\n${indented([...lines, 'selector: { matchLabels: { app: shop } }', template], 2)}`,
  );
}

/** An object named as said. @param rest - What follows its metadata, as YAML. */
export function manifest(apiVersion: string, kind: string, name: string, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n${rest.trimEnd()}\n`;
}

/** Objects one after the other. */
export function documents(...manifests: readonly string[]): string {
  return manifests.join('---\n');
}

function indented(lines: readonly string[], spaces: number): string {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${' '.repeat(spaces)}${line}\n`)
    .join('');
}
