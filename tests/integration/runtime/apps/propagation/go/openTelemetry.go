package main

import (
	"context"
	"fmt"
	"net/http"

	"go.opentelemetry.io/contrib/propagators/jaeger"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

type openTelemetryTracing struct {
	tracer     trace.Tracer
	propagator propagation.TextMapPropagator
}

func newOpenTelemetryTracing(service, collector, propagators string) (tracing, error) {
	propagator, err := propagatorOf(propagators)
	if err != nil {
		return nil, err
	}
	exporter, err := otlptracehttp.New(context.Background(), otlptracehttp.WithEndpointURL(collector))
	if err != nil {
		return nil, err
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithSyncer(exporter),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", service))),
	)
	return &openTelemetryTracing{tracer: provider.Tracer("relay"), propagator: propagator}, nil
}

// The propagator of Jaeger's format carries no baggage in OpenTelemetry for Go.
func propagatorOf(name string) (propagation.TextMapPropagator, error) {
	switch name {
	case "w3c":
		return propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}), nil
	case "jaeger":
		return jaeger.Jaeger{}, nil
	default:
		return nil, fmt.Errorf("PROPAGATORS is %q, and has to be w3c or jaeger", name)
	}
}

func (t *openTelemetryTracing) relay(
	incoming *http.Request,
	baggageKey string,
	send func(headers http.Header) error,
) (string, error) {
	ctx := t.propagator.Extract(incoming.Context(), propagation.HeaderCarrier(incoming.Header))
	ctx, server := t.tracer.Start(ctx, "relay", trace.WithSpanKind(trace.SpanKindServer))
	defer server.End()
	ctx, client := t.tracer.Start(ctx, "call", trace.WithSpanKind(trace.SpanKindClient))
	defer client.End()
	headers := http.Header{}
	t.propagator.Inject(ctx, propagation.HeaderCarrier(headers))
	return baggage.FromContext(ctx).Member(baggageKey).Value(), send(headers)
}
