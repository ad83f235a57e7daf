import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { repository } from '../../../support/repository.ts';

it('leaves no span of a query to Jaeger, nor tells Jaeger of the trace it is asked in', async () => {
  const args = ['--conditions=tracewright-source', 'tests/integration/runtime/apps/untracedQuery.ts'];
  const environment = { OTEL_SERVICE_NAME: 'page' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repository, env: environment });
  // The span around it, that of the client, and that of the server, which is in the same process; without the client's.
  expect(JSON.parse(stdout)).toEqual({ plain: 3, query: 2, parents: [true, false] });
});
