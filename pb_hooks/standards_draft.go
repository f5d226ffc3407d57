package pb_hooks

import (
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

var standardNumber = regexp.MustCompile(`^[0-9A-Za-z.-]{1,20}$`)

// startStandard makes a draft, a copy of the version in force.
func (p *platform) startStandard(e *core.RequestEvent) error {
	var body struct {
		Version string `json:"version"`
		Name    string `json:"name"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.answerStandard(e, func(tx core.App) (*core.Record, error) {
		r, err := p.newStandard(tx, e, body.Version, body.Name, standard.Draft{Columns: d.Nodes, Moves: []standard.Move{}})
		if err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, "draft_standard", r, map[string]any{"version": r.GetString("version"), "name": r.GetString("name")})
	})
}

// newStandard stores a draft.
func (p *platform) newStandard(tx core.App, e *core.RequestEvent, version, name string, content standard.Draft) (*core.Record, error) {
	if err := p.refuseStandard(tx, e); err != nil {
		return nil, err
	}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.Standards)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"state": standardDraft, "based_on": d.Standard.Number, "content": content.Columns, "moves": content.Moves})
	if err := nameStandard(tx, r, version, name); err != nil {
		return nil, err
	}
	return r, tx.Save(r)
}

// nameStandard sets the number and the name of a draft.
func nameStandard(tx core.App, r *core.Record, version, name string) error {
	version, name = strings.TrimSpace(version), strings.TrimSpace(name)
	if !standardNumber.MatchString(version) {
		return refused("version", "standard_number", "版本号填写年份等 1 至 20 位数字、字母，例如 2027")
	}
	same, err := tx.CountRecords(records.Standards, dbx.HashExp{"version": version}, dbx.NewExp("id != {:id}", dbx.Params{"id": r.Id}))
	if err != nil {
		return err
	}
	if same > 0 {
		return refused("version", "standard_twice", "已经有 "+version+" 版")
	}
	if n := utf8.RuneCountInString(name); n == 0 || n > 100 {
		return refused("name", "standard_name", "请填写标准名称，最多 100 字")
	}
	r.Load(map[string]any{"version": version, "name": name})
	return nil
}

// answerStandard does something to a version in one transaction and answers with
// what it became.
func (p *platform) answerStandard(e *core.RequestEvent, do func(tx core.App) (*core.Record, error)) error {
	var view StandardView
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := do(tx)
		if err != nil {
			return err
		}
		view, err = p.standardView(tx, e, r)
		return err
	})
	if err != nil {
		return err
	}
	return noStore(e, view)
}

// draftAsked is the draft that the address names, as the person last saw it: what
// somebody else changed meanwhile is not written over.
func (p *platform) draftAsked(tx core.App, e *core.RequestEvent, updated string) (*core.Record, error) {
	if err := p.refuseStandard(tx, e); err != nil {
		return nil, err
	}
	r, err := p.standardAsked(tx, e)
	switch {
	case err != nil:
		return nil, err
	case r.GetString("state") != standardDraft:
		return nil, e.Error(http.StatusConflict, "这个版本已经发布，不能再改。", nil)
	case r.GetString("updated") != updated:
		return nil, staleSave()
	}
	return r, nil
}

// editStandard changes a draft. What would bring a new fault is refused at its
// field, and nothing is stored.
func (p *platform) editStandard(e *core.RequestEvent, updated, action string, edit func(d standard.Draft) (standard.Draft, map[string]any, error)) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.answerStandard(e, func(tx core.App) (*core.Record, error) {
		r, err := p.draftAsked(tx, e, updated)
		if err != nil {
			return nil, err
		}
		before, err := draftOf(tx, r, d)
		if err != nil {
			return nil, err
		}
		after, detail, err := edit(before)
		if err != nil {
			return nil, err
		}
		if err := newFaults(before.Check(), after.Check()); err != nil {
			return nil, err
		}
		r.Load(map[string]any{"content": after.Columns, "moves": after.Moves})
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, action, r, detail)
	})
}

// newFaults makes errors at their fields of the faults that were not there before.
func newFaults(before, after []standard.Fault) error {
	known := map[standard.Fault]bool{}
	for _, f := range before {
		known[f] = true
	}
	problems := validation.Errors{}
	for _, f := range after {
		if _, told := problems[f.Field]; !known[f] && !told {
			problems[f.Field] = validation.NewError("standard_fault", f.Sentence)
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return nil
}

func (p *platform) renameStandard(e *core.RequestEvent) error {
	var body struct {
		Updated string  `json:"updated"`
		Version *string `json:"version"`
		Name    *string `json:"name"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.answerStandard(e, func(tx core.App) (*core.Record, error) {
		r, err := p.draftAsked(tx, e, body.Updated)
		if err != nil {
			return nil, err
		}
		version, name := r.GetString("version"), r.GetString("name")
		if body.Version != nil {
			version = *body.Version
		}
		if body.Name != nil {
			name = *body.Name
		}
		if err := nameStandard(tx, r, version, name); err != nil {
			return nil, err
		}
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, "change_standard", r, map[string]any{"version": r.GetString("version"), "name": r.GetString("name")})
	})
}

// discardStandard deletes a draft; the audit keeps that it was.
func (p *platform) discardStandard(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseStandard(tx, e); err != nil {
			return err
		}
		r, err := p.standardAsked(tx, e)
		if err != nil {
			return err
		}
		if r.GetString("state") != standardDraft {
			return e.Error(http.StatusConflict, "这个版本已经发布，不能删除。", nil)
		}
		if err := p.doneBy(tx, e, "discard_standard", r, map[string]any{"version": r.GetString("version"), "name": r.GetString("name")}); err != nil {
			return err
		}
		return tx.Delete(r)
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
