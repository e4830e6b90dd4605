package answer_test

import (
	"strings"
	"testing"

	"danvan/flows/answer"
)

func BenchmarkFold(b *testing.B) {
	const title = "Tổ hợp tác trồng nấm, nuôi ong giúp nhau thoát nghèo bền vững" // 61 characters
	b.ReportAllocs()
	for b.Loop() {
		answer.Fold(title)
	}
}

func BenchmarkSimilar(b *testing.B) {
	for name, title := range map[string]string{
		"near": "Tổ hợp tác nuôi ong, trồng nấm giúp nhau thoát ngheo", "far": "Tuyến hẻm tự quản xanh - sạch - an toàn PCCC",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				answer.Similar("Tổ hợp tác trồng nấm, nuôi ong giúp nhau thoát nghèo", title)
			}
		})
	}
}

func BenchmarkMoney(b *testing.B) {
	for _, text := range []string{"1 tỷ 5", "102 tỷ 140 triệu đồng (tiền và hiện vật)"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = answer.Money(text)
			}
		})
	}
}

// The longest message that a chat can send, through every parser.
func BenchmarkLongestMessage(b *testing.B) {
	text := strings.Repeat("31 hộ hiến 1.850 m2 đất, dân góp 85 triệu từ 5/3; ", 82)[:4096]
	for name, parse := range parsers {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				parse(text)
			}
		})
	}
}
