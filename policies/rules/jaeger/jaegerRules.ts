import type { Rule } from '../../rule.ts';
import { jaegerAdminPorts } from './jaegerAdminPorts.ts';
import { jaegerAgentAddress } from './jaegerAgentAddress.ts';
import { jaegerCleanerPrefix } from './jaegerCleanerPrefix.ts';
import { jaegerCleanerRetention } from './jaegerCleanerRetention.ts';
import { jaegerElasticsearchVersion } from './jaegerElasticsearchVersion.ts';
import { jaegerIndexPrefixes } from './jaegerIndexPrefixes.ts';
import { jaegerPasswordMount } from './jaegerPasswordMount.ts';
import { jaegerReplicas } from './jaegerReplicas.ts';
import { jaegerSamplingReload } from './jaegerSamplingReload.ts';
import { jaegerSamplingStrategies } from './jaegerSamplingStrategies.ts';
import { jaegerServiceLinks } from './jaegerServiceLinks.ts';
import { jaegerStorageAgreement } from './jaegerStorageAgreement.ts';
import { jaegerTlsFlags } from './jaegerTlsFlags.ts';
import { jaegerVersion } from './jaegerVersion.ts';

/** Rules about Jaeger. */
export const jaegerRules: readonly Rule[] = [
  jaegerAgentAddress,
  jaegerSamplingStrategies,
  jaegerSamplingReload,
  jaegerIndexPrefixes,
  jaegerStorageAgreement,
  jaegerCleanerRetention,
  jaegerCleanerPrefix,
  jaegerAdminPorts,
  jaegerVersion,
  jaegerElasticsearchVersion,
  jaegerReplicas,
  jaegerTlsFlags,
  jaegerServiceLinks,
  jaegerPasswordMount,
];
