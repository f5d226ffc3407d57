// Package publication holds the procedure by which a disclosure appears and
// disappears: what may follow what, by whom. It knows no database and no clock.
// The state of an article is computed from its steps, never stored on its own.
package publication

import "fmt"

type (
	// State is where an article stands.
	State string
	// Action is what a person does to an article.
	Action string
	// Duty is what a person must be charged with to act.
	Duty string
)

// States.
const (
	Draft     State = "draft"     // 草稿
	Published State = "published" // 已公开
	Withdrawn State = "withdrawn" // 已撤回
)

// Actions.
const (
	Publish  Action = "publish"  // 发布
	Withdraw Action = "withdraw" // 撤回
)

// Editor (信息编辑员) writes and, for now, publishes.
const Editor Duty = "editor"

// Step is one row of the procedure.
type Step struct {
	From State
	Do   Action
	To   State
	By   Duty
}

// Steps is the whole procedure. A step that is not listed is not allowed.
var Steps = []Step{
	{Draft, Publish, Published, Editor},
	{Published, Publish, Published, Editor}, // a changed version takes the place of the public one
	{Published, Withdraw, Withdrawn, Editor},
	{Withdrawn, Publish, Published, Editor},
}

// Event is a step that was taken, or that somebody wants to take.
type Event struct {
	Do      Action
	Version string // the exact version it is about
	Reason  string
}

// Article is what the steps make of an article.
type Article struct {
	State   State
	Version string // what the public sees, or saw last
	Reason  string // why it was withdrawn
}

// IllegalStep is a step that the procedure does not list.
type IllegalStep struct {
	From State
	Do   Action
}

func (e IllegalStep) Error() string {
	do := actionNames[e.Do]
	if do == "" {
		do = "这样办理"
	}
	return fmt.Sprintf("“%s”的信息不能%s", stateNames[e.From], do)
}

// Code is the machine's name of the error.
func (e IllegalStep) Code() string { return "publication_illegal_step" }

// Params are the words a page may need.
func (e IllegalStep) Params() map[string]any { return map[string]any{"from": e.From, "do": e.Do} }

// Incomplete is a step that lacks something.
type Incomplete struct{ Field, Sentence string }

func (e Incomplete) Error() string { return e.Sentence }

// Code is the machine's name of the error.
func (e Incomplete) Code() string { return "publication_" + e.Field + "_missing" }

// Params are the words a page may need.
func (e Incomplete) Params() map[string]any { return map[string]any{"field": e.Field} }

var (
	stateNames  = map[State]string{Draft: "草稿", Published: "已公开", Withdrawn: "已撤回"}
	actionNames = map[Action]string{Publish: "发布", Withdraw: "撤回"}
)

// Name is the state in words.
func (s State) Name() string { return stateNames[s] }

// Name is the action in words.
func (a Action) Name() string { return actionNames[a] }

// Find returns the row for an action in a state.
func Find(from State, do Action) (Step, error) {
	for _, s := range Steps {
		if s.From == from && s.Do == do {
			return s, nil
		}
	}
	return Step{}, IllegalStep{from, do}
}

// Replay folds the steps, oldest first, into what the article is now.
func Replay(events []Event) (Article, error) {
	a := Article{State: Draft}
	for _, e := range events {
		step, err := Find(a.State, e.Do)
		if err != nil {
			return a, err
		}
		switch e.Do {
		case Publish:
			if e.Version == "" {
				return a, Incomplete{"version", "请选择要发布的版本"}
			}
			a.Version, a.Reason = e.Version, ""
		case Withdraw:
			if e.Reason == "" {
				return a, Incomplete{"reason", "撤回要写明原因，原因会向社会公开"}
			}
			a.Reason = e.Reason
		}
		a.State = step.To
	}
	return a, nil
}
