package review_test

import (
	"fmt"
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/bot/link"
	"danvan/store"
)

// TestReturnedAndSentAgain returns a registration that its officer had changed while it
// waited. As it is sent again its card says what was returned, and no more what was
// changed before that.
func TestReturnedAndSentAgain(t *testing.T) {
	t.Parallel()
	w := world{bottest.New(t, "vi")}
	var m store.Model
	w.Update(func(tx store.Tx) error {
		models, err := fillChecked(tx, w)
		if err != nil {
			return err
		}
		m = models[store.Waiting]
		m.Amended = []string{"place"}
		m, err = tx.PutModel(m)
		return err
	})

	submit := func(who string, answers []store.Answer) {
		s := w.Session(who)
		s.Answers, s.Again, s.At = answers, nil, ""
		w.Update(func(tx store.Tx) error { return tx.PutSession(s) })
		w.Press(who, fmt.Sprintf("f.%s.%s..~g", link.Ref(s.ID), link.Ref(s.Revision)))
	}
	const amended = "Cán bộ vừa sửa"
	if w.Press("minh", "check.open."+link.Fence(m)); !strings.Contains(w.Read("minh"), amended+": Địa bàn") {
		t.Fatalf("minh reads\n%s", w.Read("minh"))
	}

	w.Press("minh", "check.return."+link.Fence(m))
	submit("minh", []store.Answer{
		{Field: "why", Keys: []string{"another"}}, {Field: "reason", Text: "Ghi rõ ai giữ vườn"}, {Field: "fields", Keys: []string{"target"}},
	})
	w.Press("ba", "mend."+link.Ref(m.ID))
	submit("ba", bottest.Registration("30346"))

	w.Clear("minh")
	w.Press("minh", "check.open."+link.Fence(w.Model(m.ID)))
	if read := w.Read("minh"); !strings.Contains(read, "Đã trả lại ngày") || strings.Contains(read, amended) {
		t.Errorf("minh reads\n%s", read)
	}
}
