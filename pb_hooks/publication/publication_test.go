package publication_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
)

type ev = publication.Event

// Checks that are complete.
var (
	fine      = publication.Check{Examined: publication.ReviewPoints()}
	clear     = publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish}
	redact    = publication.Check{Found: []publication.Point{publication.Privacy}, Result: publication.Redact}
	notPublic = publication.Check{Found: []publication.Point{publication.WorkSecret}, Result: publication.NotPublic, Basis: "条例第十四条"}
	askAbove  = publication.Check{Result: publication.AskAbove}
)

func submit(form publication.Form, writers ...string) ev {
	return ev{Do: "submit", Version: "v1", Hash: "h1", By: "writer", Form: form, Writers: writers}
}

// on is a review step of the submitted text.
func on(do publication.Action, by string, c publication.Check) ev {
	return ev{Do: do, Version: "v1", Hash: "h1", By: by, Check: c, Reason: map[bool]string{true: "原因"}[do != "approve" && do != "clear"]}
}

func TestReplay(t *testing.T) {
	published := []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear), {Do: "publish", Version: "v1", Hash: "h1"}}
	after := func(more ...ev) []ev { return append(slices.Clone(published), more...) }
	for _, tt := range []struct {
		name         string
		events       []ev
		state, stage string
		code         string
	}{
		{"without steps it is a draft", nil, "draft", "drafting", ""},
		{"submitted it waits for the reviewer", []ev{submit("standard")}, "draft", "reviewing", ""},
		{"not twice", []ev{submit("standard"), submit("standard")}, "draft", "reviewing", "publication_illegal_step"},
		{"approved it waits for the secrecy review", []ev{submit("standard"), on("approve", "reviewer", fine)}, "draft", "secrecy_reviewing", ""},
		{"an extended form has a second review", []ev{submit("extended"), on("approve", "reviewer", fine)}, "draft", "second_reviewing", ""},
		{"by a third person", []ev{submit("extended"), on("approve", "reviewer", fine), on("approve", "reviewer", fine)}, "draft", "second_reviewing", "publication_same_person"},
		{"then the secrecy review by a fourth", []ev{submit("extended"), on("approve", "reviewer", fine), on("approve", "principal", fine), on("clear", "principal", clear)},
			"draft", "secrecy_reviewing", "publication_same_person"},
		{"and is released", []ev{submit("extended"), on("approve", "reviewer", fine), on("approve", "principal", fine), on("clear", "secrecy", clear)}, "draft", "released", ""},
		{"nobody publishes what was not cleared", []ev{submit("standard"), {Do: "publish", Version: "v1", Hash: "h1"}}, "draft", "reviewing", "publication_illegal_step"},
		{"nor a draft", []ev{{Do: "publish", Version: "v1"}}, "draft", "drafting", "publication_illegal_step"},
		{"nor another text than was cleared", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear), {Do: "publish", Version: "v2", Hash: "h2"}},
			"draft", "released", "publication_other_text"},
		{"the writer does not review", []ev{submit("standard"), on("approve", "writer", fine)}, "draft", "reviewing", "publication_same_person"},
		{"nor anybody who wrote along", []ev{submit("standard", "helper"), on("approve", "helper", fine)}, "draft", "reviewing", "publication_same_person"},
		{"nor anybody in the name of a writer", []ev{submit("standard"), {Do: "approve", Version: "v1", Hash: "h1", By: "other", For: "writer", Check: fine}}, "draft", "reviewing", "publication_same_person"},
		{"nor a writer in the name of the reviewer", []ev{submit("standard"), {Do: "approve", Version: "v1", Hash: "h1", By: "writer", For: "reviewer", Check: fine}}, "draft", "reviewing", "publication_same_person"},
		{"nor nobody", []ev{submit("standard"), on("approve", "", fine)}, "draft", "reviewing", "publication_same_person"},
		{"the reviewer does not do the secrecy review", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "reviewer", clear)}, "draft", "secrecy_reviewing", "publication_same_person"},
		{"nor as somebody's stand-in", []ev{submit("standard"), on("approve", "reviewer", fine), {Do: "clear", Version: "v1", Hash: "h1", By: "reviewer", For: "secrecy", Check: clear}},
			"draft", "secrecy_reviewing", "publication_same_person"},
		{"unless two persons are enough", []ev{submit("two_person"), on("approve", "reviewer", fine), on("clear", "reviewer", clear)}, "draft", "released", ""},
		{"but never one", []ev{submit("two_person"), on("approve", "reviewer", fine), on("clear", "writer", clear)}, "draft", "secrecy_reviewing", "publication_same_person"},
		{"a review is of one exact text", []ev{submit("standard"), {Do: "approve", Version: "v1", Hash: "other", By: "reviewer", Check: fine}}, "draft", "reviewing", "publication_other_text"},
		{"every point is ticked", []ev{submit("standard"), on("approve", "reviewer", publication.Check{})}, "draft", "reviewing", "publication_check_missing"},
		{"of the secrecy review too", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", publication.Check{Result: "public"})}, "draft", "secrecy_reviewing", "publication_check_missing"},
		{"which has a result", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", publication.Check{})}, "draft", "secrecy_reviewing", "publication_result_missing"},
		{"returning needs a reason", []ev{submit("standard"), {Do: "return", Version: "v1", Hash: "h1", By: "reviewer"}}, "draft", "reviewing", "publication_reason_missing"},
		{"returned it is submitted again", []ev{submit("standard"), on("return", "reviewer", publication.Check{}), submit("standard"), on("approve", "reviewer", fine)}, "draft", "secrecy_reviewing", ""},
		{"a secrecy review returns what is to be cut", []ev{submit("standard"), on("approve", "reviewer", fine), on("return", "secrecy", redact)}, "draft", "returned", ""},
		{"or withholds it, with its basis", []ev{submit("standard"), on("approve", "reviewer", fine), on("withhold", "secrecy", notPublic)}, "draft", "withheld", ""},
		{"not without", []ev{submit("standard"), on("approve", "reviewer", fine), on("withhold", "secrecy", publication.Check{Found: notPublic.Found, Result: "not_public"})}, "draft", "secrecy_reviewing", "publication_basis_missing"},
		{"or asks the bureau", []ev{submit("standard"), on("approve", "reviewer", fine), on("refer", "secrecy", askAbove)}, "draft", "referred", ""},
		{"which clears it by another person", []ev{submit("standard"), on("approve", "reviewer", fine), on("refer", "secrecy", askAbove), on("clear", "bureau", clear)}, "draft", "released", ""},
		{"not by the same", []ev{submit("standard"), on("approve", "reviewer", fine), on("refer", "secrecy", askAbove), on("clear", "secrecy", clear)}, "draft", "referred", "publication_same_person"},
		{"its writer takes it back", []ev{submit("standard"), on("recall", "writer", publication.Check{})}, "draft", "drafting", ""},
		{"published at last", published, "published", "drafting", ""},
		{"a change waits beside it", after(submit("standard")), "published", "reviewing", ""},
		{"withdrawing keeps the change where it is", after(submit("standard"), ev{Do: "withdraw", By: "writer", Reason: "有误"}), "withdrawn", "reviewing", ""},
		{"withdrawing ends a change that only waits for its hour", after(submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear),
			ev{Do: "withdraw", By: "writer", Reason: "有误"}), "withdrawn", "drafting", ""},
		{"so does taking down", after(submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear), ev{Do: "take_down", By: "bureau", Reason: "泄露个人信息"}),
			"withdrawn", "drafting", ""},
		{"and it does not appear by itself", after(submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear), ev{Do: "take_down", By: "bureau", Reason: "泄露个人信息"},
			ev{Do: "publish", Version: "v1", Hash: "h1"}), "withdrawn", "drafting", "publication_illegal_step"},
		{"the bureau stops what is about to appear", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear),
			{Do: "return", Version: "v1", Hash: "h1", By: "bureau", Reason: "时机不对"}}, "draft", "returned", ""},
		{"with a reason", []ev{submit("standard"), on("approve", "reviewer", fine), on("clear", "secrecy", clear), {Do: "return", Version: "v1", Hash: "h1", By: "bureau"}},
			"draft", "released", "publication_reason_missing"},
		{"what was withheld is not submitted unchanged", []ev{submit("standard"), on("approve", "reviewer", fine), on("withhold", "secrecy", notPublic), submit("standard")},
			"draft", "withheld", "publication_withheld_text"},
		{"another text is", []ev{submit("standard"), on("approve", "reviewer", fine), on("withhold", "secrecy", notPublic),
			{Do: "submit", Version: "v2", Hash: "h2", By: "writer", Form: "standard"}}, "draft", "reviewing", ""},
		{"a concluded 公示 can be taken down", after(ev{Do: "conclude"}, ev{Do: "take_down", By: "bureau", Reason: "含个人信息"}), "withdrawn", "drafting", ""},
		{"or withdrawn", after(ev{Do: "conclude"}, ev{Do: "withdraw", By: "writer", Reason: "有误"}), "withdrawn", "drafting", ""},
		{"withdrawing needs a reason", after(ev{Do: "withdraw", By: "writer", Reason: " "}), "published", "drafting", "publication_reason_missing"},
		{"a draft cannot be withdrawn", []ev{{Do: "withdraw", Reason: "x"}}, "draft", "drafting", "publication_illegal_step"},
		{"the bureau takes it down", after(ev{Do: "take_down", By: "bureau", Reason: "泄露个人信息"}), "withdrawn", "drafting", ""},
		{"a 公示 ends", after(ev{Do: "conclude"}), "concluded", "drafting", ""},
		{"and is not confirmed afterwards", after(ev{Do: "conclude"}, ev{Do: "confirm", By: "writer"}), "concluded", "drafting", "publication_illegal_step"},
		{"checked and unchanged", after(ev{Do: "confirm", By: "writer"}), "published", "drafting", ""},
		{"expired and archived", after(ev{Do: "expire"}, ev{Do: "archive", By: "writer"}), "archived", "drafting", ""},
		{"what was public elsewhere comes along", []ev{{Do: "import", Version: "v0"}}, "published", "drafting", ""},
		{"and changes through review only", []ev{{Do: "import", Version: "v0"}, {Do: "import", Version: "v1"}}, "published", "drafting", "publication_illegal_step"},
		{"an unknown action", []ev{{Do: "erase"}}, "draft", "drafting", "publication_illegal_step"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := publication.Replay(tt.events)
			if string(got.State) != tt.state || string(got.Stage) != tt.stage || code(err) != tt.code {
				t.Errorf("got %s, %s, %v; want %s, %s, %q", got.State, got.Stage, err, tt.state, tt.stage, tt.code)
			}
		})
	}
}

