package pb_hooks

import (
	"crypto/rand"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// followStep does what follows from a step in its transaction: drafts are frozen
// or given back, the letter is written, who is asked gets a way to answer.
func (p *platform) followStep(tx core.App, before, after foiCase, act foiAct, step *core.Record) error {
	if err := followDraft(tx, before, act); err != nil {
		return err
	}
	if act.Do == foi.Approve && before.Proposal.Do == foi.CorrectLate {
		if err := acceptCorrection(tx, before.request); err != nil {
			return err
		}
	}
	if act.Do == foi.AskThirdParty || act.Do == foi.Consult {
		if err := p.noteInquiry(tx, before, act, step); err != nil {
			return err
		}
	}
	if act.Do == foi.Recount {
		if err := p.mailRecount(tx, before, after, step); err != nil {
			return err
		}
	}
	if act.Do == foi.Succeed {
		if err := p.mailSucceeded(tx, before, act, step); err != nil {
			return err
		}
	}
	kind := before.LetterOf(act.Event)
	if kind == "" {
		return nil
	}
	scene, err := p.sceneOf(tx, before, after.Case, act)
	if err != nil {
		return err
	}
	token := ""
	var inquiry *core.Record
	if kind == foi.LetterThirdParty || kind == foi.LetterConsult {
		if inquiry, token, err = p.openInquiry(tx, after); err != nil {
			return err
		}
		scene.opinionURL = scene.directory.District.BaseURL + "/opinion#" + token
	}
	draft, err := scene.letterValues(kind)
	if err != nil {
		return err
	}
	letter, err := p.writeLetter(tx, scene, draft, step.Id)
	if err != nil {
		return err
	}
	return p.mailLetter(tx, scene, draft, letter, inquiry)
}

// acceptCorrection lets a late correction count.
func acceptCorrection(tx core.App, request *core.Record) error {
	r := &core.Record{}
	err := tx.RecordQuery(records.FOIApplications).AndWhere(dbx.HashExp{"request": request.Id, "pending": true}).OrderBy("number DESC").Limit(1).One(r)
	if err != nil {
		return err
	}
	r.Set("pending", false)
	request.Set("subject", r.GetString("subject"))
	return tx.Save(r)
}

// followDraft freezes the draft that is submitted, and gives one that came back
// to its writers as a copy.
func followDraft(tx core.App, before foiCase, act foiAct) error {
	back := ""
	switch act.Do {
	case foi.SubmitAnswer, foi.AnswerAtOnce:
		draft, err := tx.FindRecordById(records.FOIReplies, act.Reply)
		if err != nil {
			return err
		}
		_, err = freezeDraft(tx, draft)
		return err
	case foi.Return:
		back = before.Draft.Hash
	case foi.Decline, foi.Assign: // who gives the case to somebody else gives up to answer on the spot
		if before.Proposal.Do != foi.AnswerAtOnce {
			return nil
		}
		back = before.Proposal.Hash
	default:
		return nil
	}
	open, err := openDraft(tx, before.request.Id)
	if err != nil || open != nil {
		return err
	}
	frozen, err := draftWithHash(tx, before.request.Id, back)
	if err != nil {
		return err
	}
	return reopenDraft(tx, frozen)
}

// noteInquiry keeps how somebody who is to be asked can be reached. The letter
// goes out with the approval.
func (p *platform) noteInquiry(tx core.App, before foiCase, act foiAct, step *core.Record) error {
	c, err := tx.FindCachedCollectionByNameOrId(records.FOIInquiries)
	if err != nil {
		return err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"request": before.request.Id, "step": step.Id, "party": act.Party})
	if act.Email != "" {
		if err := p.seal(r, "email", act.Email); err != nil {
			return err
		}
	}
	return tx.Save(r)
}

// openInquiry gives the letter that just went out its token: told once, in the
// letter, and kept as a fingerprint.
func (p *platform) openInquiry(tx core.App, after foiCase) (*core.Record, string, error) {
	q := after.Inquiries[len(after.Inquiries)-1]
	r := &core.Record{}
	err := tx.RecordQuery(records.FOIInquiries).AndWhere(dbx.HashExp{"request": after.request.Id, "party": q.Party, "token_hash": ""}).
		OrderBy("_rowid_ DESC").Limit(1).One(r)
	if err != nil {
		return nil, "", err
	}
	token, err := newCode(20)
	if err != nil {
		return nil, "", err
	}
	r.Set("token_hash", fingerprint(token))
	r.Set("until", string(q.Until))
	return r, token, tx.Save(r)
}

const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ" // 31

// newCode makes n letters that nobody can guess, of those that cannot be taken for
// one another: no 0 and O, no 1, I and L.
func newCode(n int) (string, error) {
	code := make([]byte, 0, n)
	for len(code) < n {
		raw := make([]byte, n)
		if _, err := rand.Read(raw); err != nil {
			return "", err
		}
		for _, b := range raw {
			if b &= 31; int(b) < len(codeLetters) && len(code) < n {
				code = append(code, codeLetters[b])
			}
		}
	}
	return string(code), nil
}
