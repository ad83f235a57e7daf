package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// storage is what is asked of Elasticsearch.
type storage struct {
	client  *http.Client
	address string
}

func newStorage(options options) *storage {
	return &storage{
		client:  &http.Client{Timeout: 30 * time.Second},
		address: options.elasticsearch + "/" + options.indices,
	}
}

// indexed says how many documents have been indexed since the shards were opened, searchable or not: asking for it makes
// Elasticsearch do nothing.
func (storage *storage) indexed() (int, error) {
	var answer struct {
		All struct {
			Primaries struct {
				Indexing struct {
					Total int `json:"index_total"`
				} `json:"indexing"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	err := storage.get("/_stats/indexing?filter_path=_all.primaries.indexing.index_total", &answer)
	return answer.All.Primaries.Indexing.Total, err
}

// count says how many spans of a service can be found.
func (storage *storage) count(service string) (int, error) {
	if err := storage.get("/_refresh", &struct{}{}); err != nil {
		return 0, err
	}
	var answer struct {
		Count int `json:"count"`
	}
	err := storage.get("/_count?q="+url.QueryEscape(fmt.Sprintf("process.serviceName:%q", service)), &answer)
	return answer.Count, err
}

func (storage *storage) get(path string, answer any) error {
	response, err := storage.client.Get(storage.address + path)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %s", path, response.Status, body)
	}
	return json.Unmarshal(body, answer)
}
