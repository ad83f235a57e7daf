import type { types } from '@pulumi/kubernetes';

/** Pod settings that the "restricted" Pod Security Standard asks for. The group owns the volumes. */
export function restrictedPodSecurity(userId: number): types.input.core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: userId,
    runAsGroup: userId,
    fsGroup: userId,
    // A large volume is not walked through at every start once its root belongs to the group.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** A container as "restricted" asks for it, with a root file system that nothing can write to. */
export function restrictedContainer(container: types.input.core.v1.Container): types.input.core.v1.Container {
  return {
    imagePullPolicy: 'IfNotPresent',
    ...container,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}
