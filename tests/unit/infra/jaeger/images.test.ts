import { describe, expect, it } from 'vitest';
import { elasticsearchImage, jaegerImage } from '../../../../infra/jaeger/images.ts';

describe('images', () => {
  it('are named as a cluster pulls them by default', () => {
    expect(jaegerImage('query', { jaegerVersion: '1.50.0' })).toBe('jaegertracing/jaeger-query:1.50.0');
    expect(elasticsearchImage({})).toBe('elasticsearch:7.17.10');
  });

  it('come from a mirror where one is named', () => {
    const source = { jaegerVersion: '1.51.0', imageRegistry: 'registry.example:5000/hub' };
    expect(jaegerImage('agent', source)).toBe('registry.example:5000/hub/jaegertracing/jaeger-agent:1.51.0');
    expect(elasticsearchImage(source)).toBe('registry.example:5000/hub/library/elasticsearch:7.17.10');
  });
});
