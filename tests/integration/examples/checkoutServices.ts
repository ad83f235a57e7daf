import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareImage } from '../../../examples/checkout/prepareImage.ts';
import { freeTcpPort } from '../runtime/support/freePort.ts';
import { repository } from '../runtime/support/repository.ts';
import { answersHttp, TestProcess } from '../runtime/support/testProcess.ts';

/** Both services of the shop, run from the files of their image. */
export interface CheckoutServices {
  readonly storefront: TestProcess;
  readonly orders: TestProcess;
  readonly storefrontUrl: string;
  readonly ordersUrl: string;
  stop(): Promise<void>;
}

/** Prepares the image and starts both services with its Node, compiled code and packages. */
export async function startCheckoutServices(environment: Readonly<Record<string, string>>): Promise<CheckoutServices> {
  const image = await mkdtemp(join(tmpdir(), 'tracewright-checkout-'));
  await prepareImage({ checkout: repository, outputDirectory: image });
  const [ordersPort, storefrontPort] = [await freeTcpPort(), await freeTcpPort()];
  const ordersUrl = `http://127.0.0.1:${ordersPort}`;
  const storefrontUrl = `http://127.0.0.1:${storefrontPort}`;
  const start = (service: string, port: number): TestProcess =>
    new TestProcess({
      command: join(image, 'usr/local/bin/node'),
      args: ['--import', '@tracewright/runtime/register', `dist/${service}/main.js`],
      cwd: join(image, 'app'),
      environment: {
        HOST: '127.0.0.1',
        PORT: String(port),
        OTEL_SERVICE_NAME: service,
        ORDERS_URL: ordersUrl,
        ...environment,
      },
    });
  const orders = start('orders', ordersPort);
  const storefront = start('storefront', storefrontPort);
  const stop = async (): Promise<void> => {
    await Promise.all([storefront.stop(), orders.stop()]);
    await rm(image, { recursive: true, force: true });
  };
  try {
    await orders.waitUntil(() => answersHttp(`${ordersUrl}/readyz`));
    await storefront.waitUntil(() => answersHttp(`${storefrontUrl}/readyz`));
  } catch (error) {
    await stop();
    throw error;
  }
  return { storefront, orders, storefrontUrl, ordersUrl, stop };
}
