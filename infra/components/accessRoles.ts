import * as pulumi from '@pulumi/pulumi';
import { Role } from '@pulumi/kubernetes/rbac/v1/role.js';
import { RoleBinding } from '@pulumi/kubernetes/rbac/v1/roleBinding.js';
import type { types } from '@pulumi/kubernetes';
import { operatorRules, viewerRules, type AccessRule } from '../kubernetes/accessRules.ts';
import { componentLabels } from '../kubernetes/labels.ts';

/** People, as the cluster's authentication names them. */
export interface People {
  /** Names of users. */
  readonly users: readonly string[];
  /** Names of groups. */
  readonly groups: readonly string[];
}

/** Arguments of {@link AccessRoles}. */
export interface AccessRolesArgs {
  /** Namespace that the roles count in. */
  readonly namespace: pulumi.Input<string>;
  /** Version of Jaeger that its objects are labelled with. */
  readonly jaegerVersion: string;
  /** Who may look. */
  readonly viewers: People;
  /** Who may also restart, evict and scale pods, and forward ports. */
  readonly operators: People;
}

/**
 * Roles for people in a namespace of the stack: one that looks, one that also acts. Neither reads Secrets, changes objects or
 * gets into a container. The stack's own pods call no API and have no role.
 *
 * @example
 * ```ts
 * new AccessRoles('access', {
 *   namespace: 'tracing',
 *   jaegerVersion: '1.50.0',
 *   viewers: { users: [], groups: ['developers'] },
 *   operators: { users: [], groups: ['on-call'] },
 * });
 * ```
 */
export class AccessRoles extends pulumi.ComponentResource {
  constructor(name: string, args: AccessRolesArgs, options?: pulumi.ComponentResourceOptions) {
    super('tracewright:kubernetes:AccessRoles', name, {}, options);
    this.role(`${name}-viewer`, 'tracewright-viewer', viewerRules, args.viewers, args);
    this.role(`${name}-operator`, 'tracewright-operator', operatorRules, args.operators, args);
    this.registerOutputs({});
  }

  private role(
    name: string,
    roleName: string,
    rules: AccessRule[],
    people: People,
    { namespace, jaegerVersion }: AccessRolesArgs,
  ): void {
    const metadata = { name: roleName, namespace, labels: componentLabels(roleName, jaegerVersion) };
    const role = new Role(name, { metadata, rules }, { parent: this });
    const subjects = subjectsOf(people);
    if (subjects.length === 0) return;
    const roleRef = { apiGroup, kind: 'Role', name: role.metadata.name };
    new RoleBinding(name, { metadata, roleRef, subjects }, { parent: this });
  }
}

const apiGroup = 'rbac.authorization.k8s.io';

function subjectsOf({ users, groups }: People): types.input.rbac.v1.Subject[] {
  return [
    ...users.map((subject) => ({ apiGroup, kind: 'User', name: subject })),
    ...groups.map((subject) => ({ apiGroup, kind: 'Group', name: subject })),
  ];
}
