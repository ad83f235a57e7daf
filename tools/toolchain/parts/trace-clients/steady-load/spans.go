package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	collectortrace "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	resource "go.opentelemetry.io/proto/otlp/resource/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

const (
	requestTimeout = 5 * time.Second
	retryPause     = 100 * time.Millisecond
	// What is on its way when the load is stopped is sent again for so long.
	patience = 60 * time.Second
)

// spanReport counts spans, and requests that failed and were sent again.
type spanReport struct {
	Sent           int            `json:"sent"`
	Acknowledged   int            `json:"acknowledged"`
	Unacknowledged int            `json:"unacknowledged"`
	Retried        int            `json:"retried"`
	RetryReasons   map[string]int `json:"retryReasons"`
	// SpanGapSeconds is the longest time without an acknowledgement.
	SpanGapSeconds float64 `json:"spanGapSeconds"`
}

// spanLoad sends spans whose trace ids are eight random bytes, the same for all of a run, and a number.
type spanLoad struct {
	options options
	clients []collectortrace.TraceServiceClient
	run8    [8]byte
	sent    atomic.Int64
	tally   *tally
	mutex   sync.Mutex
	// First numbers of the requests that were acknowledged.
	acknowledged []uint64
}

func newSpanLoad(options options) (*spanLoad, error) {
	load := &spanLoad{options: options, tally: newTally()}
	if _, err := rand.Read(load.run8[:]); err != nil {
		return nil, err
	}
	// Jaeger prints an id whose first half is zero without that half.
	load.run8[0] |= 0x80
	for number := range options.connections {
		collector := options.collectors[number%len(options.collectors)]
		connection, err := grpc.Dial(collector, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			return nil, err
		}
		load.clients = append(load.clients, collectortrace.NewTraceServiceClient(connection))
	}
	return load, nil
}

// run sends until ctx ends, and then what is on its way.
func (load *spanLoad) run(ctx context.Context, backlog *backlog) {
	requests := make(chan uint64)
	var senders group
	for _, client := range load.clients {
		for range load.options.inFlight {
			senders.start(func() {
				for first := range requests {
					load.sendUntilAcknowledged(ctx, client, first)
				}
			})
		}
	}
	load.pace(ctx, backlog, requests)
	close(requests)
	senders.wait()
}

func (load *spanLoad) pace(ctx context.Context, backlog *backlog, requests chan<- uint64) {
	perRequest := load.options.spansPerRequest
	ticker := time.NewTicker(time.Second * time.Duration(perRequest) / time.Duration(load.options.spansPerSecond))
	defer ticker.Stop()
	for first := uint64(1); ; first += uint64(perRequest) {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		backlog.wait(ctx, int(first)-1+perRequest)
		select {
		case <-ctx.Done():
			return
		case requests <- first:
			load.sent.Add(int64(perRequest))
		}
	}
}

func (load *spanLoad) sendUntilAcknowledged(ctx context.Context, client collectortrace.TraceServiceClient, first uint64) {
	var stopped time.Time
	for {
		err := load.send(client, first)
		if err == nil {
			load.acknowledge(first)
			return
		}
		load.tally.fail(grpcReason(err))
		if ctx.Err() != nil && stopped.IsZero() {
			stopped = time.Now()
		}
		if !stopped.IsZero() && time.Since(stopped) > patience {
			return
		}
		time.Sleep(retryPause)
	}
}

func (load *spanLoad) send(client collectortrace.TraceServiceClient, first uint64) error {
	ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
	defer cancel()
	answer, err := client.Export(ctx, load.request(first))
	if err != nil {
		return err
	}
	if rejected := answer.GetPartialSuccess().GetRejectedSpans(); rejected > 0 {
		return fmt.Errorf("rejected: %s", answer.GetPartialSuccess().GetErrorMessage())
	}
	return nil
}

func (load *spanLoad) acknowledge(first uint64) {
	load.mutex.Lock()
	load.acknowledged = append(load.acknowledged, first)
	load.mutex.Unlock()
	load.tally.succeed(load.options.spansPerRequest)
}

func (load *spanLoad) request(first uint64) *collectortrace.ExportTraceServiceRequest {
	spans := make([]*trace.Span, load.options.spansPerRequest)
	for index := range spans {
		number := first + uint64(index)
		now := uint64(time.Now().UnixNano())
		spans[index] = &trace.Span{
			TraceId:           load.traceID(number),
			SpanId:            binary.BigEndian.AppendUint64(nil, number),
			Name:              "steady",
			Kind:              trace.Span_SPAN_KIND_SERVER,
			StartTimeUnixNano: now - uint64(time.Millisecond),
			EndTimeUnixNano:   now,
		}
		if load.options.attributes {
			spans[index].Attributes = spanAttributes(number)
		}
	}
	attributes := []*common.KeyValue{text("service.name", load.options.service)}
	if load.options.attributes {
		attributes = append(attributes, processAttributes()...)
	}
	return &collectortrace.ExportTraceServiceRequest{ResourceSpans: []*trace.ResourceSpans{{
		Resource:   &resource.Resource{Attributes: attributes},
		ScopeSpans: []*trace.ScopeSpans{{Spans: spans}},
	}}}
}

func (load *spanLoad) traceID(number uint64) []byte {
	return binary.BigEndian.AppendUint64(load.run8[:8:8], number)
}

// acknowledgedTraces are ids as Jaeger prints them.
func (load *spanLoad) acknowledgedTraces() []string {
	load.mutex.Lock()
	defer load.mutex.Unlock()
	ids := make([]string, 0, len(load.acknowledged)*load.options.spansPerRequest)
	for _, first := range load.acknowledged {
		for index := range load.options.spansPerRequest {
			ids = append(ids, hex.EncodeToString(load.traceID(first+uint64(index))))
		}
	}
	return ids
}

func (load *spanLoad) report() spanReport {
	counts := load.tally.counts()
	sent := int(load.sent.Load())
	return spanReport{
		Sent:           sent,
		Acknowledged:   counts.good,
		Unacknowledged: sent - counts.good,
		Retried:        counts.bad,
		RetryReasons:   counts.errors,
		SpanGapSeconds: counts.gapSeconds,
	}
}

// grpcReason is the code and the end of the message, which has no addresses.
func grpcReason(err error) string {
	failed := status.Convert(err)
	parts := strings.Split(failed.Message(), ": ")
	return failed.Code().String() + ": " + parts[len(parts)-1]
}
