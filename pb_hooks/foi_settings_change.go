package pb_hooks

import (
	"cmp"
	"errors"
	"net/http"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// settingsBody is what the supervisor changes; what is absent stays.
type settingsBody struct {
	Mode       *string           `json:"foi_mode"`
	LetterWord *string           `json:"letter_word"`
	Bureau     *string           `json:"bureau_name"`
	PurgeDays  *int              `json:"foi_purge_days"`
	Schools    map[string]string `json:"schools"` // id of a school → its 校代字
}

// changeRequestSettings sets what holds for the whole district: districts and
// schools have no rule that lets staff write them, and this opens only these
// fields.
func (p *platform) changeRequestSettings(e *core.RequestEvent) error {
	var body settingsBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	var view RequestSettings
	err := e.App.RunInTransaction(func(tx core.App) error {
		may, err := p.servesBureau(tx, e.Auth, publication.Supervisor)
		if err != nil {
			return err
		}
		if !may {
			return e.ForbiddenError("依申请公开的设置由区教育局办理。", nil)
		}
		problems := validation.Errors{}
		if err := p.setDistrict(tx, e, body, problems); err != nil {
			return err
		}
		if err := p.setWords(tx, e, body.Schools, problems); err != nil {
			return err
		}
		if len(problems) > 0 {
			return problems
		}
		view, err = p.settingsOf(tx)
		view.MaySet = true
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) setDistrict(tx core.App, e *core.RequestEvent, body settingsBody, problems validation.Errors) error {
	if body.Mode == nil && body.LetterWord == nil && body.Bureau == nil && body.PurgeDays == nil {
		return nil
	}
	district, err := tx.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return err
	}
	for field, value := range map[string]*string{"foi_mode": body.Mode, "letter_word": body.LetterWord, "bureau_name": body.Bureau} {
		if value != nil {
			district.Set(field, *value)
		}
	}
	if body.PurgeDays != nil {
		district.Set("foi_purge_days", *body.PurgeDays)
	}
	return p.saveSetting(tx, e, district, func(field string, problem error) { problems[field] = problem })
}

// setWords changes 校代字; a word that cannot be is a problem at schools.ID.
func (p *platform) setWords(tx core.App, e *core.RequestEvent, words map[string]string, problems validation.Errors) error {
	ids := make([]string, 0, len(words))
	for id := range words {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, cmp.Compare)
	for _, id := range ids {
		school, err := tx.FindRecordById(records.Schools, id)
		if err != nil {
			return refused("schools", "setting_missing", "没有这所学校，请刷新页面")
		}
		if words[id] == "" {
			problems["schools."+id] = validation.NewError("setting_missing", "请填写校代字")
			continue
		}
		school.Set("letter_word", words[id])
		err = p.saveSetting(tx, e, school, func(field string, problem error) {
			if field == "letter_word" {
				field = "schools." + id
			}
			problems[field] = problem
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// saveSetting saves a record and enters what changed. What its checks have against
// it goes to note: all problems are shown at once.
func (p *platform) saveSetting(tx core.App, e *core.RequestEvent, r *core.Record, note func(field string, problem error)) error {
	changed := detailOfChange(r)
	err := tx.Save(r)
	var fields validation.Errors
	if errors.As(err, &fields) {
		for field, problem := range fields {
			note(field, problem)
		}
		return nil
	}
	if err != nil {
		return err
	}
	return p.doneBy(tx, e, "set_requests", r, changed)
}
