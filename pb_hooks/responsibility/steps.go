package responsibility

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/pb_hooks/publication"
)

// Action is what is done with a name.
type Action string

// Actions.
const (
	Propose  Action = "propose"
	Confirm  Action = "confirm"
	Decline  Action = "decline"
	Withdraw Action = "withdraw"
	End      Action = "end" // holds the role no longer, and nobody follows yet
)

// Move is one line of the procedure.
type Move struct {
	Do     Action
	Name   string
	From   State // "" begins
	To     State
	By     []publication.Duty
	Others bool // four eyes: neither who proposed it, nor in their place
	Own    bool // only who proposed it, or whoever acts in their place
	Reason bool // must be given
}

// Moves are the whole procedure.
func Moves() []Move {
	return []Move{
		{Do: Propose, Name: "提交", To: Proposed, By: Proposers()},
		{Do: Confirm, Name: "确认公布", From: Proposed, To: Confirmed, By: Confirmers(), Others: true},
		{Do: Decline, Name: "不同意", From: Proposed, To: Declined, By: Confirmers(), Others: true, Reason: true},
		{Do: Withdraw, Name: "撤回", From: Proposed, To: Withdrawn, By: Proposers(), Own: true},
		{Do: End, Name: "不再担任", From: Confirmed, To: Ended, By: Confirmers(), Reason: true},
	}
}

// Name is the action in words.
func (a Action) Name() string {
	if m, ok := moveOf(a); ok {
		return m.Name
	}
	return ""
}

func moveOf(a Action) (Move, bool) {
	moves := Moves()
	i := slices.IndexFunc(moves, func(m Move) bool { return m.Do == a })
	if i < 0 {
		return Move{}, false
	}
	return moves[i], true
}

// Signer is who acts, with which duty, and in whose place.
type Signer struct {
	By, For string
	Duty    publication.Duty
}

// Case is a name while it is decided on.
type Case struct {
	State   State
	By, For string // who proposed it
}

// MostReason is how long a reason may be, in characters.
const MostReason = 200

// May reports whether somebody may act, and as what they would sign.
func (c Case) May(do Action, ways []Signer) (Signer, bool) {
	m, known := moveOf(do)
	if !known || m.From != c.State {
		return Signer{}, false
	}
	for _, way := range ways {
		proposed := slices.ContainsFunc([]string{way.By, way.For}, func(id string) bool { return id != "" && (id == c.By || id == c.For) })
		if slices.Contains(m.By, way.Duty) && (!m.Others || !proposed) && (!m.Own || proposed) {
			return way, true
		}
	}
	return Signer{}, false
}

// Take refuses an action that is not possible now, that is not the signer's, or
// that lacks its reason. Else it returns as what they sign and what follows. The
// error is a Refusal.
func (c Case) Take(do Action, ways []Signer, reason string) (Signer, State, error) {
	m, known := moveOf(do)
	way, may := c.May(do, ways)
	switch {
	case !known || do == Propose:
		return way, "", Refusal{"action", "responsibility_action", "没有这种办理"}
	case m.From != c.State:
		return way, "", Refusal{"action", "responsibility_state", "这一条已经办理过，请刷新页面"}
	case !may && m.Others && slices.ContainsFunc(ways, func(w Signer) bool { return slices.Contains(m.By, w.Duty) }):
		return way, "", Refusal{"action", "responsibility_four_eyes", "不能由提交的人自己确认，请另一位校长或审核员办理"}
	case !may:
		return way, "", Refusal{"action", "responsibility_duty", "您没有办理这一步的职责"}
	case m.Reason && strings.TrimSpace(reason) == "":
		return way, "", Refusal{"reason", "responsibility_reason", "请填写原因"}
	case utf8.RuneCountInString(reason) > MostReason:
		return way, "", Refusal{"reason", "responsibility_reason", "原因最多 200 个字"}
	}
	return way, m.To, nil
}
