package figures_test

import (
	"strings"
	"testing"

	"danvan/store"
	"danvan/store/figures"
)

// nghean returns the 4.494 models that Nghệ An built in the first half of 2024,
// with the one field total that lets the published figures close: 2.289 where
// 2.298 was printed (domain.md §1.7).
func nghean() []store.Fact {
	var out []store.Fact
	for _, part := range []struct {
		field string
		n     int
	}{{"KT", 1212}, {"VHXH", 2289}, {"QPAN", 486}, {"HTCT", 507}} {
		for range part.n {
			f := accepted(store.ModelID(len(out) + 1))
			f.Entries[0].Field = part.field
			f.Unit = []store.UnitCode{"16681", "16804", "16804-hnd", "40-bdbp"}[len(out)%4]
			out = append(out, f)
		}
	}
	for i, individuals := 0, 0; individuals < 765; i++ {
		if i%47 < 9 {
			out[i].Kind = store.Individual
			individuals++
		}
	}
	return out
}

func halfHeading() figures.Heading {
	return figures.Heading{
		Unit:   units()[0],
		Period: store.Period{Kind: store.HalfYear, From: day(2024, 1, 1), To: day(2024, 6, 30)},
	}
}

func TestNgheAnsSentenceWordForWord(t *testing.T) {
	t.Parallel()
	f := figures.Compute(half(), nghean(), units())
	const want = "Trong 6 tháng đầu năm 2024, toàn tỉnh đã xây dựng mới 4.494 mô hình, trong đó 3.729 mô hình tập thể, 765 mô hình cá nhân " +
		"với 1.212 mô hình kinh tế, 2.289 mô hình văn hóa - xã hội, 486 mô hình quốc phòng - an ninh, 507 mô hình xây dựng hệ thống chính trị."
	if got := f.Sentence(voice(t, "vi"), halfHeading()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := f.Reconciled(voice(t, "vi")); !strings.HasPrefix(got, "Số liệu đã đối chiếu khớp") {
		t.Error(got)
	}
}

func TestTheTotalIsBoldInAChat(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	v.Bold = func(s string) string { return "<b>" + s + "</b>" }
	f := figures.Compute(half(), []store.Fact{accepted(1)}, units())
	if got := f.Sentence(v, halfHeading()); !strings.Contains(got, "xây dựng mới <b>1</b> mô hình, trong đó 1 mô hình tập thể với 1 mô hình kinh tế.") {
		t.Error(got)
	}
}

func TestSentenceLeavesOutWhatIsNot(t *testing.T) {
	t.Parallel()
	three := campaign()
	three.Fields = three.Fields[:3]
	individual := accepted(2)
	individual.Kind, individual.Entries[0].Field = store.Individual, "QPAN"
	for name, c := range map[string]struct {
		campaign store.Campaign
		facts    []store.Fact
		fields   []string
		heading  figures.Heading
		want     string
	}{
		"nothing": {campaign(), nil, nil, halfHeading(), "Trong 6 tháng đầu năm 2024, toàn tỉnh chưa xây dựng mới mô hình nào."},
		"one kind, one field": {three, []store.Fact{individual}, nil,
			figures.Heading{Unit: units()[2], Period: store.Period{Kind: store.Quarter, From: day(2024, 1, 1), To: day(2024, 3, 31)}},
			"Trong quý I năm 2024, toàn xã đã xây dựng mới 1 mô hình, trong đó 1 mô hình cá nhân với 1 mô hình quốc phòng - an ninh."},
		"a portfolio": {campaign(), []store.Fact{accepted(1), individual}, []string{"KT"},
			figures.Heading{Watched: true, Period: store.Period{From: day(2024, 6, 1), To: day(2024, 6, 7)}},
			"Trong thời gian từ 01/06/2024 đến 07/06/2024, toàn địa bàn theo dõi đã xây dựng mới 1 mô hình thuộc lĩnh vực theo dõi, trong đó 1 mô hình tập thể với 1 mô hình kinh tế."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := half()
			q.Campaign, q.Fields = c.campaign, c.fields
			if got := figures.Compute(q, c.facts, units()).Sentence(voice(t, "vi"), c.heading); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestPeriodNames(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]store.Period{
		"6 tháng đầu năm 2026":   {Kind: store.HalfYear, From: day(2025, 12, 15), To: day(2026, 6, 14)},
		"6 tháng cuối năm 2026":  {Kind: store.HalfYear, From: day(2026, 6, 15), To: day(2026, 12, 14)},
		"9 tháng đầu năm 2026":   {Kind: store.NineMonths, From: day(2026, 1, 1), To: day(2026, 9, 30)},
		"năm 2026":               {Kind: store.FullYear, From: day(2025, 12, 15), To: day(2026, 12, 14)},
		"quý IV năm 2026":        {Kind: store.Quarter, From: day(2026, 10, 1), To: day(2026, 12, 31)},
		"tháng 2 năm 2026":       {Kind: store.Month, From: day(2026, 2, 1), To: day(2026, 2, 28)},
		"đợt cao điểm tháng Tết": {Kind: store.FreePeriod, Name: "đợt cao điểm tháng Tết", From: day(2026, 1, 5), To: day(2026, 2, 20)},
	} {
		if got := voice(t, "vi").PeriodName(p); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestReconcile(t *testing.T) {
	t.Parallel()
	v := voice(t, "vi")
	fields := []string{"Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh", "Xây dựng hệ thống chính trị"}
	for name, c := range map[string]struct {
		total      int
		parts      []int
		difference int
		want       string
	}{
		"as published": {4494, []int{1212, 2298, 486, 507}, 9,
			"⚠️ Cộng các phần được 4.503, tổng ghi 4.494: thừa 9, chia hết cho 9: có thể gõ đảo chữ số.\n💡 Văn hóa - xã hội: 2.298 có thể là 2.289."},
		"closes":         {4494, []int{1212, 2289, 486, 507}, 0, ""},
		"not by a swap":  {100, []int{60, 30}, -10, "⚠️ Cộng các phần được 90, tổng ghi 100: thiếu 10."},
		"in the total":   {54, []int{20, 25}, -9, "⚠️ Cộng các phần được 45, tổng ghi 54: thiếu 9, chia hết cho 9: có thể gõ đảo chữ số.\n💡 Tổng: 54 có thể là 45."},
		"nine, no swap":  {18, []int{9, 18}, 9, "⚠️ Cộng các phần được 27, tổng ghi 18: thừa 9, chia hết cho 9: có thể gõ đảo chữ số."},
		"no leading nil": {1, []int{10}, 9, "⚠️ Cộng các phần được 10, tổng ghi 1: thừa 9, chia hết cho 9: có thể gõ đảo chữ số."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if difference, _ := figures.Reconcile(c.total, c.parts); difference != c.difference {
				t.Errorf("difference %d, want %d", difference, c.difference)
			}
			if got := v.Explain(c.total, c.parts, fields); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestFileName names files as people do, with nothing in the name that a system
// refuses.
func TestFileName(t *testing.T) {
	t.Parallel()
	f := figures.Compute(half(), nil, units())
	h, v := halfHeading(), voice(t, "vi")
	closed := h
	closed.Period.ClosedAt = f.AsOf
	free := closed
	free.Unit.Name, free.Period.Name = `Ban "Dân vận"/Mặt trận`+"\n"+strings.Repeat("rất dài ", 20), "đợt 1: 01/06 – 07/06"
	for _, c := range []struct {
		h    figures.Heading
		want string
	}{
		{h, "Phong trào Dân vận khéo – Tỉnh Nghệ An – 6 tháng đầu năm 2024 (chưa chốt, 01-07-2024)"},
		{closed, "Phong trào Dân vận khéo – Tỉnh Nghệ An – 6 tháng đầu năm 2024"},
		{figures.Heading{Period: closed.Period}, "Phong trào Dân vận khéo – 6 tháng đầu năm 2024"},
		{free, "Phong trào Dân vận khéo – Ban -Dân vận--Mặt trậnrất dài rất dài rất dài rất dài rất dài rất dài rất dài rất dài rất"},
	} {
		got := f.FileName(v, c.h)
		if got != c.want && !strings.HasPrefix(got, c.want) || len([]rune(got)) > 120 {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
