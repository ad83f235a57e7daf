import type { Rule } from '../../rule.ts';
import { externalName } from './externalName.ts';
import { ingressClass } from './ingressClass.ts';
import { ingressHost } from './ingressHost.ts';
import { ingressSnippets } from './ingressSnippets.ts';
import { ingressTls } from './ingressTls.ts';
import { loadBalancerSources } from './loadBalancerSources.ts';
import { networkPolicyOpenPeers } from './networkPolicyOpenPeers.ts';
import { networkPolicyTypes } from './networkPolicyTypes.ts';
import { serviceExternalIps } from './serviceExternalIps.ts';
import { serviceType } from './serviceType.ts';

/** Rules about Services, Ingresses and network policies, each by itself. */
export const networkRules: readonly Rule[] = [
  serviceType,
  serviceExternalIps,
  externalName,
  loadBalancerSources,
  ingressTls,
  ingressHost,
  ingressClass,
  ingressSnippets,
  networkPolicyOpenPeers,
  networkPolicyTypes,
];
