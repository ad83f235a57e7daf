import type { Rule } from '../../rule.ts';
import { controlPlaneTolerations } from './controlPlaneTolerations.ts';
import { defaultNamespace } from './defaultNamespace.ts';
import { defaultServiceAccount } from './defaultServiceAccount.ts';
import { deprecatedApiVersions } from './deprecatedApiVersions.ts';
import { emptyDirLimits } from './emptyDirLimits.ts';
import { hostAliases } from './hostAliases.ts';
import { labelSyntax } from './labelSyntax.ts';
import { nakedPods } from './nakedPods.ts';
import { pinnedNode } from './pinnedNode.ts';
import { podContainers } from './podContainers.ts';
import { priorityClass } from './priorityClass.ts';
import { recommendedLabels } from './recommendedLabels.ts';
import { removedApiVersions } from './removedApiVersions.ts';
import { replicas } from './replicas.ts';
import { rollingUpdateBounds } from './rollingUpdateBounds.ts';
import { secretDataInConfigMap } from './secretDataInConfigMap.ts';
import { selectorMatchesTemplate } from './selectorMatchesTemplate.ts';
import { serviceAccountToken } from './serviceAccountToken.ts';
import { serviceLinks } from './serviceLinks.ts';
import { sharedProcessNamespace } from './sharedProcessNamespace.ts';
import { systemPriority } from './systemPriority.ts';
import { terminationGrace } from './terminationGrace.ts';
import { topologySpread } from './topologySpread.ts';
import { updateStrategy } from './updateStrategy.ts';

/** Rules about pods and what makes them, and about any object by itself. */
export const workloadRules: readonly Rule[] = [
  podContainers,
  serviceAccountToken,
  defaultServiceAccount,
  recommendedLabels,
  labelSyntax,
  selectorMatchesTemplate,
  priorityClass,
  systemPriority,
  terminationGrace,
  replicas,
  topologySpread,
  updateStrategy,
  rollingUpdateBounds,
  nakedPods,
  serviceLinks,
  sharedProcessNamespace,
  pinnedNode,
  controlPlaneTolerations,
  hostAliases,
  emptyDirLimits,
  defaultNamespace,
  removedApiVersions,
  deprecatedApiVersions,
  secretDataInConfigMap,
];
