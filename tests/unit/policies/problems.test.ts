import { describe, expect, it } from 'vitest';
import { entries, field, fieldAt, text } from '../../../policies/kubernetes/fields.ts';
import { objectsOf, type KubernetesObject } from '../../../policies/kubernetes/object.ts';
import { eachContainer, eachObject, untilUnknown, type ContainerProblem } from '../../../policies/problems.ts';
import { unknownText } from '../../support/engineUnknowns.ts';

function pod(spec: unknown): KubernetesObject {
  const [object] = objectsOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }, { urn: 'u' }, 'web');
  if (object === undefined) throw new Error('no object');
  return object;
}

const problem = (path: string): ContainerProblem => ({ path, problem: 'is wrong', fix: 'mend it' });
const couldNotRun = 'is known only after the deployment, so that the rule could not run';

describe('eachContainer', () => {
  it.each([
    ['image', 'spec.containers[0].image'],
    ['', 'spec.containers[0]'],
    ['[0].x', 'spec.containers[0][0].x'],
  ])('puts the field "%s" of a container where it stands in the object', (path, expected) => {
    const found = [...eachContainer(pod({ containers: [{ name: 'a' }] }), () => [problem(path)])];
    expect(found).toEqual([{ ...problem(expected), container: 'a' }]);
  });

  it('says nothing of what has no containers', () => {
    const [service] = objectsOf({ apiVersion: 'v1', kind: 'Service' }, { urn: 'u' }, 'web');
    expect(service && [...eachContainer(service, () => [problem('')])]).toEqual([]);
    expect([...eachContainer(pod({}), () => [problem('')])]).toEqual([]);
  });

  it('names the field that is unknown, and none whose name ends alike', () => {
    const containers = [
      { name: 'a', ports: [{ hostPort: unknownText, port: 1 }], port: unknownText, x: { port: unknownText } },
    ];
    const found = [
      ...eachContainer(pod({ containers }), function* ({ spec }) {
        yield problem('first');
        if (field(spec, 'port') === 1) yield problem('port');
      }),
    ];
    expect(found.map(({ path, unknown, problem: what }) => [path, unknown ?? false, what])).toEqual([
      ['spec.containers[0].first', false, 'is wrong'],
      ['spec.containers[0].port', true, couldNotRun],
    ]);
  });

  it('names the entry of a list that is unknown', () => {
    const found = [
      ...eachContainer(pod({ containers: [{ name: 'a', args: ['--a', unknownText] }] }), ({ spec }) =>
        entries(field(spec, 'args')).map(() => problem('args')),
      ),
    ];
    expect(found).toMatchObject([{ path: 'spec.containers[0].args[1]', unknown: true, container: 'a' }]);
  });

  it('lets through what a check throws otherwise', () => {
    const broken = (): never => {
      throw new TypeError('broken');
    };
    expect(() => [...eachContainer(pod({ containers: [{}] }), broken)]).toThrow('broken');
  });
});

describe('eachObject', () => {
  const check = (object: KubernetesObject) =>
    text(fieldAt(object.body, 'spec', 'nodeName')) === 'good' ? [] : [problem('spec.nodeName')];

  it('says of each object what is wrong with it, and which it is', () => {
    const [one, two] = [pod({ nodeName: 'bad' }), pod({ nodeName: 'good' })];
    expect([...eachObject([one, two], check)]).toEqual([{ ...problem('spec.nodeName'), object: one }]);
  });

  it('goes on after one with an unknown value', () => {
    const [one, two] = [pod({ nodeName: unknownText }), pod({})];
    expect([...eachObject([one, two], check)]).toMatchObject([
      { path: 'spec.nodeName', problem: couldNotRun, unknown: true, object: one },
      { path: 'spec.nodeName', problem: 'is wrong', object: two },
    ]);
  });
});

describe('untilUnknown', () => {
  it('names the field that was read where the value has no such field', () => {
    const problems = (function* () {
      yield problem('first');
      if (field({ elsewhere: unknownText }, 'elsewhere') === 1) yield problem('second');
    })();
    expect([...untilUnknown({}, 'here', problems)]).toMatchObject([
      { path: 'first' },
      { path: 'here.elsewhere', unknown: true },
    ]);
  });
});
