package pb_hooks

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/survey"
)

// addSurveys adds the survey that is open and that a role of the person has not
// answered.
func (d *inboxDraw) addSurveys() error {
	if d.person.GetString("school") == "" || len(d.person.GetStringSlice("acts_as")) == 0 {
		return nil
	}
	open, err := openSurveys(d.app, d.today)
	if err != nil || len(open) == 0 {
		return err
	}
	for _, r := range open {
		view, err := d.p.surveyView(d.app, r)
		if err == nil {
			err = d.p.addRoles(d.app, d.person, &view)
		}
		if err != nil {
			return err
		}
		var left []string
		for _, role := range view.Roles {
			if !role.Answered {
				left = append(left, role.Name)
			}
		}
		if len(left) > 0 {
			d.items = append(d.items, drawnItem{InboxItem: InboxItem{ID: r.Id, Kind: kindSurvey, Link: "/survey", Group: groupOf(view.Until, d.today),
				Title: view.Title, StageName: "请填写：" + strings.Join(left, "、"), Due: view.Until}})
		}
	}
	return nil
}

func openSurveys(app core.App, today string) ([]*core.Record, error) {
	return app.FindRecordsByFilter(records.Surveys, "from <= {:day} && until >= {:day}", "", 0, 0, dbx.Params{"day": today})
}

// followSurveys reminds those who have not answered, once, and notes at the end
// which roles there were.
func (p *platform) followSurveys() {
	if err := errors.Join(p.remindOfSurveys(), p.closeSurveys()); err != nil {
		p.app.Logger().Error("follow the surveys", "error", err)
	}
}

func (p *platform) remindOfSurveys() error {
	open, err := openSurveys(p.app, p.today())
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.GetString("reminded_on") != "" || !surveyOf(r).IsTimeToRemind(p.today()) {
			continue
		}
		if err := p.app.RunInTransaction(func(tx core.App) error { return p.remindOfSurvey(tx, r.Id) }); err != nil {
			return err
		}
	}
	return nil
}

// remindOfSurvey tells everybody of a role that has not answered.
func (p *platform) remindOfSurvey(tx core.App, id string) error {
	r, err := tx.FindRecordById(records.Surveys, id)
	if err != nil {
		return err
	}
	answers, err := surveyAnswersOf(tx, id)
	if err != nil {
		return err
	}
	now, err := rolesNow(tx)
	if err != nil {
		return err
	}
	var people []string
	for _, role := range survey.Silent(now, answers) {
		holders, err := p.peopleOf(tx, role.School, role.Duty)
		if err != nil {
			return err
		}
		for _, person := range holders {
			if !slices.Contains(people, person) {
				people = append(people, person)
			}
		}
	}
	until, err := time.Parse(time.DateOnly, r.GetString("until"))
	if err != nil {
		return err
	}
	title := fmt.Sprintf("请在 %d 月 %d 日前填写：%s", until.Month(), until.Day(), r.GetString("title"))
	if err := notify(tx, people, notification{Kind: "survey", Key: "survey/" + id, Title: title, Link: "/survey"}); err != nil {
		return err
	}
	r.Set("reminded_on", p.today())
	return tx.Save(r)
}

// closeSurveys keeps the roles of a survey that has ended: later ones are not asked.
func (p *platform) closeSurveys() error {
	ended, err := p.app.FindRecordsByFilter(records.Surveys, "until < {:day} && results_opened_at = ''", "", 0, 0, dbx.Params{"day": p.today()})
	if err != nil {
		return err
	}
	for _, r := range ended {
		if raw := r.GetString("asked"); raw != "" && raw != "null" {
			continue
		}
		if err := p.app.RunInTransaction(func(tx core.App) error { return p.noteAsked(tx, r.Id) }); err != nil {
			return err
		}
	}
	return nil
}

func (p *platform) noteAsked(tx core.App, id string) error {
	r, err := tx.FindRecordById(records.Surveys, id)
	if err != nil || r.GetString("until") >= p.today() { // prolonged meanwhile
		return err
	}
	answers, err := surveyAnswersOf(tx, id)
	if err != nil {
		return err
	}
	asked, err := askedOf(tx, r, answers)
	if err != nil {
		return err
	}
	r.Set("asked", asked)
	return tx.Save(r)
}
