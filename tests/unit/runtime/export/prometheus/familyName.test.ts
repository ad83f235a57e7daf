import { describe, expect, it } from 'vitest';
import { familyName } from '../../../../../runtime/src/export/prometheus/familyName.ts';
import type { MetricKind } from '../../../../../runtime/src/performance/metrics/metricSnapshot.ts';

describe('familyName', () => {
  it.each<[name: string, unit: string, kind: MetricKind, family: string, familyUnit: string]>([
    ['http.server.request.duration', 's', 'histogram', 'http_server_request_duration_seconds', 'seconds'],
    ['process.cpu.time', 's', 'counter', 'process_cpu_time_seconds', 'seconds'],
    ['system.memory.usage', 'By', 'upDownCounter', 'system_memory_usage_bytes', 'bytes'],
    ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio', 'ratio'],
    ['jobs', '1', 'counter', 'jobs', ''],
    ['jobs', '1', 'upDownCounter', 'jobs', ''],
    ['jobs', '1', 'histogram', 'jobs', ''],
    ['http.server.active_requests', '{request}', 'upDownCounter', 'http_server_active_requests', ''],
    ['arrivals', '{request}/s', 'gauge', 'arrivals_per_second', 'per_second'],
    ['disk.rate', 'By/s', 'gauge', 'disk_rate_bytes_per_second', 'bytes_per_second'],
    ['speed', 'm/s', 'gauge', 'speed_meters_per_second', 'meters_per_second'],
    ['size', 'By/{request}', 'gauge', 'size_bytes', 'bytes'],
    ['lag', 'ms', 'gauge', 'lag_milliseconds', 'milliseconds'],
    ['heat', 'Cel', 'gauge', 'heat_celsius', 'celsius'],
    ['full', '%', 'gauge', 'full_percent', 'percent'],
    ['boxes', 'crate(big)', 'gauge', 'boxes_crate_big', 'crate_big'],
    ['wait.seconds', 's', 'histogram', 'wait_seconds', 'seconds'],
    ['seconds', 's', 'gauge', 'seconds', 'seconds'],
    ['milliseconds', 's', 'gauge', 'milliseconds_seconds', 'seconds'],
    ['seconds_before_noon', 's', 'gauge', 'seconds_before_noon_seconds', 'seconds'],
    ['cpu.seconds.total', 's', 'counter', 'cpu_seconds', 'seconds'],
    ['orders_total', '', 'counter', 'orders', ''],
    ['orders_total', '', 'gauge', 'orders_total', ''],
    ['total', '', 'counter', 'total', ''],
    ['a..b//c--d__e', '', 'gauge', 'a_b_c_d_e', ''],
    ['a:b', '', 'gauge', 'a_b', ''],
    ['9lives', '', 'gauge', '_9lives', ''],
    ['a.', 's', 'gauge', 'a_seconds', 'seconds'],
    ['__proto__', '', 'gauge', '_proto_', ''],
    ['line\nbreak{x="1"} 5', '', 'gauge', 'line_break_x_1_5', ''],
    ['naïve', '', 'gauge', 'na_ve', ''],
    ['x'.repeat(300), 's', 'gauge', `${'x'.repeat(255)}_seconds`, 'seconds'],
  ])('%s in %s, a %s, is %s', (name, unit, kind, family, familyUnit) => {
    expect(familyName({ name, unit, kind })).toEqual({ name: family, unit: familyUnit });
  });

  it.each(['', '.', '日本', '\n'])('of %j nothing is left', (name) => {
    expect(familyName({ name, unit: 's', kind: 'gauge' })).toBeUndefined();
  });
});
