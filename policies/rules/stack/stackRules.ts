import type { Rule } from '../../rule.ts';
import { deploymentDisruptionBudget } from './deploymentDisruptionBudget.ts';
import { disruptionBudgetBlocks } from './disruptionBudgetBlocks.ts';
import { disruptionBudgetTarget } from './disruptionBudgetTarget.ts';
import { duplicateObjects } from './duplicateObjects.ts';
import { duplicatePortNames } from './duplicatePortNames.ts';
import { hpaReplicas } from './hpaReplicas.ts';
import { hpaRequests } from './hpaRequests.ts';
import { hpaTarget } from './hpaTarget.ts';
import { ingressBackend } from './ingressBackend.ts';
import { ingressBackendPort } from './ingressBackendPort.ts';
import { monitorPorts } from './monitorPorts.ts';
import { monitorServices } from './monitorServices.ts';
import { networkPolicyPeers } from './networkPolicyPeers.ts';
import { networkPolicyPorts } from './networkPolicyPorts.ts';
import { networkPolicyTarget } from './networkPolicyTarget.ts';
import { overlappingDisruptionBudgets } from './overlappingDisruptionBudgets.ts';
import { overlappingSelectors } from './overlappingSelectors.ts';
import { podEgressPolicy } from './podEgressPolicy.ts';
import { podIngressPolicy } from './podIngressPolicy.ts';
import { referencedConfigMaps } from './referencedConfigMaps.ts';
import { referencedKeys } from './referencedKeys.ts';
import { referencedSecrets } from './referencedSecrets.ts';
import { referencedServiceAccounts } from './referencedServiceAccounts.ts';
import { roleReferences } from './roleReferences.ts';
import { serviceDeclaredPort } from './serviceDeclaredPort.ts';
import { serviceSelector } from './serviceSelector.ts';
import { serviceTargetPort } from './serviceTargetPort.ts';
import { statefulSetService } from './statefulSetService.ts';
import { volumeClaims } from './volumeClaims.ts';

/** Rules about objects that belong together. */
export const stackRules: readonly Rule[] = [
  deploymentDisruptionBudget,
  disruptionBudgetBlocks,
  disruptionBudgetTarget,
  overlappingDisruptionBudgets,
  hpaReplicas,
  hpaTarget,
  hpaRequests,
  serviceSelector,
  serviceTargetPort,
  serviceDeclaredPort,
  duplicatePortNames,
  podIngressPolicy,
  podEgressPolicy,
  networkPolicyTarget,
  networkPolicyPeers,
  networkPolicyPorts,
  referencedConfigMaps,
  referencedSecrets,
  referencedServiceAccounts,
  referencedKeys,
  volumeClaims,
  roleReferences,
  overlappingSelectors,
  ingressBackend,
  ingressBackendPort,
  monitorServices,
  monitorPorts,
  statefulSetService,
  duplicateObjects,
];
