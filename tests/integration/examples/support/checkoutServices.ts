import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from '../../support/freePort.ts';
import { answersHttp, TestProcess } from '../../support/testProcess.ts';
import { unpackCheckoutImage } from '../unpackCheckoutImage.ts';

/** Both services of the shop, run from the files of their image. */
export interface CheckoutServices {
  readonly storefront: TestProcess;
  readonly orders: TestProcess;
  readonly storefrontUrl: string;
  readonly ordersUrl: string;
  /** Where Prometheus would find the metrics of the orders service. */
  readonly ordersMetricsUrl: string;
  /** Where the page of the storefront is. */
  readonly pageUrl: string;
  stop(): Promise<void>;
}

/** Lays out the image that `npm run up` ships and starts both services with its Node, compiled code and packages. */
export async function startCheckoutServices(environment: Readonly<Record<string, string>>): Promise<CheckoutServices> {
  const image = await mkdtemp(join(tmpdir(), 'tracewright-checkout-'));
  await unpackCheckoutImage(image);
  const [ordersPort, storefrontPort] = [await freeTcpPort(), await freeTcpPort()];
  const [metricsPort, pagePort] = [await freeTcpPort(), await freeTcpPort()];
  const ordersUrl = `http://127.0.0.1:${ordersPort}`;
  const storefrontUrl = `http://127.0.0.1:${storefrontPort}`;
  const start = (service: string, port: number, own: Readonly<Record<string, string>> = {}): TestProcess =>
    new TestProcess({
      command: join(image, 'usr/local/bin/node'),
      args: ['--import', '@tracewright/runtime/register', `dist/${service}/main.js`],
      cwd: join(image, 'app'),
      environment: {
        HOST: '127.0.0.1',
        PORT: String(port),
        OTEL_SERVICE_NAME: service,
        ORDERS_URL: ordersUrl,
        ...own,
        ...environment,
      },
    });
  const orders = start('orders', ordersPort, { METRICS_PORT: String(metricsPort) });
  const storefront = start('storefront', storefrontPort, { DASHBOARD_PORT: String(pagePort) });
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
  const ordersMetricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  const pageUrl = `http://127.0.0.1:${pagePort}/`;
  return { storefront, orders, storefrontUrl, ordersUrl, ordersMetricsUrl, pageUrl, stop };
}
