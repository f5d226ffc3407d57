package foi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

// golden is the procedure written a second time, by state: what may be done, by whom, whose approval it waits for and
// where it leads (…: stays, ←: back). What is not here is refused.
const golden = `
draft
	submit applicant,clerk → submitted
submitted
	succeed system …
	register clerk,system → registered
	withdraw applicant → withdrawn
	invalidate clerk /supervisor → void
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
registered
	succeed system …
	answer_at_once clerk /officer → answered
	ask_correction clerk /officer → correcting
	assign clerk → processing
	withdraw applicant → withdrawn
	invalidate clerk /supervisor → void
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
correcting
	succeed system …
	correct applicant,clerk → processing
	correct_late applicant,clerk /officer → processing
	abandon system,clerk /officer → abandoned
	withdraw applicant → withdrawn
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
processing
	succeed system …
	ask_correction clerk /officer → correcting
	assign clerk → processing
	ask_third_party clerk /officer → third_party
	consult clerk → consulting
	extend clerk,department /officer …
	submit_answer clerk,department → secrecy_reviewing
	record_opinion clerk …
	override principal …
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
third_party
	succeed system …
	ask_third_party clerk /officer → third_party
	record_opinion third_party,clerk → processing
	lapse system → processing
	extend clerk,department /officer …
	override principal …
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
consulting
	succeed system …
	consult clerk → consulting
	record_opinion third_party,clerk → processing
	lapse system → processing
	extend clerk,department /officer …
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
secrecy_reviewing
	succeed system …
	extend clerk,department /officer …
	return secrecy_reviewer ←
	clear secrecy_reviewer → officer_reviewing
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
officer_reviewing
	succeed system …
	extend clerk,department /officer …
	return officer ←
	endorse officer → signing
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
signing
	succeed system …
	extend clerk,department /officer …
	return principal ←
	sign principal → answered
	withdraw applicant → withdrawn
	urge supervisor,system …
	order supervisor,system …
	interview supervisor …
	approve officer,supervisor …
	decline officer,supervisor,clerk,department …
	recount system …
answered
	succeed system …
	deliver clerk,system …
	archive system,clerk → archived
	supplement applicant,clerk → supplementing
	complain applicant,clerk,supervisor → complained
	hand_over clerk …
	propose_publication clerk …
	decline_publication clerk …
archived
	supplement applicant,clerk → supplementing
	complain applicant,clerk,supervisor → complained
	propose_publication clerk …
	decline_publication clerk …
abandoned
	supplement clerk → supplementing
	complain applicant,clerk,supervisor → complained
withdrawn
void
supplementing
	succeed system …
	submit_answer clerk,department → secrecy_reviewing
	complain applicant,clerk,supervisor → complained
complained
	succeed system …
	decide supervisor,clerk ←
`

// clockOf is what each action does to the clock; what is not here leaves it alone.
var clockOf = map[foi.Action]foi.Effect{"register": "starts", "ask_correction": "voids", "correct": "restarts", "correct_late": "restarts",
	"ask_third_party": "pauses", "consult": "pauses", "record_opinion": "resumes", "lapse": "resumes", "extend": "extends", "recount": "recounts",
	"answer_at_once": "stops", "abandon": "stops", "sign": "stops", "withdraw": "stops", "invalidate": "stops"}

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
	for _, from := range foi.States() {
		for _, do := range foi.Actions() {
			key := string(from) + " " + string(do)
			s, err := foi.Find(from, do)
			if got := slices.Contains(foi.Allowed(from), do); got != (err == nil) {
				t.Errorf("%s: Find says %v, Allowed %v", key, err, got)
			}
			if err != nil {
				refused(t, key, err, do)
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

func refused(t *testing.T, key string, err error, do foi.Action) {
	t.Helper()
	r, ok := err.(foi.Refusal)
	if !ok || r.Why != foi.Illegal && r.Why != foi.NotSignedOff || r.Code() == "" || r.Article() == "" || !strings.Contains(err.Error(), do.Name()) {
		t.Errorf("%s: refused with %#v", key, err)
	}
}

func written(s foi.Step) string {
	var by []string
	for _, r := range s.By {
		by = append(by, string(r))
	}
	text := strings.Join(by, ",")
	if s.Approver != "" {
		text += " /" + string(s.Approver)
	}
	switch s.To {
	case foi.Stay:
		return text + " …"
	case foi.Back:
		return text + " ←"
	}
	return text + " → " + string(s.To)
}

func TestTheTableIsWhole(t *testing.T) {
	rows, seen := map[int]bool{}, map[string]bool{}
	for _, s := range foi.Steps {
		rows[s.Row] = true
		for _, from := range s.From {
			key := fmt.Sprint(from, s.Do)
			if seen[key] {
				t.Errorf("%s is listed twice", key)
			}
			seen[key] = true
		}
		if s.Letter != "" && s.Letter.Name() == "" {
			t.Errorf("%s: no letter %q", s.Do, s.Letter)
		}
		if s.Law == "" || len(s.By) == 0 {
			t.Errorf("%s: no article or nobody", s.Do)
		}
	}
	for row := 1; row <= 21; row++ {
		if !rows[row] {
			t.Errorf("transition %d is not in the table", row)
		}
	}
	for _, do := range foi.Actions() {
		if !slices.ContainsFunc(foi.Steps, func(s foi.Step) bool { return s.Do == do }) {
			t.Errorf("nothing can %s", do)
		}
		if do.Condition() == "" {
			t.Errorf("%s: no condition in words", do)
		}
	}
}

func TestEverythingHasAName(t *testing.T) {
	var names []string
	for _, v := range foi.States() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Endings() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Clocks() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Publications() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Roles() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Actions() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Channels() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Opinions() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Remedies() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Results() {
		names = append(names, v.Name())
	}
	for _, v := range foi.Levels() {
		names = append(names, v.Name(), v.Code())
	}
	if i := slices.Index(names, ""); i >= 0 {
		t.Errorf("number %d has no name", i)
	}
}
