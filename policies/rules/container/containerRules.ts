import type { Rule } from '../../rule.ts';
import { containerPorts } from './containerPorts.ts';
import { containerProbes } from './containerProbes.ts';
import { containerResources } from './containerResources.ts';
import { distinctProbes } from './distinctProbes.ts';
import { duplicateEnvironment } from './duplicateEnvironment.ts';
import { duplicatePorts } from './duplicatePorts.ts';
import { ephemeralStorage } from './ephemeralStorage.ts';
import { imageDigest } from './imageDigest.ts';
import { imagePullPolicy } from './imagePullPolicy.ts';
import { imageRegistry } from './imageRegistry.ts';
import { imageTag } from './imageTag.ts';
import { privilegedPorts } from './privilegedPorts.ts';
import { probeDeclaredPorts } from './probeDeclaredPorts.ts';
import { probePorts } from './probePorts.ts';
import { probeTimings } from './probeTimings.ts';
import { probeValues } from './probeValues.ts';
import { readOnlyRootFilesystem } from './readOnlyRootFilesystem.ts';
import { resourceMaxima } from './resourceMaxima.ts';
import { resourceRatios } from './resourceRatios.ts';
import { secretEnvironmentReference } from './secretEnvironmentReference.ts';
import { secretInCommand } from './secretInCommand.ts';
import { secretInEnvironment } from './secretInEnvironment.ts';
import { servedReadiness } from './servedReadiness.ts';
import { userAndGroupIds } from './userAndGroupIds.ts';

/** Rules about containers. */
export const containerRules: readonly Rule[] = [
  containerResources,
  ephemeralStorage,
  resourceRatios,
  resourceMaxima,
  containerProbes,
  distinctProbes,
  probePorts,
  probeDeclaredPorts,
  probeValues,
  probeTimings,
  servedReadiness,
  imageTag,
  imageDigest,
  imageRegistry,
  imagePullPolicy,
  readOnlyRootFilesystem,
  userAndGroupIds,
  secretInEnvironment,
  secretInCommand,
  secretEnvironmentReference,
  duplicateEnvironment,
  containerPorts,
  duplicatePorts,
  privilegedPorts,
];
