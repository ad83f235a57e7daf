import type { Check } from './check.ts';
import { certificatesValid } from './checks/endpoints/certificatesValid.ts';
import { markersFound } from './checks/endpoints/markersFound.ts';
import { queryAnswers } from './checks/endpoints/queryAnswers.ts';
import { servicesLead } from './checks/endpoints/servicesLead.ts';
import { samplingFile } from './checks/sampling/samplingFile.ts';
import { strategiesServed } from './checks/sampling/strategiesServed.ts';
import { accessTried } from './checks/access/accessTried.ts';
import { accountsClosed } from './checks/access/accountsClosed.ts';
import { bindingsAlone } from './checks/access/bindingsAlone.ts';
import { podSecurityKept } from './checks/access/podSecurityKept.ts';
import { rolesDeclared } from './checks/access/rolesDeclared.ts';
import { flowsTried } from './checks/network/flowsTried.ts';
import { policiesAlone } from './checks/network/policiesAlone.ts';
import { policiesDeclared } from './checks/network/policiesDeclared.ts';
import { policiesEnforced } from './checks/network/policiesEnforced.ts';
import { storageDisk } from './checks/storage/storageDisk.ts';
import { storageHealthy } from './checks/storage/storageHealthy.ts';
import { storageIndices } from './checks/storage/storageIndices.ts';
import { storageTemplates } from './checks/storage/storageTemplates.ts';
import { storageVersion } from './checks/storage/storageVersion.ts';
import { partitionsRead } from './checks/streaming/partitionsRead.ts';
import { engineSupported } from './checks/toolchain/engineSupported.ts';
import { kubernetesSupported } from './checks/toolchain/kubernetesSupported.ts';
import { nodeSupported } from './checks/toolchain/nodeSupported.ts';
import { partsPinned } from './checks/toolchain/partsPinned.ts';
import { policyPackLoads } from './checks/toolchain/policyPackLoads.ts';
import { jobsSucceed } from './checks/objects/jobsSucceed.ts';
import { objectsDeclared } from './checks/objects/objectsDeclared.ts';
import { objectsOwned } from './checks/objects/objectsOwned.ts';
import { objectsPresent } from './checks/objects/objectsPresent.ts';
import { objectsStay } from './checks/objects/objectsStay.ts';
import { objectsUndrifted } from './checks/objects/objectsUndrifted.ts';
import { volumesBound } from './checks/objects/volumesBound.ts';
import { autoscalersAble } from './checks/workloads/autoscalersAble.ts';
import { budgetsYield } from './checks/workloads/budgetsYield.ts';
import { containerRestarts } from './checks/workloads/containerRestarts.ts';
import { containersConfined } from './checks/workloads/containersConfined.ts';
import { containersLimited } from './checks/workloads/containersLimited.ts';
import { imagesDeclared } from './checks/workloads/imagesDeclared.ts';
import { nodesFit } from './checks/workloads/nodesFit.ts';
import { probesAnswer } from './checks/workloads/probesAnswer.ts';
import { replicasDeclared } from './checks/workloads/replicasDeclared.ts';
import { replicasSpread } from './checks/workloads/replicasSpread.ts';
import { settingsDeclared } from './checks/workloads/settingsDeclared.ts';
import { versionsReported } from './checks/workloads/versionsReported.ts';
import { workloadsReady } from './checks/workloads/workloadsReady.ts';
import { metricsAnswer } from './checks/monitoring/metricsAnswer.ts';
import { monitoringFiles } from './checks/monitoring/monitoringFiles.ts';
import { operatorObjects } from './checks/monitoring/operatorObjects.ts';
import { prometheusTargets } from './checks/monitoring/prometheusTargets.ts';
import { prometheusRulesLoaded } from './checks/monitoring/prometheusRulesLoaded.ts';
import { prometheusAlerts } from './checks/monitoring/prometheusAlerts.ts';
import { prometheusAlertmanagers } from './checks/monitoring/prometheusAlertmanagers.ts';
import { tracerSound } from './checks/runtime/tracerSound.ts';
import { requestsTracked } from './checks/runtime/requestsTracked.ts';
import { performanceFresh } from './checks/runtime/performanceFresh.ts';
import { errorsRecorded } from './checks/runtime/errorsRecorded.ts';
import { exampleFollowed } from './checks/runtime/exampleFollowed.ts';
import { exampleMetrics } from './checks/runtime/exampleMetrics.ts';
import { pageGuarded } from './checks/runtime/pageGuarded.ts';

/** Every check, in the order of reports: one line each, and one file each in `checks/COMPONENT/`. */
export const allChecks: readonly Check[] = [
  engineSupported,
  nodeSupported,
  kubernetesSupported,
  partsPinned,
  policyPackLoads,
  objectsPresent,
  objectsOwned,
  objectsUndrifted,
  objectsDeclared,
  objectsStay,
  volumesBound,
  jobsSucceed,
  workloadsReady,
  replicasDeclared,
  replicasSpread,
  probesAnswer,
  containerRestarts,
  imagesDeclared,
  versionsReported,
  settingsDeclared,
  containersLimited,
  containersConfined,
  autoscalersAble,
  budgetsYield,
  nodesFit,
  rolesDeclared,
  bindingsAlone,
  accountsClosed,
  podSecurityKept,
  accessTried,
  policiesDeclared,
  policiesAlone,
  policiesEnforced,
  flowsTried,
  storageHealthy,
  storageVersion,
  storageTemplates,
  storageIndices,
  storageDisk,
  partitionsRead,
  samplingFile,
  strategiesServed,
  servicesLead,
  queryAnswers,
  certificatesValid,
  markersFound,
  metricsAnswer,
  monitoringFiles,
  operatorObjects,
  prometheusTargets,
  prometheusRulesLoaded,
  prometheusAlerts,
  prometheusAlertmanagers,
  tracerSound,
  requestsTracked,
  performanceFresh,
  errorsRecorded,
  exampleMetrics,
  pageGuarded,
  exampleFollowed,
];
