package audit_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"gongkai/pb_hooks/audit"
)

// row is a row with something in every field.
func row(n int) audit.Entry {
	return audit.Entry{At: "2026-11-23T16:00:00.000Z", Actor: "staff/abc", ActorName: "王老师", Via: "web", Action: "publish", Collection: "articles",
		Record: strings.Repeat("r", n%5+1), Detail: `{"标题":"招生计划"}`, Address: "10.0.0.1"}
}

// chain is n rows that follow each other.
func chain(n int) []audit.Entry {
	var entries []audit.Entry
	var last audit.Entry
	for i := range n {
		last = row(i).Follow(last)
		entries = append(entries, last)
	}
	return entries
}

func TestFollow(t *testing.T) {
	first := row(0).Follow(audit.Entry{})
	second := row(1).Follow(first)
	if first.Number != 1 || first.Previous != audit.Genesis || first.Hash != first.Sum() {
		t.Errorf("the first row is %+v", first)
	}
	if second.Number != 2 || second.Previous != first.Hash || second.Hash != second.Sum() {
		t.Errorf("the second row is %+v", second)
	}
}

// The encoding never changes: rows written today are verified in ten years.
// Repeated by: printf 'gongkai audit 1\n1:18:2026…' | sha256sum
func TestSumIsWhatItAlwaysWas(t *testing.T) {
	e := audit.Entry{At: "2026-11-23T16:00:00.000Z", Actor: "server", Action: "start"}.Follow(audit.Entry{})
	want := sha256sum("gongkai audit 1\n" + "1:1" + "24:2026-11-23T16:00:00.000Z" + "6:server" + "0:" + "0:" + "5:start" + "0:0:0:0:" + "64:" + audit.Genesis)
	if e.Hash != want || e.Hash != known {
		t.Errorf("got %s, want %s and %s", e.Hash, want, known)
	}
}

// texts are the fields of a row that are text and are hashed.
func texts(e *audit.Entry) []*string {
	v := reflect.ValueOf(e).Elem()
	var fields []*string
	for i := range v.NumField() {
		if v.Type().Field(i).Name != "Hash" && v.Field(i).Kind() == reflect.String {
			fields = append(fields, v.Field(i).Addr().Interface().(*string))
		}
	}
	return fields
}

func TestACharacterMovedToTheNextFieldChangesTheHash(t *testing.T) {
	for i := range len(texts(&audit.Entry{})) - 1 {
		for _, filler := range []string{"a", "1", ":", "1:a", "\x00", "，"} {
			left, right := row(0), row(0)
			*texts(&left)[i], *texts(&left)[i+1] = filler+filler, filler
			*texts(&right)[i], *texts(&right)[i+1] = filler, filler+filler
			if left.Sum() == right.Sum() {
				t.Errorf("%q may move from field %d to the next", filler, i)
			}
		}
	}
}

func TestEveryFieldIsHashed(t *testing.T) {
	seen := map[string]bool{row(0).Sum(): true}
	for i := range texts(&audit.Entry{}) {
		e := row(0)
		*texts(&e)[i] += "\xff"
		other := row(0)
		*texts(&other)[i] += "\xfe" // broken bytes are told apart too
		seen[e.Sum()], seen[other.Sum()] = true, true
	}
	e := row(0)
	e.Number = 10
	seen[e.Sum()] = true
	if got, want := len(seen), 2*(reflect.TypeFor[audit.Entry]().NumField()-2)+2; got != want {
		t.Errorf("got %d different hashes, want %d", got, want)
	}
}

func TestARowVerifiesAfterItsExport(t *testing.T) {
	e := row(0)
	e.Detail = "a\xffb\u2028<&>\x00\ud7ff"
	e = e.Follow(audit.Entry{})
	text, err := json.Marshal(e)
	var back audit.Entry
	if err != nil || json.Unmarshal(text, &back) != nil || back != e || back.Sum() != e.Hash {
		t.Errorf("exported as %s", text)
	}
	for _, tag := range []string{`"number"`, `"at"`, `"actor_name"`, `"previous"`, `"hash"`} {
		if !strings.Contains(string(text), tag) {
			t.Errorf("no %s in %s", tag, text)
		}
	}
}
