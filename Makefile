# danvan: "make test" is the one command that checks everything.

# What the tests need and this machine has not, as Debian calls it.
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
MISSING := $(if $(CHROMIUM),,chromium fonts-noto-core fonts-noto-color-emoji) $(if $(shell command -v strace 2>/dev/null),,strace)

.PHONY: test check browser crash soak bench help

help: ## say what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/'

test: deps check browser crash ## install what the tests need, then run everything

.PHONY: deps
deps: ## install what is missing (Debian's Chromium and strace; root or sudo is needed for that)
ifneq ($(strip $(MISSING)),)
	@if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $(MISSING)
endif
	go mod download

check: ## formatting, vet, the linters, all tests that need only Go, under the race detector
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "not formatted:" $$unformatted; exit 1; fi
	go vet ./...
	go vet -tags browser ./...
	go vet -tags strace ./store/bolt
	go tool staticcheck ./...
	go tool errcheck ./...
	go tool go-errorlint ./...
	go tool unparam ./...
	@dead=$$(go tool deadcode -test ./...) && if [ -n "$$dead" ]; then echo "$$dead"; exit 1; fi
	go test -race -timeout 30m ./... # the whole program under the detector takes some minutes
	go test -count=1 -run '^Test(ImportRules|House)' ./cmd/danvan
	go test -count=1 -run TestSoak ./bot/schedule

browser: ## the tests of the page, alone and with the bot, in Chromium
	go test -count=1 -tags browser -run '^Test(Page|Browser)' ./bot/trial ./cmd/danvan

crash: ## kill the process twenty times under load and compare; cut the power under its file, and let each of its calls fail (strace)
	go test -count=1 -run TestKill ./cmd/danvan -kills 20
	go test -count=1 -tags strace -run 'TestPowerCuts|TestStory' ./store/bolt

soak: ## live two years in simulated time; count what every turn reads in a country of 100,000 models; cut the power 3,000 times (strace); 80 people through 100 kills and outages of a minute
	go test -count=1 -timeout 2h -run TestReads -v ./bot/bottest -reads
	go test -count=1 -timeout 2h -run TestSoak -v ./bot/schedule -soak 730
	go test -count=1 -timeout 2h -tags strace -run TestPowerCuts -v ./store/bolt -images 3000
	go test -count=1 -timeout 2h -run 'TestKill|TestOutages' -v ./cmd/danvan -people 80 -kills 100 -outage 60s

bench: ## the benchmarks that the README's figures come from; leave the machine alone meanwhile
	go test -p 1 -timeout 30m -run '^$$' -bench . -benchtime 2s ./...
