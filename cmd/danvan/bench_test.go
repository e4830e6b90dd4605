package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"danvan/bot/shipped"
	"danvan/bot/telegram"
	"danvan/bot/trial"
	"danvan/store"

	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// The crowd of the benchmarks: people who each register some models, one after
// the other.
const (
	crowd     = 500
	crowdForm = 3
)

// crowdTitles are unlike each other, so that nobody is asked whether two
// models are the same.
var crowdTitles = []string{"Hiến đất mở đường nội ấp", "Ký túc xá vùng biên", "Camera an ninh khóm Đông Thịnh"}

// registering is a registration as people do it: by typing where something is
// asked, by tapping where something is offered.
func registering(form int) []beat {
	return []beat{
		{text: "/dangky"}, {text: crowdTitles[form%len(crowdTitles)]},
		{press: ".kind.collective", label: "Tập thể"}, {text: "Chi bộ ấp Phú Đa"},
		{press: ".field.VHXH", label: "Văn hóa - xã hội"}, {press: ".title_group.DVK-NTM", label: "DVK xây dựng NTM"},
		{press: ".origin.new", label: "Xây dựng mới"}, {text: "ấp Phú Đa, 31 hộ hai bên đường"},
		{text: "Đường nội ấp hẹp 1,5 m, mùa mưa học sinh phải lội bùn"}, {text: "31 hộ hiến 1.850 m², mở rộng 350 m đường"},
		{text: "Họp tổ nhân dân, đảng viên hiến trước, đến từng nhà vận động, chọn ngày cùng dời rào"},
		{text: "từ tháng 3 đến tháng 10/2026"}, {press: ".contact.~d", label: "Nguyễn Văn An · 0912 345 678"},
		{press: "..~g", label: "Gửi đăng ký"},
	}
}

// typing is the same for a bot without buttons.
func typing(form int) []beat {
	all := registering(form)
	for i, b := range all {
		all[i] = beat{text: b.text + b.label}
	}
	return all
}

// BenchmarkRegistration is a crowd that registers models: danvan in a process
// of its own, over HTTP, to the code; then the prototype and then net/http
// alone against the same server with as many questions.
func BenchmarkRegistration(b *testing.B) {
	binary := build(b)
	var ours, theirs, bare, calls, cpu, opened, resident, private float64
	for b.Loop() {
		s := newCrowd(b, registering)
		p := start(b, binary, s.url(), fillCrowd(b))
		took := s.wait(b)
		end := p.stop(b)
		ours += took.Seconds()
		calls += float64(s.calls.Load())
		opened += float64(s.opened.Load())
		cpu += end.cpu.Seconds()
		resident, private = max(resident, end.resident), max(private, end.private)
		if err := s.close(); err != nil {
			b.Fatal(err)
		}
		theirs += prototyped(b, prototypeDB(b))
		bare += prototyped(b, nil)
	}
	forms := float64(b.N * crowd * crowdForm)
	updates := forms * float64(len(registering(0)))
	b.ReportMetric(forms/ours, "forms/s")
	b.ReportMetric(updates/ours, "updates/s")
	b.ReportMetric(calls/ours, "calls/s")
	b.ReportMetric(updates/theirs, "prototype-updates/s")
	b.ReportMetric(updates/bare, "net/http-updates/s")
	b.ReportMetric(theirs/ours, "ours/prototype")
	b.ReportMetric(calls/ours/(updates/bare), "calls/net/http")
	b.ReportMetric(cpu/updates*1e6, "cpu-µs/update")
	b.ReportMetric(opened/updates*10_000, "connections/10k")
	b.ReportMetric(resident, "resident-MB")
	b.ReportMetric(private, "private-MB")
	b.ReportMetric(0, "ns/op")
}

