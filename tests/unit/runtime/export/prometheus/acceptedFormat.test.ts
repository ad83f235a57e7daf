import { describe, expect, it } from 'vitest';
import { acceptedFormat, acceptsGzip } from '../../../../../runtime/src/export/prometheus/acceptedFormat.ts';

const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1';

describe('acceptedFormat', () => {
  it.each([
    PROMETHEUS_2,
    PROMETHEUS_3,
    'application/openmetrics-text',
    'Application/OpenMetrics-Text; Version="1.0.0"',
    'text/plain, application/openmetrics-text',
    '*/*;q=1, text/plain;q=0.2, application/openmetrics-text;q=0.3',
  ])('is OpenMetrics for %s', (accept) => {
    expect(acceptedFormat(accept).isOpenMetrics).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/plain;version=0.0.4;q=1,*/*;q=0.1',
    'application/openmetrics-text;q=0.1, text/plain;q=0.2',
    'application/openmetrics-text;q=0.1, text/*;q=0.2',
    'application/openmetrics-text;q=0',
    'application/openmetrics-text;q=nonsense',
    'application/openmetrics-text;q=7',
    'application/openmetrics-text;version=2.0.0',
    'application/*',
    'application/json',
    ';;;,,,===',
  ])('is the text for %s', (accept) => {
    expect(acceptedFormat(accept).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  });
});

describe('acceptsGzip', () => {
  it.each<[string | undefined, boolean]>([
    ['gzip', true],
    ['deflate, GZIP;q=0.5', true],
    ['x-gzip', true],
    ['gzip;q=0', false],
    ['*', false],
    ['br', false],
    ['', false],
    [undefined, false],
  ])('of %s is %s', (acceptEncoding, accepts) => {
    expect(acceptsGzip(acceptEncoding)).toBe(accepts);
  });
});
