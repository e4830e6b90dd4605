package trial_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"danvan/bot/trial"
)

// TestLocal wants nobody let in but this machine's own programs and pages.
func TestLocal(t *testing.T) {
	t.Parallel()
	h := trial.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	const home = "127.0.0.1:8080"
	for _, c := range []struct {
		method, host, path string
		header             map[string]string
		in                 bool
	}{
		{"GET", home, "/", nil, true},
		{"GET", "localhost:8080", "/", nil, true},
		{"GET", "[::1]:8080", "/api/state", nil, true},
		{"POST", home, "/bot7:t/sendMessage", nil, true}, // a program
		{"POST", home, "/api/press", map[string]string{"Origin": "http://" + home, "Sec-Fetch-Site": "same-origin"}, true},
		{"GET", home, "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, true},

		{"GET", "evil.example", "/api/state", nil, false},
		{"GET", "evil.example:8080", "/", nil, false},
		{"GET", "127.0.0.1.evil.example", "/events", nil, false},
		{"POST", home, "/bot7:t/sendMessage", map[string]string{"Origin": "https://evil.example"}, false},
		{"POST", home, "/bot7:t/setWebhook", map[string]string{"Origin": "null"}, false},
		{"GET", home, "/bot7:t/setWebhook", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, false},
		{"POST", home, "/bot7:t/sendMessage", map[string]string{"Sec-Fetch-Site": "cross-site"}, false},
		{"POST", home, "/", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, false},
		{"GET", home, "/media/1", map[string]string{"Sec-Fetch-Site": "same-site"}, false},
	} {
		r := httptest.NewRequest(c.method, "http://"+c.host+c.path, nil)
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if in := w.Code == http.StatusNoContent; in != c.in {
			t.Errorf("%s %s%s %v: let in %t, want %t", c.method, c.host, c.path, c.header, in, c.in)
		}
	}
}
