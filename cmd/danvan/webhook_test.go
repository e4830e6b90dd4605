package main

import (
	"net"
	"testing"
)

// TestWebhookRun has a bot hear by a webhook, then ask by itself, then by the
// webhook again; what is written while it is down is answered by whichever comes.
func TestWebhookRun(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	mustClose(t, l)
	asking := s.env
	posting := append(s.env[:len(s.env):len(s.env)], "DANVAN_WEBHOOK_URL=http://"+at+"/hook", "DANVAN_LISTEN="+at)

	said := 0
	for i, env := range [][]string{posting, asking, posting} {
		s.env = env
		s.start(t)
		if i > 0 {
			s.heard(t, hoa, said, "Mô hình của")
		}
		s.hear(t, tu, "/trogiup", "Đồng chí làm được gì")
		s.end(t)
		if said, err = s.Say(hoa, "/mohinh"); err != nil {
			t.Fatal(err)
		}
	}
}
