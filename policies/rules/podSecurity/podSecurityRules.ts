import type { Rule } from '../../rule.ts';
import { appArmor } from './appArmor.ts';
import { capabilitiesBaseline } from './capabilitiesBaseline.ts';
import { capabilitiesRestricted } from './capabilitiesRestricted.ts';
import { hostNamespaces } from './hostNamespaces.ts';
import { hostPathVolumes } from './hostPathVolumes.ts';
import { hostPorts } from './hostPorts.ts';
import { hostProbes } from './hostProbes.ts';
import { hostProcess } from './hostProcess.ts';
import { privilegedContainers } from './privilegedContainers.ts';
import { privilegeEscalation } from './privilegeEscalation.ts';
import { procMount } from './procMount.ts';
import { runAsNonRoot } from './runAsNonRoot.ts';
import { runAsUser } from './runAsUser.ts';
import { seccompBaseline } from './seccompBaseline.ts';
import { seccompRestricted } from './seccompRestricted.ts';
import { seLinux } from './seLinux.ts';
import { sysctls } from './sysctls.ts';
import { volumeTypes } from './volumeTypes.ts';

/**
 * The Pod Security Standards "baseline" and "restricted" of Kubernetes 1.34, a rule for each of their controls, in their order. Each is
 * as strict as the API server itself (k8s.io/pod-security-admission 0.34), with the feature gates that are on by themselves.
 */
export const podSecurityRules: readonly Rule[] = [
  hostProcess,
  hostNamespaces,
  privilegedContainers,
  capabilitiesBaseline,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  appArmor,
  seLinux,
  procMount,
  seccompBaseline,
  sysctls,
  volumeTypes,
  privilegeEscalation,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
  capabilitiesRestricted,
];
