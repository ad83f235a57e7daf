package main

import (
	"context"
	"errors"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

func sendOTLPGRPC(outputs Outputs, span Span) error {
	address, err := hostPort(outputs.Collector.OTLPGRPCURL)
	if err != nil {
		return err
	}
	return sendWithOpenTelemetry(otlptracegrpc.NewClient(otlptracegrpc.WithEndpoint(address), otlptracegrpc.WithInsecure()), span)
}

func sendOTLPHTTP(outputs Outputs, span Span) error {
	address, err := hostPort(outputs.Collector.OTLPHTTPURL)
	if err != nil {
		return err
	}
	return sendWithOpenTelemetry(otlptracehttp.NewClient(otlptracehttp.WithEndpoint(address), otlptracehttp.WithInsecure()), span)
}

func sendWithOpenTelemetry(client otlptrace.Client, span Span) error {
	ctx := context.Background()
	exporter, err := otlptrace.New(ctx, client)
	if err != nil {
		return err
	}
	failing := &failingExporter{SpanExporter: exporter}
	provider := trace.NewTracerProvider(
		trace.WithSyncer(failing),
		trace.WithResource(resource.NewSchemaless(attribute.String("service.name", span.Service))),
	)
	_, started := provider.Tracer("trace-clients").Start(ctx, span.Operation)
	for key, value := range span.Tags {
		started.SetAttributes(attribute.String(key, value))
	}
	started.End()
	return errors.Join(failing.err, provider.Shutdown(ctx))
}

// failingExporter keeps the failure that the SDK would only log.
type failingExporter struct {
	trace.SpanExporter
	err error
}

// ExportSpans implements trace.SpanExporter.
func (exporter *failingExporter) ExportSpans(ctx context.Context, spans []trace.ReadOnlySpan) error {
	exporter.err = errors.Join(exporter.err, exporter.SpanExporter.ExportSpans(ctx, spans))
	return exporter.err
}
