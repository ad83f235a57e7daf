import * as policy from '@pulumi/policy';
import { describe, expect, it } from 'vitest';
import { objectsOfResource } from '../../../../policies/pulumi/objectsOfResource.ts';
import { unknownText } from '../../../support/engineUnknowns.ts';

const urn = 'urn:pulumi:dev::test::some::web';

function objects(type: string, props: unknown) {
  return objectsOfResource({ type, name: 'web', urn, props });
}

/** Inputs as a policy gets them: behind a proxy that throws at unknown values. Its package exports it without a type. */
function behindProxy(props: object): unknown {
  const wrap: unknown = Reflect.get(policy, 'unknownCheckingProxy');
  if (typeof wrap !== 'function') throw new Error('@pulumi/policy has no unknownCheckingProxy');
  return Reflect.apply(wrap, undefined, [props]);
}

describe('the object of a resource', () => {
  it.each([
    ['kubernetes:core/v1:Pod', 'v1', 'Pod'],
    ['kubernetes:apps/v1:Deployment', 'apps/v1', 'Deployment'],
    ['kubernetes:networking.k8s.io/v1:Ingress', 'networking.k8s.io/v1', 'Ingress'],
    ['kubernetes:monitoring.coreos.com/v1:ServiceMonitor', 'monitoring.coreos.com/v1', 'ServiceMonitor'],
  ])('of the type %s is of %s, whatever the inputs say', (type, apiVersion, kind) => {
    for (const inputs of [{}, { apiVersion, kind }, { apiVersion: 'example.com/v1', kind: 'Other' }, { kind: null }]) {
      const [object, ...others] = objects(type, { ...inputs, metadata: { name: 'one' }, spec: { a: 1 } });
      expect(others).toEqual([]);
      expect(object).toMatchObject({ apiVersion, kind, name: 'one', source: { urn } });
      expect(object?.body).toEqual({ apiVersion, kind, metadata: { name: 'one' }, spec: { a: 1 } });
    }
  });

  it('goes by the name of the resource where only the cluster will name it', () => {
    expect(objects('kubernetes:core/v1:Pod', { metadata: { generateName: 'x-' } })[0]?.identity).toBe('Pod/web');
    expect(objects('kubernetes:core/v1:Pod', { metadata: { name: unknownText } })[0]?.identity).toBe('Pod/web');
  });

  it('stands as it is, without the proxy', () => {
    const props = { metadata: { name: 'one' }, spec: { replicas: unknownText } };
    expect(objects('kubernetes:apps/v1:Deployment', behindProxy(props))[0]?.body).toMatchObject(props);
  });

  it.each([undefined, null, 7, 'text', []])('is there though its inputs are %j', (props) => {
    expect(objects('kubernetes:core/v1:Pod', props).map(({ identity }) => identity)).toEqual(['Pod/web']);
  });
});
