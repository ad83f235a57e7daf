package main

import (
	"context"
	"log"
	"sync/atomic"
	"time"

	"tracewright.dev/toolchain/trace-clients/internal/storage"
)

const (
	// How often Elasticsearch is asked how far it is.
	pollInterval = 20 * time.Millisecond
	waitPause    = time.Millisecond
)

// backlog knows how much Elasticsearch has stored since the load began, and holds the load back where that is too little. The
// indices must get spans from nobody else. A nil backlog holds nothing back.
type backlog struct {
	storage *storage.Storage
	most    int
	before  int
	stored  atomic.Int64
}

func followBacklog(ctx context.Context, options options) (*backlog, error) {
	if options.elasticsearch == "" {
		return nil, nil
	}
	followed := &backlog{storage: storage.New(options.elasticsearch, options.indices), most: options.unstored}
	var err error
	if followed.before, err = followed.storage.Indexed(); err != nil {
		return nil, err
	}
	go followed.follow(ctx)
	return followed, nil
}

func (backlog *backlog) follow(ctx context.Context) {
	for ; ctx.Err() == nil; time.Sleep(pollInterval) {
		if indexed, err := backlog.storage.Indexed(); err != nil {
			log.Print(err)
		} else {
			backlog.stored.Store(int64(indexed - backlog.before))
		}
	}
}

// wait waits until so many spans may have been sent, or ctx ends.
func (backlog *backlog) wait(ctx context.Context, sent int) {
	for backlog != nil && ctx.Err() == nil && int64(sent-backlog.most) > backlog.stored.Load() {
		time.Sleep(waitPause)
	}
}
