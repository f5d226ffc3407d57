package publication

import (
	"slices"
	"strings"

	"gongkai/pb_hooks/procedure"
)

// Event is a step that was taken, or that somebody wants to take.
type Event struct {
	Do      Action
	Version string // the exact version it is about
	Hash    string // of its text and files, as the server computed it then
	Reason  string
	By      string   // who acted; "" is the server
	For     string   // whom they stood in for (代理)
	Form    Form     // submit: the reviews that the column asked for that day
	Writers []string // submit: who wrote on the version
	Check   Check    // what a reviewer ticked and decided
}

// Article is what the steps make of an article.
type Article struct {
	State   State
	Version string // what the public sees, or saw last
	Reason  string // why it was withdrawn

	Stage    Stage
	Pending  string // the version under review or released
	Hash     string // of the pending version
	Form     Form
	Writers  []string // of the pending version
	Involved []string // who reviewed the pending version so far
}

// Replay folds the steps, oldest first, into where the article stands.
func Replay(events []Event) (Article, error) {
	return procedure.Replay(Article{State: Draft, Stage: Drafting}, events, Article.after)
}

func (a Article) after(e Event) (Article, error) {
	if e.Do.IsReview() {
		next, err := a.reviewed(e)
		if err != nil {
			return a, err
		}
		a = next
	}
	if e.Do.IsMove() {
		return a.moved(e)
	}
	if !e.Do.IsReview() {
		return a, IllegalStep{a.State.Name(), e.Do}
	}
	return a, nil
}

// reviewed moves the version in work one stage on.
func (a Article) reviewed(e Event) (Article, error) {
	form := a.Form
	row, err := FindReview(a.Stage, e.Do, form)
	if err != nil {
		return a, err
	}
	if e.Do == Submit {
		return a.submitted(e, row)
	}
	if e.Version != a.Pending || e.Hash != a.Hash {
		return a, OtherText{}
	}
	if row.By == Reviewer || row.By == SecrecyReviewer || row.By == Principal {
		if err := a.fourEyes(e, row); err != nil {
			return a, err
		}
		if err := e.Check.complete(e.Do, row, e.Reason); err != nil {
			return a, err
		}
		// both names count: nobody reviews for somebody who wrote or reviewed it
		a.Involved = people(a.Involved, e.By, e.For)
	}
	if (e.Do == Return || e.Do == Withhold || e.Do == Refer) && strings.TrimSpace(e.Reason) == "" {
		return a, Incomplete{"reason", e.Do.Name() + "要写明原因"}
	}
	a.Stage = row.To
	return a, nil
}

func (a Article) submitted(e Event, row Review) (Article, error) {
	switch {
	case e.Version == "" || e.Hash == "":
		return a, Incomplete{"version", "请选择要提交的版本"}
	case !slices.Contains(Forms(), e.Form):
		return a, Incomplete{"form", "没有说明要经过哪些审核"}
	case a.Stage == Withheld && e.Hash == a.Hash:
		return a, WithheldText{}
	}
	a.Stage, a.Pending, a.Hash, a.Form = row.To, e.Version, e.Hash, e.Form
	a.Writers, a.Involved = people(e.Writers, e.By, e.For), nil
	return a, nil
}

// fourEyes keeps the writers, the reviewer and the secrecy reviewer of one text
// apart; only in the two-person form may one person do both reviews.
func (a Article) fourEyes(e Event, row Review) error {
	for _, person := range people(nil, e.By, e.For) {
		if slices.Contains(a.Writers, person) {
			return SamePerson{"您参与了这一版本的编写，不能再审核它，请由其他人员办理"}
		}
		if slices.Contains(a.Involved, person) && !(a.Form == TwoPerson && row.From == SecrecyReviewing) {
			return SamePerson{"您已经审核过这一版本，后一道审查要由另一个人办理"}
		}
	}
	if e.By == "" {
		return SamePerson{"审核要由具名的人员办理"}
	}
	return nil
}

// moved changes what the public sees.
func (a Article) moved(e Event) (Article, error) {
	row, err := FindMove(a.State, e.Do)
	if err != nil {
		return a, err
	}
	switch e.Do {
	case Publish, Import:
		if e.Version == "" {
			return a, Incomplete{"version", "请选择要公开的版本"}
		}
		a.Version, a.Reason = e.Version, ""
		a.Pending, a.Hash, a.Form, a.Writers, a.Involved = "", "", "", nil, nil
	case Withdraw, TakeDown:
		if strings.TrimSpace(e.Reason) == "" {
			return a, Incomplete{"reason", "撤回要写明原因，原因会向社会公开"}
		}
		a.Reason = e.Reason
		if a.Stage == Released {
			// what only waits for its hour would undo this by itself: it needs new reviews
			a.Stage, a.Pending, a.Hash, a.Form, a.Writers, a.Involved = Drafting, "", "", "", nil, nil
		}
	}
	a.State = row.To
	return a, nil
}

// people adds the named to a list without repeating or sharing it.
func people(list []string, more ...string) []string {
	out := slices.Clone(list)
	for _, p := range more {
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// MayReview reports whether a person can take a review step of the pending
// version: whoever wrote it or reviewed it before cannot.
func (a Article) MayReview(person string) bool {
	rows := slices.DeleteFunc(slices.Clone(Reviews), func(r Review) bool {
		return r.From != a.Stage || r.Do == Recall || r.By == Clock || r.In != "" && r.In != a.Form
	})
	return len(rows) > 0 && person != "" && a.fourEyes(Event{By: person}, rows[0]) == nil
}
