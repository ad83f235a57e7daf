package main

import "sync"

// group is functions that run at once and are waited for together.
type group struct{ running sync.WaitGroup }

func (group *group) start(run func()) {
	group.running.Add(1)
	go func() {
		defer group.running.Done()
		run()
	}()
}

func (group *group) wait() { group.running.Wait() }
