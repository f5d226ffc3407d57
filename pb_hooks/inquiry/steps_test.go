package inquiry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

// watch is what may be done in every state in which the clock runs, and orders what may be in every state after Draft.
const (
	watch = `
	urge writer,supervisor,system …
	escalate system …
	order supervisor,system …
	recount system …`
	orders = `
	reply_order clerk,principal …
	close_order supervisor …`
)

// golden is the procedure written a second time, by state: what may be done, by whom and where it leads (…: stays,
// ←: back, ↻: redone or ended). What is not here is refused.
const golden = `
draft
	submit writer,clerk → submitted
submitted
	succeed system …
	hold system → held
	accept clerk → accepted
	refuse clerk,principal → refused
	classify clerk,officer,principal,supervisor …
	transfer clerk → transferring
	first_reply clerk,principal …
	merge clerk → merged
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
held
	succeed system …
	release clerk → submitted
	refuse clerk,principal → refused
	classify clerk,officer,principal,supervisor …
	first_reply clerk,principal …
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
accepted
	succeed system …
	classify clerk,officer,principal,supervisor …
	assign clerk → handling
	transfer clerk → transferring
	first_reply clerk,principal …
	extend clerk,principal …
	submit_answer clerk,department → reviewing
	merge clerk → merged
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
transferring
	succeed system …
	take_over receiver,system → accepted
	give_back receiver ←
	first_reply clerk,principal …
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
handling
	succeed system …
	classify clerk,officer,principal,supervisor …
	assign clerk → handling
	hand_back department → accepted
	transfer clerk → transferring
	first_reply clerk,principal …
	extend clerk,principal …
	submit_answer clerk,department → reviewing
	merge clerk → merged
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
reviewing
	succeed system …
	first_reply clerk,principal …
	extend clerk,principal …
	return officer,principal ←
	answer officer,principal → answered
	withdraw writer → withdrawn
	revoke_consent writer …` + watch + orders + `
answered
	succeed system …
	rate writer ↻
	revoke_consent writer …
	archive clerk,system → archived` + orders + `
redoing
	succeed system …
	submit_answer clerk,department → reviewing
	revoke_consent writer …` + watch + orders + `
rated
	propose_publication clerk …
	publish officer,principal …
	decline_publication clerk,officer,principal …
	revoke_consent writer …
	archive clerk,system → archived` + orders + `
archived
	propose_publication clerk …
	publish officer,principal …
	decline_publication clerk,officer,principal …
	revoke_consent writer …` + orders + `
refused` + orders + `
merged` + orders + `
withdrawn` + orders

// clockOf is what each action does to the clock; what is not here leaves it alone.
var clockOf = map[inquiry.Action]inquiry.Effect{"submit": "starts", "take_over": "restarts", "rate": "reopens", "extend": "extends", "recount": "recounts",
	"answer": "stops", "refuse": "stops", "merge": "stops", "withdraw": "stops"}

func TestEveryPairIsListedOrRefused(t *testing.T) {
	want := map[string]string{}
	state := ""
	for line := range strings.SplitSeq(strings.TrimSpace(golden), "\n") {
		if !strings.HasPrefix(line, "\t") {
			state = line
			continue
		}
		do, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[state+" "+do] = rest
	}
	listed := 0
	for _, from := range inquiry.States() {
		for _, do := range inquiry.Actions() {
			key := string(from) + " " + string(do)
			s, err := inquiry.Find(from, do)
			if got := slices.Contains(inquiry.Allowed(from), do); got != (err == nil) {
				t.Errorf("%s: Find says %v, Allowed %v", key, err, got)
			}
			if err != nil {
				r, ok := err.(inquiry.Refusal)
				if !ok || r.Why != inquiry.Illegal || r.Article() == "" || !strings.Contains(err.Error(), do.Name()) || !strings.Contains(err.Error(), from.Name()) {
					t.Errorf("%s: refused with %#v", key, err)
				}
				if want[key] != "" {
					t.Errorf("%s is refused: %v", key, err)
				}
				continue
			}
			listed++
			if got := written(s); got != want[key] {
				t.Errorf("%s: got %q, want %q", key, got, want[key])
			}
			if s.Clock != clockOf[do] {
				t.Errorf("%s: the clock %q, want %q", key, s.Clock, clockOf[do])
			}
		}
	}
	if listed != len(want) {
		t.Errorf("%d pairs are allowed, %d are wanted", listed, len(want))
	}
}

func written(s inquiry.Step) string {
	var by []string
	for _, r := range s.By {
		by = append(by, string(r))
	}
	text := strings.Join(by, ",")
	switch s.To {
	case inquiry.Stay:
		return text + " …"
	case inquiry.Back:
		return text + " ←"
	case inquiry.RedoOrEnd:
		return text + " ↻"
	}
	return text + " → " + string(s.To)
}

func TestTheTableIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range inquiry.Steps {
		for _, from := range s.From {
			key := fmt.Sprint(from, s.Do)
			if seen[key] {
				t.Errorf("%s is listed twice", key)
			}
			seen[key] = true
		}
		if s.Law == "" || len(s.By) == 0 {
			t.Errorf("%s: rests on nothing or is nobody's", s.Do)
		}
	}
	for _, do := range inquiry.Actions() {
		if !slices.ContainsFunc(inquiry.Steps, func(s inquiry.Step) bool { return s.Do == do }) {
			t.Errorf("nothing can %s", do)
		}
		if do.Condition() == "" {
			t.Errorf("%s: no condition in words", do)
		}
	}
}

func names[T interface{ Name() string }](list []T) (out []string) {
	for _, v := range list {
		out = append(out, v.Name())
	}
	return out
}

func TestEverythingHasAName(t *testing.T) {
	all := slices.Concat(names(inquiry.States()), names(inquiry.Clocks()), names(inquiry.Publications()), names(inquiry.Roles()), names(inquiry.Actions()),
		names(inquiry.Grounds()), names(inquiry.Norms()), names(inquiry.Levels()), names(inquiry.AllRatings()), names(inquiry.Capacities()))
	for _, l := range inquiry.Levels() {
		all = append(all, l.Code())
	}
	for _, c := range inquiry.Channels() {
		all = append(all, c.Name, string(c.Visibility), c.Reviewer.Name(), c.Law)
		for _, f := range c.Fields {
			all = append(all, f.Code, f.Name)
		}
	}
	for _, c := range inquiry.Categories() {
		all = append(all, c.Name)
	}
	if i := slices.Index(all, ""); i >= 0 {
		t.Errorf("number %d of %q has no name", i, all)
	}
}
