package pb_hooks

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// releaseStandard decides that a draft holds from a day on. From then it is final.
// A day that has come takes effect at once.
func (p *platform) releaseStandard(e *core.RequestEvent) error {
	var body struct {
		Updated     string `json:"updated"`
		EffectiveOn string `json:"effective_on"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	released := ""
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := p.draftAsked(tx, e, body.Updated)
		if err != nil {
			return err
		}
		if err := p.checkRelease(tx, r, body.EffectiveOn); err != nil {
			return err
		}
		r.Load(map[string]any{"state": standardReleased, "effective_on": body.EffectiveOn, "released_at": p.options.Now().UTC(), "released_by": e.Auth.Id,
			"released_by_name": e.Auth.GetString("name")})
		if err := tx.Save(r); err != nil {
			return err
		}
		released = r.Id
		if err := p.announceStandard(tx, r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "release_standard", r, map[string]any{"version": r.GetString("version"), "effective_on": body.EffectiveOn})
	})
	if err != nil {
		return err
	}
	if body.EffectiveOn <= p.today() {
		p.followStandards()
	}
	r, err := e.App.FindRecordById(records.Standards, released)
	if err != nil {
		return err
	}
	view, err := p.standardView(e.App, e, r)
	if err != nil {
		return err
	}
	return noStore(e, view)
}

// checkRelease refuses a day that has passed, a second release before the first has
// taken effect, and a draft that leaves something open.
func (p *platform) checkRelease(tx core.App, r *core.Record, day string) error {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return refused("effective_on", "date_malformed", "请填写施行日期")
	}
	if day < p.today() {
		return refused("effective_on", "date_passed", "施行日期不能早于今天")
	}
	waiting, err := releasedAhead(tx)
	if err != nil {
		return err
	}
	if waiting != nil {
		return refused("effective_on", "release_waits", waiting.GetString("version")+" 版已经发布、还没有施行，请等它施行或先收回它")
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	draft, err := draftOf(tx, r, d)
	if err != nil {
		return err
	}
	open, err := openPoints(tx, d, draft)
	if err != nil || len(open) == 0 {
		return err
	}
	return validation.Errors{"open": validation.NewError("standard_is_open", open[0].Sentence)}
}

// announceStandard tells the schools that a version will hold.
func (p *platform) announceStandard(tx core.App, r *core.Record) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	n := notification{Kind: "standard", Key: "standard/" + r.Id + "/" + r.GetString("effective_on"), Link: standardLink,
		Title: "《" + r.GetString("name") + "》将于 " + r.GetString("effective_on") + " 起施行，请查看本校栏目的变化"}
	for _, s := range d.Schools {
		if err := p.tellOfStandard(tx, s, n); err != nil {
			return err
		}
	}
	return nil
}

// standardLink is the page of the standard in the workbench.
const standardLink = "/supervision/standard"

// tellOfStandard tells those of a school who answer for its columns.
func (p *platform) tellOfStandard(tx core.App, s *records.School, n notification) error {
	if hasEnded(s.Status) {
		return nil
	}
	people, err := p.peopleOf(tx, s.ID, publication.Principal, publication.Officer, publication.Editor)
	if err != nil {
		return err
	}
	return notify(tx, people, n)
}

// recallStandard makes a released version a draft again, before it holds.
func (p *platform) recallStandard(e *core.RequestEvent) error {
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	reason := strings.TrimSpace(body.Reason)
	return p.answerStandard(e, func(tx core.App) (*core.Record, error) {
		if err := p.refuseStandard(tx, e); err != nil {
			return nil, err
		}
		r, err := p.standardAsked(tx, e)
		if err != nil {
			return nil, err
		}
		if r.GetString("state") != standardReleased || r.GetString("applied_at") != "" {
			return nil, e.Error(http.StatusConflict, "只有已经发布、还没有施行的版本可以收回。", nil)
		}
		if n := utf8.RuneCountInString(reason); n == 0 || n > 500 {
			return nil, refused("reason", "reason_missing", "请写明收回的原因，最多 500 字")
		}
		day := r.GetString("effective_on")
		r.Load(map[string]any{"state": standardDraft, "effective_on": "", "released_at": "", "released_by": "", "released_by_name": ""})
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, "recall_standard", r, map[string]any{"version": r.GetString("version"), "effective_on": day, "reason": reason})
	})
}
