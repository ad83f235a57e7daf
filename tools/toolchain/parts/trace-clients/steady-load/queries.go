package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"
)

const queryTimeout = 10 * time.Second

// queryReport counts queries that were answered with a whole 200, and those that were not.
type queryReport struct {
	Asked   int            `json:"asked"`
	Failed  int            `json:"failed"`
	Reasons map[string]int `json:"reasons"`
	// Resent counts queries that the client sent once more by itself, since its connection was closed before an answer began.
	Resent int `json:"resent"`
	// GapSeconds is the longest time without an answer of 200.
	GapSeconds float64 `json:"gapSeconds"`
}

// queryLoad asks for services and for traces in turn.
type queryLoad struct {
	kind    string
	keep    bool
	askers  int
	pause   time.Duration
	targets []string
	resent  atomic.Int64
	tally   *tally
}

// newQueryLoads are those on a new connection each and those on kept ones, as a load balancer or Grafana has them.
func newQueryLoads(options options) []*queryLoad {
	if options.query == "" {
		return nil
	}
	traces := "/api/traces?" + url.Values{"service": {options.service}, "limit": {"1"}, "lookback": {"1h"}}.Encode()
	load := func(kind string, keep bool) *queryLoad {
		return &queryLoad{
			kind:    kind,
			keep:    keep,
			askers:  options.askers,
			pause:   time.Second * time.Duration(options.askers) / time.Duration(options.queriesPerSecond),
			targets: []string{options.query + "/api/services", options.query + traces},
			tally:   newTally(),
		}
	}
	return []*queryLoad{load("newConnections", false), load("keptConnections", true)}
}

func (load *queryLoad) run(ctx context.Context) {
	var askers group
	for number := range load.askers {
		askers.start(func() {
			// One client each, so that each keeps a connection of its own.
			client := &http.Client{
				Timeout:   queryTimeout,
				Transport: &http.Transport{DisableKeepAlives: !load.keep},
			}
			load.ask(ctx, client, number)
		})
	}
	askers.wait()
}

func (load *queryLoad) ask(ctx context.Context, client *http.Client, turn int) {
	ticker := time.NewTicker(load.pause)
	defer ticker.Stop()
	for ; ; turn++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := load.askOnce(client, load.targets[turn%len(load.targets)]); err != nil {
			load.tally.fail(reasonOf(err))
		} else {
			load.tally.succeed(1)
		}
	}
}

func (load *queryLoad) askOnce(client *http.Client, target string) error {
	connections := 0
	traced := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connections++ }}
	request, err := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), traced), http.MethodGet, target, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	load.resent.Add(int64(max(0, connections-1)))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", answer.Status)
	}
	return nil
}

func (load *queryLoad) report() queryReport {
	counts := load.tally.counts()
	return queryReport{
		Asked:      counts.good + counts.bad,
		Failed:     counts.bad,
		Reasons:    counts.errors,
		Resent:     int(load.resent.Load()),
		GapSeconds: counts.gapSeconds,
	}
}
