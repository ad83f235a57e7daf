import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readComponents } from '../../../../tools/docs/components/readComponents.ts';

const components = readComponents(fileURLToPath(new URL('../../../..', import.meta.url)).replace(/\/$/, ''));

describe('the components of the repository', () => {
  it('are all found', () => {
    expect(components.length).toBeGreaterThan(8);
    expect(components.map(({ component }) => component.name)).toContain('TracingStack');
  });

  it.each(components)('$component.name shows its use and describes every argument, output and type', (read) => {
    const { args, outputs, examples, description } = read.component;
    expect(description).not.toBe('');
    expect(examples.length).toBeGreaterThan(0);
    const all = [args, ...read.types].flatMap(({ name, members }) => members.map((member) => ({ name, member })));
    const silent = all.filter(({ member }) => member.description === '');
    expect(silent.map(({ name, member }) => `${name}.${member.name}`)).toEqual([]);
    expect(outputs.filter((output) => output.description === '').map(({ name }) => name)).toEqual([]);
  });

  it('bring along the types that their arguments are made of', () => {
    const collector = components.find(({ component }) => component.name === 'JaegerCollector');
    expect(collector?.types.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ImageSource', 'ContainerResources', 'ResourceAmounts', 'ElasticsearchConnection']),
    );
  });
});
