import { expect, it } from 'vitest';
import { describeSummary, type UpResult } from '../../../../tools/up/summary.ts';

const result: UpResult = {
  stack: 'dev',
  context: 'kind-a',
  changed: true,
  outputs: {},
  outputsFile: '/state/outputs/dev.json',
  warnings: [],
  traceId: 'abc',
  spanCount: 10,
  services: ['orders', 'storefront'],
  traceUrl: 'http://127.0.0.1:16686/trace/abc',
  uiUrl: 'http://127.0.0.1:16686',
  apiUrl: 'http://127.0.0.1:16686/api',
  jaegerUi: true,
  phases: { cluster: 1 },
};

function linesOf(shown: UpResult): string[] {
  return describeSummary({ result: shown, namespace: 'tracing', workloads: [], kubeconfig: '/state/kubeconfig' }).split(
    '\n',
  );
}

it('has the address of the page with its token in a line of its own, as it can be copied', () => {
  const pageUrl = 'http://127.0.0.1:4319/#token=a-token';
  expect(linesOf({ ...result, pageUrl })).toContain(`  Page     ${pageUrl}`);
});

it('says nothing of a page where there is no example', () => {
  expect(linesOf(result).filter((line) => /page|token/i.test(line))).toEqual([]);
});
