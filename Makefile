# gongkai: make run, make test, make bench, make lint. Go, Node and make are all
# that a machine needs; the browser tests also want Chromium (scripts/chromium.sh).

ADDR ?= 127.0.0.1:8090
DATA ?= pb_data
STATICCHECK = go run honnef.co/go/tools/cmd/staticcheck@v0.8.2

export CGO_ENABLED = 0

.PHONY: run build ui test test-go test-ui e2e lint types bench docker clean

run: build
	@./gongkai demo --dir=$(DATA) --http=$(ADDR)
	@echo "现在启动 http://$(ADDR)/ ，按 Ctrl-C 停止"
	@./gongkai serve --http=$(ADDR) --dir=$(DATA)

build: gongkai

gongkai: ui $(shell find . -name '*.go' -not -path './ui/*') go.mod go.sum
	go build -trimpath -ldflags="-s -w" -o gongkai .

ui: ui/dist/.vite/manifest.json.gz

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund
	@touch $@

ui/dist/.vite/manifest.json.gz: ui/node_modules/.package-lock.json $(shell find ui/src ui/static -type f) ui/vite.config.ts ui/tsconfig.json
	cd ui && npm run build

test: test-go test-ui e2e

# all tests; then, with the race detector, those in which people, requests or jobs
# are at work at once: their names say Together (layout_test.go holds them to it).
# The detector needs cgo and makes a test ten times slower; where one thing happens
# after the other there is nothing for it to find.
test-go: ui
	go test -timeout 15m ./...
	@go test ./pb_hooks/publication/scan -run LabelledSnippets -v | grep '^scan:'
	CGO_ENABLED=1 go test -race -short -vet=off -timeout 15m -run Together ./...

test-ui: ui
	cd ui && npm test

e2e: build
	. scripts/chromium.sh && cd ui && npm run e2e

lint: ui
	@test -z "$$(gofmt -l . | grep -v node_modules)" || { echo "not gofmt-ed:"; gofmt -l . | grep -v node_modules; exit 1; }
	go vet ./...
	$(STATICCHECK) -checks 'all,-ST1000,-ST1003' ./...
	cd ui && npm run lint

# the database and openapi.json are the sources of the TypeScript types
types:
	go test ./pb_hooks -run TypeScript -update
	cd ui && npm run types

bench: build
	bench/run.sh

docker:
	docker build -t gongkai .

clean:
	rm -rf gongkai ui/dist/* bench/out
