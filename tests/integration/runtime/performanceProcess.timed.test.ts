import { describe, expect, it } from 'vitest';
import { repository, tracedFromSource } from '../support/repository.ts';
import { TestProcess } from '../support/testProcess.ts';

async function run(how: string) {
  const started = performance.now();
  const running = new TestProcess({
    command: process.execPath,
    args: tracedFromSource('tests/integration/runtime/apps/watched.ts'),
    cwd: repository,
    environment: {
      HOW: how,
      OTEL_SERVICE_NAME: 'watched',
      OTEL_TRACES_EXPORTER: 'none',
      TRACEWRIGHT_CRASH_RECORD_FILE: 'none',
    },
  });
  const late = setTimeout(() => running.kill('SIGKILL'), 15_000);
  const end = await running.end();
  clearTimeout(late);
  return { ...end, lines: running.output.trim().split('\n'), millis: performance.now() - started };
}

describe('a process that watches its performance', () => {
  it.each([
    ['stop at once', ['stopped']],
    ['stop after a round', ['read something', 'stopped']],
    ['stop in a round', ['stopped']],
    ['never stop', ['stopped']],
  ])('ends by itself, quickly and with exit code 0, where nothing else keeps it alive: %s', async (how, lines) => {
    const { millis, ...end } = await run(how);
    expect(end).toEqual({ code: 0, signal: null, lines });
    expect(millis).toBeLessThan(8000);
  });

  it('has what instrumented libraries measure among its metrics, kept and shown', async () => {
    const { code, lines } = await run('serve');
    expect([code, lines[0]]).toEqual([0, 'kept [200,500]']);
    const counts = lines
      .filter((line) => line.startsWith('http_server_request_duration_seconds_count'))
      .map((line) => [/http_response_status_code="(\d+)"/.exec(line)?.[1], line.split(' ')[1]]);
    expect(counts).toEqual([
      ['200', '2'],
      ['500', '1'],
    ]);
    expect(lines.some((line) => line.startsWith('http_client_request_duration_seconds_count'))).toBe(true);
  });
});
