package main

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"tracewright.dev/toolchain/trace-clients/internal/storage"
)

// How often Elasticsearch is asked how far it is, and how long it may store nothing.
const (
	pollInterval = 20 * time.Millisecond
	patience     = 20 * time.Second
	// What the start of a pod, or the run before, has left to do is done by then.
	settle = 3 * time.Second
)

var errNothingStored = errors.New("Elasticsearch stored nothing more for 20 s")

// run sends every packet and waits until Elasticsearch has every span. The clock runs from the first packet to the answer
// that says so.
func run(options options, target *agentTarget, packets [][]byte) (result, error) {
	outcome := result{Spans: options.spans}
	for _, packet := range packets {
		outcome.Bytes += len(packet)
	}
	if options.elasticsearch == "" {
		return outcome, sendAll(target, packets)
	}
	time.Sleep(settle)
	storage := storage.New(options.elasticsearch, options.indices)
	before, err := storage.Indexed()
	if err != nil {
		return outcome, err
	}
	started := time.Now()
	watch := &watch{storage: storage, before: before, failed: make(chan error, 1)}
	go watch.follow(options.spans)
	if err := sendBounded(options, target, packets, watch); err != nil {
		return outcome, fmt.Errorf("%d spans of %d are stored: %w", watch.stored.Load(), options.spans, err)
	}
	outcome.Seconds = time.Since(started).Seconds()
	if outcome.Stored, err = storage.Count(options.service); err != nil {
		return outcome, err
	}
	if outcome.Stored != options.spans {
		return outcome, fmt.Errorf("%d spans were sent and %d are stored", options.spans, outcome.Stored)
	}
	return outcome, nil
}

func sendAll(target *agentTarget, packets [][]byte) error {
	for _, packet := range packets {
		if err := target.send(packet); err != nil {
			return err
		}
	}
	return nil
}

func sendBounded(options options, target *agentTarget, packets [][]byte, watch *watch) error {
	for index, packet := range packets {
		if err := watch.wait((index+1)*options.spansPerPacket - options.inFlight); err != nil {
			return err
		}
		if err := target.send(packet); err != nil {
			return err
		}
	}
	return watch.wait(options.spans)
}

// watch knows how many spans of this run Elasticsearch has stored.
type watch struct {
	storage *storage.Storage
	before  int
	stored  atomic.Int64
	failed  chan error
}

func (watch *watch) follow(spans int) {
	progressed := time.Now()
	for watch.stored.Load() < int64(spans) {
		indexed, err := watch.storage.Indexed()
		if err != nil {
			watch.failed <- err
			return
		}
		if stored := int64(indexed - watch.before); stored > watch.stored.Load() {
			watch.stored.Store(stored)
			progressed = time.Now()
		} else if time.Since(progressed) > patience {
			watch.failed <- errNothingStored
			return
		}
		time.Sleep(pollInterval)
	}
}

func (watch *watch) wait(stored int) error {
	for watch.stored.Load() < int64(stored) {
		select {
		case err := <-watch.failed:
			return err
		case <-time.After(time.Millisecond):
		}
	}
	return nil
}
