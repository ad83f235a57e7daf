package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"time"

	"github.com/jaegertracing/jaeger/model"
	"github.com/jaegertracing/jaeger/proto-gen/api_v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const grpcTimeout = 10 * time.Second

func sendGRPC(outputs Outputs, span Span) error {
	connection, err := grpc.Dial(outputs.Collector.GRPC, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), grpcTimeout)
	defer cancel()
	request := &api_v2.PostSpansRequest{Batch: model.Batch{
		Process: model.NewProcess(span.Service, nil),
		Spans:   []*model.Span{modelSpan(span)},
	}}
	_, err = api_v2.NewCollectorServiceClient(connection).PostSpans(ctx, request)
	return err
}

func modelSpan(span Span) *model.Span {
	tags := []model.KeyValue{}
	for key, value := range span.Tags {
		tags = append(tags, model.String(key, value))
	}
	return &model.Span{
		TraceID:       model.NewTraceID(randomID(), randomID()),
		SpanID:        model.NewSpanID(randomID()),
		OperationName: span.Operation,
		StartTime:     time.Now(),
		Duration:      time.Millisecond,
		Tags:          tags,
	}
}

func randomID() uint64 {
	var bytes [8]byte
	rand.Read(bytes[:])
	return binary.BigEndian.Uint64(bytes[:])
}
