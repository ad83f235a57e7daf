// Package storage asks Elasticsearch how many spans it has.
package storage

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Storage is what is asked of Elasticsearch.
type Storage struct {
	client  *http.Client
	address string
}

// New asks at an address for indices by a pattern.
func New(elasticsearch, indices string) *Storage {
	return &Storage{
		client:  &http.Client{Timeout: 30 * time.Second},
		address: elasticsearch + "/" + indices,
	}
}

// Indexed says how many documents have been indexed since the shards were opened, searchable or not: asking for it makes
// Elasticsearch do nothing.
func (storage *Storage) Indexed() (int, error) {
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

// Count says how many spans of a service can be found.
func (storage *Storage) Count(service string) (int, error) {
	if err := storage.get("/_refresh", &struct{}{}); err != nil {
		return 0, err
	}
	var answer struct {
		Count int `json:"count"`
	}
	err := storage.get("/_count?q="+url.QueryEscape(fmt.Sprintf("process.serviceName:%q", service)), &answer)
	return answer.Count, err
}

func (storage *Storage) get(path string, answer any) error {
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
