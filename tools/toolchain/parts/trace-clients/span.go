package main

// Span is what every client sends in its own form.
type Span struct {
	Client    string            `json:"client"`
	Service   string            `json:"service"`
	Operation string            `json:"operation"`
	Tags      map[string]string `json:"tags"`
}

// Zipkin's clients write names in lower case.
func newSpan(client, run string) Span {
	return Span{
		Client:    client,
		Service:   client + "-" + run,
		Operation: "sent by " + client,
		Tags:      map[string]string{"e2e.run": run, "e2e.client": client, "e2e.text": "ein Schlüssel, 鍵 & <tag>"},
	}
}
