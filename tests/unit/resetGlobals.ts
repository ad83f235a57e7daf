import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterAll, vi } from 'vitest';

// Files share what they import (vitest.config.ts), and with it what a test has registered with OpenTelemetry's API, or faked.
afterAll(() => {
  for (const api of [context, diag, metrics, propagation, trace]) api.disable();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
