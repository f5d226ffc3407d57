// Package paper writes the printable 《信息发布审核登记表》: what the steps say
// about the review of one version, on A4, as .docx. It knows no database and no
// clock; whoever calls it hands in what is to stand on the paper.
package paper

import (
	"slices"
	"strings"
	"time"

	"gongkai/pb_hooks/publication"
)

// Register is all that the form says of one version. Instants are in the time
// zone in which they are to be read; days are written 2026-11-23. Texts may be
// hostile: they are cleaned and escaped when they are written.
type Register struct {
	Demo      bool   // a demonstration: every page says so
	PrintedOn string // day

	School, Column, Title          string
	IndexNumber, Source, DocNumber string
	Writers                        []string
	CreatedOn, ValidUntil          string    // days; "" is none
	PublicityWorkdays              int       // 公示期; 0 is none
	ReleaseAt                      time.Time // from when it may be public; zero is at once
	Version                        int
	Hash                           string // as the steps have it
	Intact                         bool   // the stored text and files still have that hash
	Replaced                       bool   // a newer version took its place
	Form                           publication.Form
	Attachments                    []Attachment
	Findings                       Findings
	Steps                          []Step  // about this version, oldest first
	Earlier                        []Round // submitted before this version, oldest first
}

// Attachment is a file of the version.
type Attachment struct {
	Name, Size string // the size in words: 1.2 MB
	SHA256     string // 64 hexadecimal digits
}

// Findings counts what the scanner saw in the version.
type Findings struct {
	Block, Warn, Note int // by level
	Later             int // of them, seen only after it was public
	Open              int // that nobody has dealt with and that must be
	Overridden        []Override
}

// Override is a finding that the secrecy reviewer let stand.
type Override struct {
	What, Place, Reason, By string
	At                      time.Time
}

// Step is one step on the version, signed.
type Step struct {
	Stage    publication.Stage // at which it was taken
	Do       publication.Action
	At       time.Time
	By, For  string // names; By "" is the server, For is whom they stood in for
	Duty     publication.Duty
	AtBureau bool
	Reason   string
	Check    publication.Check
}

// Round is another version of the article that was submitted.
type Round struct {
	Version int
	Form    publication.Form
	Steps   []Step
}

// person is who took a step; both names where somebody stood in.
func (s Step) person() string {
	switch {
	case s.By == "":
		return "系统\n（按设定）"
	case s.For != "":
		return s.By + "\n（代" + s.For + "）"
	}
	return s.By
}

// signer is the same on one line.
func (s Step) signer() string { return strings.ReplaceAll(s.person(), "\n", "") }

func (s Step) duty() string {
	if s.AtBureau {
		return "区级" + strings.TrimPrefix(s.Duty.Name(), "区级")
	}
	return s.Duty.Name()
}

var reviewNames = map[publication.Stage]string{publication.Reviewing: "初审", publication.SecondReviewing: "复审",
	publication.SecrecyReviewing: "保密审查", publication.Referred: "上级确定"}

// part is which part of the procedure a step belongs to.
func (s Step) part() string {
	switch {
	case s.Do.IsDecision():
		return reviewNames[s.Stage]
	case s.Do == publication.Submit || s.Do == publication.Recall:
		return "送审"
	case s.Do == publication.Publish:
		return "公开"
	}
	return "公开后"
}

// outcome is what the steps have made of a version, in words.
func outcome(steps []Step, form publication.Form) string {
	state, stage, recalled := publication.Draft, publication.Drafting, false
	for _, s := range steps {
		if row, err := publication.FindReview(s.Stage, s.Do, form); s.Do.IsReview() && err == nil {
			stage, recalled = row.To, s.Do == publication.Recall
		}
		if row, err := publication.FindMove(state, s.Do); s.Do.IsMove() && err == nil {
			state = row.To
		}
	}
	switch {
	case state != publication.Draft:
		return state.Name()
	case recalled:
		return publication.Recall.Name()
	}
	return stage.Name()
}

// lastAt is the newest decision taken at a stage.
func (r Register) lastAt(stage publication.Stage) (Step, bool) {
	for _, s := range slices.Backward(r.Steps) {
		if s.Stage == stage && s.Do.IsDecision() {
			return s, true
		}
	}
	return Step{}, false
}

func (r Register) first(do publication.Action) (Step, bool) {
	if i := slices.IndexFunc(r.Steps, func(s Step) bool { return s.Do == do }); i >= 0 {
		return r.Steps[i], true
	}
	return Step{}, false
}
