package pb_hooks_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"gongkai/pb_hooks/webhook"
)

// examples are the blocks of a language in docs/webhooks.md.
func examples(t *testing.T, language string) (list []string) {
	t.Helper()
	manual, err := os.ReadFile("../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(manual), "```"+language+"\n")[1:] {
		example, _, closed := strings.Cut(part, "```")
		if !closed {
			t.Fatalf("not closed: %s", part)
		}
		list = append(list, example)
	}
	return list
}

var shellWord = regexp.MustCompile(`'[^']*'|[^\s\\]+`)

// curl asks what a command of the manual asks, with the words that the reader is to
// replace replaced.
func (s *server) curl(command string, replaced ...string) answer {
	s.t.Helper()
	var words []string
	for _, word := range shellWord.FindAllString(command, -1) {
		words = append(words, strings.NewReplacer(replaced...).Replace(strings.Trim(word, "'")))
	}
	if words[0] != "curl" {
		s.t.Fatalf("no command: %s", command)
	}
	method, path, body := http.MethodGet, "", ""
	var header []string
	for n := 1; n < len(words); n++ {
		switch words[n] {
		case "-X":
			n++
			method = words[n]
		case "-d":
			n++
			body = words[n]
		case "-H":
			n++
			name, value, _ := strings.Cut(words[n], ": ")
			header = append(header, name, value)
		default:
			path = strings.TrimPrefix(words[n], s.url)
		}
	}
	return s.withBearer(method, path, "", body, header...)
}

// What the manual shows works as it stands there.
func TestTheManualOfPushIsRight(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	made := s.subscribe(v.URL)
	one, two := s.offerCorrection(schoolA, "phone", "021-1", "021-2"), s.offerCorrection(schoolB, "phone", "021-3", "021-4")
	commands := examples(t, "sh")
	if len(commands) != 2 {
		t.Fatalf("%d commands", len(commands))
	}
	replaced := []string{"令牌", made.Token, "https://站点地址", s.url, "更正编号", one, "另一条", two}
	if a := s.curl(commands[0], replaced...); a.status != http.StatusOK || !a.has(one) {
		t.Errorf("%s%d %s", commands[0], a.status, a.body)
	}
	if a := s.curl(commands[1], replaced...); a.status != http.StatusOK || a.field("recorded") != 2.0 {
		t.Errorf("%s%d %s", commands[1], a.status, a.body)
	}
	bodies := examples(t, "json")
	if len(bodies) != 1 {
		t.Fatalf("%d bodies", len(bodies))
	}
	readFeedContract(t).keeps("/webhooks/school.changed/post/requestBody/content/application~1json/schema", bodies[0])
	manual, err := os.ReadFile("../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range append(webhook.Events(), webhook.Test) {
		if !strings.Contains(string(manual), "`"+string(event)+"`") {
			t.Errorf("%s is not in the manual", event)
		}
	}
}
