package register_test

import (
	"strings"
	"testing"

	"danvan/bot/bottest"
	"danvan/flows"
	"danvan/store"
)

// TestSplitAnswer sends an answer that the client splits into two messages: it
// is one answer, and nothing of it is lost.
func TestSplitAnswer(t *testing.T) {
	t.Parallel()
	w := bottest.New(t, "vi")
	for _, said := range []string{
		"/dangky", "Hiến đất mở đường vào khóm 3", "tập thể", "Chi bộ khóm 3", "VHXH", "NTM", "mới", "khóm 3, 42 hộ",
	} {
		w.Say("hoa", said)
	}
	w.Clear("hoa")

	sentence := "Tuyến đường vào khóm hẹp, mùa mưa ngập sâu, trẻ em đi học phải lội nước, xe cứu thương không vào được. "
	head := string([]rune(strings.Repeat(sentence, 60))[:4096])
	tail := "Bà con họp ba lần, nhất trí mỗi bên lùi một mét, chi bộ làm trước."
	w.MustDo("hoa", flows.Input{Kind: flows.TextInput, Text: head, Full: true, At: w.Now})
	w.MustDo("hoa", flows.Input{Kind: flows.TextInput, Text: tail, At: w.Now})

	var kept string
	w.View(func(r store.Reader) error {
		s, err := r.Session(w.Person("hoa").Open)
		a, _ := flows.Find(&s, "problem")
		kept = a.Text
		return err
	})
	if !strings.HasPrefix(kept, head[:200]) || !strings.HasSuffix(kept, tail) || len([]rune(kept)) < 4096+len([]rune(tail)) {
		t.Errorf("of %d characters %d are kept, ending %q", 4096+len([]rune(tail)), len([]rune(kept)), kept[max(0, len(kept)-90):])
	}
	if read := w.Read("hoa"); !strings.Contains(read, "Mục tiêu đo được là gì?") {
		t.Errorf("the next question is not asked:\n%s", read)
	}
}