func newCrowd(b *testing.B, beats func(int) []beat) *stub {
	b.Helper()
	s, err := newStub(crowd, crowdForm, beats)
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// wait returns how long it took from the first update to the last code.
func (s *stub) wait(b *testing.B) time.Duration {
	b.Helper()
	for s.messages.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	begun := time.Now()
	select {
	case <-s.over:
	case <-time.After(5 * time.Minute):
		b.Fatalf("%d of %d people are through", s.finished.Load(), crowd)
	}
	return time.Since(begun)
}

// prototyped runs the prototype and returns the seconds that it took.
func prototyped(b *testing.B, db *bbolt.DB) float64 {
	b.Helper()
	s := newCrowd(b, typing)
	begun := time.Now()
	err := newPrototype(s.url(), db).run()
	took := time.Since(begun)
	if err := errors.Join(err, s.close()); err != nil {
		b.Fatal(err)
	}
	return took.Seconds()
}

func prototypeDB(b *testing.B) *bbolt.DB {
	b.Helper()
	db, err := bbolt.Open(filepath.Join(b.TempDir(), "prototype.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoFreelistSync: true, InitialMmapSize: 1 << 30})
	if err == nil {
		b.Cleanup(func() { _ = db.Close() })
		err = db.Update(func(tx *bbolt.Tx) error {
			var errs []error
			for _, name := range prototypeBuckets {
				_, err := tx.CreateBucket(name)
				errs = append(errs, err)
			}
			return errors.Join(errs...)
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	return db
}

// build makes the program as it is shipped.
func build(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "danvan")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// process is a running danvan.
type process struct {
	cmd *exec.Cmd
	log bytes.Buffer
}

// start runs danvan on a store, against a Bot API server.
func start(b *testing.B, binary, api, data string) *process {
	b.Helper()
	p := &process{cmd: exec.Command(binary, "run")}
	p.cmd.Env = append(os.Environ(), tokenVariable+"=7000000001:bench", "DANVAN_LOG=warn", "DANVAN_TELEGRAM_API="+api, "DANVAN_DATA="+data)
	p.cmd.Stderr = &p.log
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return p
}

// ended is what a process used. Its memory is in MB: all that was resident at
// the most, with the pages of the program and the store that the kernel may
// drop, and what was its own in the end.
type ended struct {
	cpu               time.Duration
	resident, private float64
}

func megabytes(b *testing.B, status []byte, name string) float64 {
	b.Helper()
	kilobytes, err := strconv.Atoi(string(bytes.TrimSpace(between(status, name, "kB"))))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kilobytes) / 1024
}

// stop ends danvan as a service manager does.
func (p *process) stop(b *testing.B) ended {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(p.cmd.Process.Signal(syscall.SIGTERM), p.cmd.Wait()); err != nil {
		b.Fatalf("%v\n%s", err, p.log.String())
	}
	return ended{
		cpu:      p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime(),
		resident: megabytes(b, status, "VmHWM:"), private: megabytes(b, status, "RssAnon:"),
	}
}

// fillCrowd makes a store with all units and the crowd's officers, each in a
// commune of their own, and returns its path.
func fillCrowd(b *testing.B) string {
	b.Helper()
	c := storeConfig{Data: filepath.Join(b.TempDir(), "danvan.db"), TimeZone: "Asia/Ho_Chi_Minh", Language: "vi"}
	h, err := open(c, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	units, err := shipped.Units()
	err = errors.Join(err, h.store.Update(b.Context(), func(tx store.Tx) error {
		n := int64(0)
		for _, u := range units {
			if err := tx.PutUnit(u); err != nil {
				return err
			}
			if u.Parent == "" || n == crowd {
				continue
			}
			n++
			if err := settle(tx, n, u.Code); err != nil {
				return err
			}
		}
		return nil
	}), h.close())
	if err != nil {
		b.Fatal(err)
	}
	return c.Data
}

// settle puts an officer into a commune.
func settle(tx store.Tx, chat int64, unit store.UnitCode) error {
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	post := store.Post{ID: store.MakePostID(unit, store.Officer), Unit: unit, Role: store.Officer, Holder: store.PersonID(id)}
	return errors.Join(tx.PutPost(post), tx.PutPerson(store.Person{
		ID: post.Holder, Address: store.Address{Channel: telegram.Name, Chat: strconv.FormatInt(chat, 10)}, Language: "vi",
		Name: "Nguyễn Văn An", Phone: "+84912345678", Consent: store.Given, Active: post.ID,
	}))
}

// BenchmarkTrialServer is the same crowd against the local server of danvan
// try, which holds every call to the Bot API's specification and draws chats.
func BenchmarkTrialServer(b *testing.B) {
	binary := build(b)
	var ours time.Duration
	for b.Loop() {
		people := make([]trial.Person, crowd)
		for i := range people {
			people[i] = trial.Person{ID: int64(i + 1), First: "An", Started: true}
		}
		s, err := trial.New(trial.Config{Bot: trial.Bot{Username: trialBot, Name: trialName}, People: people, Clock: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		server := httptest.NewServer(http.Handler(s))
		p := start(b, binary, server.URL, fillCrowd(b))
		begun := time.Now()
		var all errgroup.Group
		for _, who := range people {
			all.Go(func() error { return register(b.Context(), s, who.ID) })
		}
		err = all.Wait()
		ours += time.Since(begun)
		p.stop(b)
		s.Close()
		server.Close()
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*crowd*len(registering(0)))/ours.Seconds(), "updates/s")
	b.ReportMetric(0, "ns/op")
}

// register walks one person of the trial through the form.
func register(ctx context.Context, s *trial.Server, person int64) error {
	last := 0
	for _, beat := range registering(0) {
		var err error
		if beat.label == "" {
			last, err = s.Say(person, beat.text)
		} else {
			_, err = s.Press(person, last, beat.label)
		}
		if err != nil {
			return fmt.Errorf("person %d: %w", person, err)
		}
		m, err := s.Next(ctx, person, last)
		if err != nil {
			return err
		}
		last = m.ID
	}
	return nil
}
