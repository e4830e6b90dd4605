package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

// invited finds the code of an invitation behind the line that says to what.
var invitedAs = regexp.MustCompile(`(?m)^(.+):\nhttps://t\.me/danvan_bot\?start=(\S+)$`)

// TestRehearsal runs the trial over another Bot API: people come by the printed
// invitations, and the clock on its own page reminds them.
func TestRehearsal(t *testing.T) {
	t.Parallel()
	phones := newTelegram(t, trialPeople())
	api := serveTelegram(t, phones, phones)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config, out := testConfig(t), newLogbook()
	config.Log = "error"
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- rehearse(ctx, out, config, novemberClock(), api, testToken, l) }()
	defer func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	out.wait(t, "?start=", len(seats()))
	codes := map[string]string{}
	for _, m := range invitedAs.FindAllStringSubmatch(out.String(), -1) {
		codes[m[1]] = m[2]
	}
	if strings.Contains(out.String(), testToken) {
		t.Error("the token is printed")
	}
	sees := func(text string) {
		t.Helper()
		waiting, giveUp := context.WithTimeout(t.Context(), patience)
		defer giveUp()
		v, err := phones.Wait(waiting, hoa, func(v trial.View) bool { return strings.Contains(v.Last().Text, text) })
		if err != nil {
			t.Fatalf("no %q: %v\n%s\n%s", text, err, v.Last().Text, out)
		}
	}
	if _, err := phones.Start(hoa, codes["Làm cán bộ phụ trách, Xã Định Mỹ"]); err != nil {
		t.Fatal(err)
	}
	sees("cán bộ phụ trách")
	clock := "http://" + l.Addr().String() + "/api/clock"
	for range 2 {
		answer, err := http.Post(clock, "application/json", strings.NewReader(`{"by":"day"}`))
		if err != nil {
			t.Fatal(err)
		}
		var state struct{ Now time.Time }
		if err := json.NewDecoder(answer.Body).Decode(&state); err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("status %d, %v", answer.StatusCode, err)
		}
		mustClose(t, answer.Body)
	}
	sees("báo cáo năm 2026 của")
}

// TestRehearsalWantsToken starts one without a token.
func TestRehearsalWantsToken(t *testing.T) {
	t.Parallel()
	got := runDanvan(t, nil, "try", "--telegram-api", "http://127.0.0.1:1")
	if got.status != 1 || got.err != "danvan: --telegram-api: the bot there needs its --token\n" {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}
