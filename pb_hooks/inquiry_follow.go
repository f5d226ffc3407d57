package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
)

// followInquiryStep does what follows from a step in its transaction: texts are
// frozen or given back, and the writer is told.
func (p *platform) followInquiryStep(tx core.App, before, after inquiryCase, act inquiryAct, step *core.Record) error {
	switch act.Do {
	case inquiry.SubmitAnswer, inquiry.ProposePublication:
		if err := freezeText(tx, act.Text, act.Hash); err != nil {
			return err
		}
	case inquiry.TakeOver: // what the unit before began is its own
		if err := dropDrafts(tx, before.record.Id); err != nil {
			return err
		}
	case inquiry.Return:
		if err := p.reopenText(tx, before.record.Id, textAnswer, before.Draft.Hash); err != nil {
			return err
		}
	case inquiry.DeclinePublication, inquiry.Publish, inquiry.RevokeConsent:
		if err := p.followSelection(tx, before, after, act); err != nil {
			return err
		}
	}
	return p.mailWriter(tx, before, after, act, step)
}
