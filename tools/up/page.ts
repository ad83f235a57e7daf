import { ensureGateway } from '../gateway/gatewayProcess.ts';
import { pageTarget } from '../gateway/gatewayTarget.ts';
import type { CommandContext } from '../stack/commandContext.ts';
import { definedOnly } from '../stack/openStack.ts';
import { exampleNamespace, readPageToken } from './example.ts';
import { pageGatewayDirectory } from './gateways.ts';
import type { Target } from './target.ts';

/**
 * Sees to it that this machine reaches the page of the example's storefront.
 * @returns its address with the token, which a browser takes out of the address and sends to nobody else.
 * @throws PortTakenError for a port that was asked for; GatewayStartError
 */
export async function openPage(
  { options, environment, phases }: CommandContext,
  { stateDirectory, context, kube, kubeconfig }: Target,
): Promise<string> {
  return phases.run('page', async () => {
    const token = await readPageToken(kube);
    const { url } = await ensureGateway({
      target: pageTarget,
      stateDirectory: pageGatewayDirectory(stateDirectory, options.stack),
      context,
      namespace: exampleNamespace,
      environment: { ...definedOnly(environment), KUBECONFIG: kubeconfig },
      ...(options.pagePort === undefined ? {} : { port: options.pagePort }),
    });
    return `${url}/#token=${token}`;
  });
}