func TestReplayRemembersWhatThePublicSees(t *testing.T) {
	got, err := publication.Replay([]ev{{Do: "import", Version: "v0"}, submit("standard"), {Do: "withdraw", By: "x", Reason: "含个人信息"}})
	if err != nil || got.Version != "v0" || got.Pending != "v1" || got.Reason != "含个人信息" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestMayReview(t *testing.T) {
	a, err := publication.Replay([]ev{submit("standard", "helper"), on("approve", "reviewer", fine)})
	if err != nil {
		t.Fatal(err)
	}
	for person, want := range map[string]bool{"": false, "writer": false, "helper": false, "reviewer": false, "secrecy": true} {
		if a.MayReview(person) != want {
			t.Errorf("%q may: %v", person, !want)
		}
	}
}

func code(err error) string {
	var c interface{ Code() string }
	if errors.As(err, &c) {
		return c.Code()
	}
	return ""
}

// golden is the whole procedure written out a second time, by stage or state:
// what may be done, what comes of it, and by whom. A row that is added, lost or
// changed in the tables must be changed here too.
const golden = `
stage drafting: submit→reviewing editor
stage returned: submit→reviewing editor
stage withheld: submit→reviewing editor
stage reviewing: approve(two_person)→secrecy_reviewing reviewer, approve(standard)→secrecy_reviewing reviewer, approve(extended)→second_reviewing reviewer, return→returned reviewer, recall→drafting editor
stage second_reviewing: approve(extended)→secrecy_reviewing principal, return(extended)→returned principal, recall(extended)→drafting editor
stage secrecy_reviewing: clear→released secrecy_reviewer, return→returned secrecy_reviewer, withhold→withheld secrecy_reviewer, refer→referred secrecy_reviewer, recall→drafting editor
stage referred: clear→released secrecy_reviewer, return→returned secrecy_reviewer, withhold→withheld secrecy_reviewer, recall→drafting editor
stage released: return→returned supervisor, recall→drafting editor, publish→drafting
state draft: publish→published, import→published, rehome→draft
state published: publish→published, withdraw→withdrawn editor|principal, take_down→withdrawn supervisor, conclude→concluded, expire→expired, archive→archived editor, confirm→published editor|reviewer|principal, rehome→published
state withdrawn: publish→published, rehome→withdrawn
state concluded: publish→published, withdraw→withdrawn editor|principal, take_down→withdrawn supervisor, rehome→concluded
state expired: publish→published, withdraw→withdrawn editor|principal, take_down→withdrawn supervisor, archive→archived editor, rehome→expired
state archived: publish→published, withdraw→withdrawn editor|principal, take_down→withdrawn supervisor, rehome→archived
`

func TestTheProcedureIsThisAndNothingElse(t *testing.T) {
	want := map[string][]string{}
	for line := range strings.Lines(strings.TrimSpace(golden)) {
		place, rows, _ := strings.Cut(strings.TrimSpace(line), ": ")
		want[place] = strings.Split(rows, ", ")
		slices.Sort(want[place])
	}
	got := map[string][]string{}
	for _, r := range publication.Reviews {
		in := ""
		if r.In != "" {
			in = "(" + string(r.In) + ")"
		}
		place := "stage " + string(r.From)
		got[place] = append(got[place], strings.TrimSpace(string(r.Do)+in+"→"+string(r.To)+" "+string(r.By)))
	}
	for _, m := range publication.Moves {
		var by []string
		for _, duty := range m.By {
			by = append(by, string(duty))
		}
		place := "state " + string(m.From)
		got[place] = append(got[place], strings.TrimSpace(string(m.Do)+"→"+string(m.To)+" "+strings.Join(by, "|")))
	}
	for _, rows := range got {
		slices.Sort(rows)
	}
	if !maps.EqualFunc(got, want, slices.Equal) {
		for place := range got {
			if !slices.Equal(got[place], want[place]) {
				t.Errorf("%s:\n got %v\nwant %v", place, got[place], want[place])
			}
		}
		t.Errorf("%d places, want %d", len(got), len(want))
	}
}

// Every stage × action × form and every state × action is listed or refused,
// and what is refused is refused in words.
func TestEveryPairIsListedOrRefused(t *testing.T) {
	listed := 0
	for _, do := range publication.Actions() {
		for _, from := range publication.Stages() {
			for _, form := range publication.Forms() {
				want := slices.ContainsFunc(publication.Reviews, func(r publication.Review) bool {
					return r.From == from && r.Do == do && (r.In == "" || r.In == form)
				})
				_, err := publication.FindReview(from, do, form)
				check(t, string(from), do, want, err, &listed)
			}
		}
		for _, from := range publication.States() {
			want := slices.ContainsFunc(publication.Moves, func(m publication.Move) bool { return m.From == from && m.Do == do })
			_, err := publication.FindMove(from, do)
			check(t, string(from), do, want, err, &listed)
		}
		if !do.IsReview() && !do.IsMove() {
			t.Errorf("nothing can %s", do)
		}
	}
	if listed == 0 {
		t.Error("nothing is listed")
	}
}

func check(t *testing.T, from string, do publication.Action, want bool, err error, listed *int) {
	t.Helper()
	if want {
		*listed++
	}
	if want != (err == nil) {
		t.Errorf("%s %s: listed %v, error %v", from, do, want, err)
	}
	if err != nil && !strings.Contains(err.Error(), do.Name()) {
		t.Errorf("%q does not name what was tried", err)
	}
}

func TestEverythingHasAName(t *testing.T) {
	for _, s := range publication.States() {
		if s.Name() == "" {
			t.Errorf("state %s", s)
		}
	}
	for _, s := range publication.Stages() {
		if s.Name() == "" {
			t.Errorf("stage %s", s)
		}
	}
	for _, p := range append(publication.SecrecyPoints(), publication.ReviewPoints()...) {
		if p.Name() == "" {
			t.Errorf("point %s", p)
		}
	}
	for _, r := range publication.Results() {
		if r.Name() == "" {
			t.Errorf("result %s", r)
		}
	}
	for _, f := range publication.Forms() {
		if f.Name() == "" {
			t.Errorf("form %s", f)
		}
	}
}

func TestRuleFor(t *testing.T) {
	rules := []publication.Rule{
		{Form: "standard", Workdays: 2, From: "2026-01-01"},
		{Column: "A04", Form: "extended", Workdays: 3, From: "2026-01-01"},
		{Column: "A0405", Form: "two_person", Workdays: 1, From: "2026-09-01"},
		{Column: "A0405", Form: "standard", Workdays: 2, From: "2027-01-01"},
		{Stage: "幼儿园", Form: "two_person", Workdays: 1, From: "2026-01-01"},
		{Column: "A04", Ownership: "民办", Form: "standard", Workdays: 5, From: "2026-01-01"},
	}
	for _, tt := range []struct {
		name, column, stage, ownership, day string
		form                                publication.Form
	}{
		{"the general rule", "A0301", "小学", "公办", "2026-11-24", "standard"},
		{"a group", "A0401", "小学", "公办", "2026-11-24", "extended"},
		{"a column before its group", "A0405", "小学", "公办", "2026-11-24", "two_person"},
		{"before its day it does not hold", "A0405", "小学", "公办", "2026-08-31", "extended"},
		{"the newest of equals", "A0405", "小学", "公办", "2027-02-01", "standard"},
		{"a stage", "A0301", "幼儿园", "公办", "2026-11-24", "two_person"},
		{"the column before the stage", "A0401", "幼儿园", "公办", "2026-11-24", "extended"},
		{"an ownership", "A0401", "小学", "民办", "2026-11-24", "standard"},
		{"where nothing is set", "A0301", "小学", "公办", "2025-01-01", "standard"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := publication.Place{Column: tt.column, Stages: []string{tt.stage}, Ownership: tt.ownership}
			if got := publication.RuleFor(rules, at, tt.day); got.Form != tt.form {
				t.Errorf("got %+v, want %s", got, tt.form)
			}
		})
	}
}
