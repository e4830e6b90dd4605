package trial_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"danvan/bot/trial"
)

// BenchmarkTurn is one message in and one answer out, for 500 people, without
// a network: what the server itself costs a benchmark of a bot.
func BenchmarkTurn(b *testing.B) {
	people := make([]trial.Person, 500)
	for i := range people {
		people[i] = trial.Person{ID: int64(i + 1), First: "x", Started: true}
	}
	s, err := trial.New(trial.Config{People: people, Clock: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	const body = `{"chat_id":%d,"text":"<b>Tên mô hình là gì?</b>\nVí dụ: Hiến đất mở đường nội ấp","parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"« Quay lại","callback_data":"d.1.a.b"},{"text":"Để sau","callback_data":"d.1.a.c"}]]}}`
	b.ReportAllocs()
	for i := range b.N {
		person := int64(i%len(people) + 1)
		if _, err := s.Say(person, "Hiến đất mở đường"); err != nil {
			b.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, "/bot7:t/sendMessage", strings.NewReader(fmt.Sprintf(body, person)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body.String())
		}
		if i%100 == 0 {
			poll := httptest.NewRequest(http.MethodGet, fmt.Sprintf("/bot7:t/getUpdates?offset=%d", 800_000_000+i), nil)
			s.ServeHTTP(httptest.NewRecorder(), poll)
		}
	}
}
