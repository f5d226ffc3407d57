package publication

import "slices"

// Review is one row of the way of a version to the public. In limits the row
// to columns of one form.
type Review struct {
	From Stage
	Do   Action
	To   Stage
	By   Duty
	In   Form // "" for every form
}

// Reviews is the whole procedure of publication review and secrecy review. A
// step that is not listed is not allowed.
var Reviews = []Review{
	{Drafting, Submit, Reviewing, Editor, ""},
	{Returned, Submit, Reviewing, Editor, ""},
	{Withheld, Submit, Reviewing, Editor, ""}, // another text; the one withheld stays withheld

	{Reviewing, Approve, SecrecyReviewing, Reviewer, TwoPerson},
	{Reviewing, Approve, SecrecyReviewing, Reviewer, Standard},
	{Reviewing, Approve, SecondReviewing, Reviewer, Extended},
	{Reviewing, Return, Returned, Reviewer, ""},
	{SecondReviewing, Approve, SecrecyReviewing, Principal, Extended},
	{SecondReviewing, Return, Returned, Principal, Extended},

	{SecrecyReviewing, Clear, Released, SecrecyReviewer, ""},
	{SecrecyReviewing, Return, Returned, SecrecyReviewer, ""},
	{SecrecyReviewing, Withhold, Withheld, SecrecyReviewer, ""},
	{SecrecyReviewing, Refer, Referred, SecrecyReviewer, ""},
	{Referred, Clear, Released, SecrecyReviewer, ""}, // of the bureau
	{Referred, Return, Returned, SecrecyReviewer, ""},
	{Referred, Withhold, Withheld, SecrecyReviewer, ""},

	{Reviewing, Recall, Drafting, Editor, ""},
	{SecondReviewing, Recall, Drafting, Editor, Extended},
	{SecrecyReviewing, Recall, Drafting, Editor, ""},
	{Referred, Recall, Drafting, Editor, ""},
	{Released, Recall, Drafting, Editor, ""},     // before its time comes
	{Released, Return, Returned, Supervisor, ""}, // the bureau stops what is about to appear
	{Released, Publish, Drafting, Clock, ""},
}

// Move is one row of what the public sees.
type Move struct {
	From State
	Do   Action
	To   State
	By   []Duty // any of them; none for the clock
}

// Moves is everything that may happen to what the public sees.
var Moves = []Move{
	{Draft, Publish, Published, nil},
	{Draft, Import, Published, nil},
	{Published, Publish, Published, nil}, // a changed version takes the place of the public one
	{Withdrawn, Publish, Published, nil},
	{Concluded, Publish, Published, nil},
	{Expired, Publish, Published, nil},
	{Archived, Publish, Published, nil},

	{Published, Withdraw, Withdrawn, []Duty{Editor, Principal}},
	{Expired, Withdraw, Withdrawn, []Duty{Editor, Principal}},
	{Archived, Withdraw, Withdrawn, []Duty{Editor, Principal}},
	{Concluded, Withdraw, Withdrawn, []Duty{Editor, Principal}}, // its title is public still
	{Published, TakeDown, Withdrawn, []Duty{Supervisor}},
	{Expired, TakeDown, Withdrawn, []Duty{Supervisor}},
	{Archived, TakeDown, Withdrawn, []Duty{Supervisor}},
	{Concluded, TakeDown, Withdrawn, []Duty{Supervisor}},

	{Published, Conclude, Concluded, nil},
	{Published, Expire, Expired, nil},
	{Published, Archive, Archived, []Duty{Editor}},
	{Expired, Archive, Archived, []Duty{Editor}},
	{Published, Confirm, Published, []Duty{Editor, Reviewer, Principal}},

	// the standard changes where a disclosure stands, never what is seen of it
	{Draft, Rehome, Draft, nil},
	{Published, Rehome, Published, nil},
	{Withdrawn, Rehome, Withdrawn, nil},
	{Concluded, Rehome, Concluded, nil},
	{Expired, Rehome, Expired, nil},
	{Archived, Rehome, Archived, nil},
}

// FindReview returns the row for an action on the version in work.
func FindReview(from Stage, do Action, form Form) (Review, error) {
	for _, r := range Reviews {
		if r.From == from && r.Do == do && (r.In == "" || r.In == form) {
			return r, nil
		}
	}
	return Review{}, IllegalStep{from.Name(), do}
}

// FindMove returns the row for an action on what the public sees.
func FindMove(from State, do Action) (Move, error) {
	for _, m := range Moves {
		if m.From == from && m.Do == do {
			return m, nil
		}
	}
	return Move{}, IllegalStep{from.Name(), do}
}

// IsReview reports whether an action is about the version in work. Publish is
// about both: it ends the one and changes the other.
func (a Action) IsReview() bool {
	return slices.ContainsFunc(Reviews, func(r Review) bool { return r.Do == a })
}

// IsDecision reports whether an action is a reviewer's on the version in work.
func (a Action) IsDecision() bool { return a.IsReview() && a != Submit && a != Recall && a != Publish }

// IsMove reports whether an action changes what the public sees.
func (a Action) IsMove() bool {
	return slices.ContainsFunc(Moves, func(m Move) bool { return m.Do == a })
}

// By names the duties that may take an action now; none means the server only.
func By(a Article, do Action) ([]Duty, error) {
	if do.IsMove() {
		m, err := FindMove(a.State, do)
		return m.By, err
	}
	r, err := FindReview(a.Stage, do, a.Form)
	return []Duty{r.By}, err
}
