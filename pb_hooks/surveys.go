package pb_hooks

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/survey"
)

// bindSurveys keeps the surveys and their answers to the routes: no superuser
// changes what a role answered.
func bindSurveys(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("满意度调查和答卷不能直接更改。", nil)
	}
	owned := []string{records.Surveys, records.SurveyAnswers}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// SurveyDesk is what somebody can do with the surveys: at a school the latest one
// with their roles, at the bureau all of them with their progress.
type SurveyDesk struct {
	Today   string       `json:"today"`
	MayOpen bool         `json:"may_open"` // the bureau's supervisor
	Surveys []SurveyView `json:"surveys"`  // the latest first
}

// SurveyView is one survey.
type SurveyView struct {
	ID            string            `json:"id"`
	Year          int               `json:"year"`
	Title         string            `json:"title"`
	From          string            `json:"from"`
	Until         string            `json:"until"`
	State         string            `json:"state"` // planned, open, ended
	ResultsOpened bool              `json:"results_opened"`
	Questions     []survey.Question `json:"questions"`
	Roles         []SurveyRole      `json:"roles"` // the person's
	Asked         int               `json:"asked"` // roles; this and the following are the bureau's
	Answered      int               `json:"answered"`
	Silent        []SilentSchool    `json:"silent"`
}

// SurveyRole is a role of the person, with what it answered while that may change.
type SurveyRole struct {
	Duty     string                    `json:"duty"`
	Name     string                    `json:"name"`
	Answered bool                      `json:"answered"`
	Levels   map[string]inquiry.Rating `json:"levels"`
	Improve  string                    `json:"improve"`
}

// SilentSchool is a school with roles that have not answered.
type SilentSchool struct {
	School string   `json:"school"`
	Duties []string `json:"duties"` // names
}

func (p *platform) surveyDesk(e *core.RequestEvent) error {
	supervises, err := p.servesBureau(e.App, e.Auth, publication.Supervisor)
	if err != nil {
		return err
	}
	if e.Auth.GetString("school") == "" && !supervises {
		return e.ForbiddenError("满意度调查由区级监督员办理。", nil)
	}
	desk := SurveyDesk{Today: p.today(), MayOpen: supervises, Surveys: []SurveyView{}}
	latest := 1
	if supervises {
		latest = 0 // all
	}
	list, err := e.App.FindRecordsByFilter(records.Surveys, "", "-year", latest, 0)
	if err != nil {
		return err
	}
	for _, r := range list {
		view, err := p.surveyView(e.App, r)
		if err == nil && supervises {
			err = p.addProgress(e.App, r, &view)
		} else if err == nil {
			err = p.addRoles(e.App, e.Auth, &view)
		}
		if err != nil {
			return err
		}
		desk.Surveys = append(desk.Surveys, view)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

func (p *platform) surveyView(app core.App, r *core.Record) (SurveyView, error) {
	s := surveyOf(r)
	v := SurveyView{ID: r.Id, Year: s.Year, Title: s.Title, From: s.From, Until: s.Until, State: string(s.StateOn(p.today())), ResultsOpened: s.ResultsOpened,
		Roles: []SurveyRole{}, Silent: []SilentSchool{}}
	return v, r.UnmarshalJSONField("questions", &v.Questions)
}

// surveyOf is the survey that a record is of.
func surveyOf(r *core.Record) survey.Survey {
	return survey.Survey{Year: r.GetInt("year"), Title: r.GetString("title"), From: r.GetString("from"), Until: r.GetString("until"),
		ResultsOpened: r.GetString("results_opened_at") != ""}
}

// addRoles adds the roles of a person of a school.
func (p *platform) addRoles(app core.App, person *core.Record, view *SurveyView) error {
	duties, err := p.surveyDuties(person)
	if err != nil {
		return err
	}
	for _, duty := range duties {
		role := SurveyRole{Duty: string(duty), Name: duty.Name(), Levels: map[string]inquiry.Rating{}}
		answer, err := answerOf(app, view.ID, person.GetString("school"), duty)
		if err != nil {
			return err
		}
		if role.Answered = answer != nil; role.Answered && view.State == string(survey.Open) {
			role.Improve = answer.GetString("improve")
			if err := answer.UnmarshalJSONField("levels", &role.Levels); err != nil {
				return err
			}
		}
		view.Roles = append(view.Roles, role)
	}
	return nil
}

// surveyDuties are the duties with which a person may answer for their school:
// those they fill today, if the school is at work.
func (p *platform) surveyDuties(person *core.Record) ([]publication.Duty, error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, ok := directory.ByID(person.GetString("school"))
	if !ok || school.Status != string(registry.Open) {
		return nil, nil
	}
	acts := person.GetStringSlice("acts_as")
	return slices.DeleteFunc(survey.Duties(), func(d publication.Duty) bool { return !slices.Contains(acts, string(d)) }), nil
}

// answerOf is the answer of a role; nil if there is none.
func answerOf(app core.App, id, school string, duty publication.Duty) (*core.Record, error) {
	list, err := app.FindAllRecords(records.SurveyAnswers, dbx.HashExp{"survey": id, "school": school, "duty": string(duty)})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// addProgress adds how many roles answered, and which have not.
func (p *platform) addProgress(app core.App, r *core.Record, view *SurveyView) error {
	answers, err := surveyAnswersOf(app, r.Id)
	if err != nil {
		return err
	}
	asked, err := askedOf(app, r, answers)
	if err != nil {
		return err
	}
	view.Asked, view.Answered = len(asked), len(answers)
	directory, err := p.directory()
	if err != nil {
		return err
	}
	for _, role := range survey.Silent(asked, answers) {
		name := role.School
		if school, ok := directory.ByID(role.School); ok {
			name = school.ShortName
		}
		if n := len(view.Silent); n == 0 || view.Silent[n-1].School != name {
			view.Silent = append(view.Silent, SilentSchool{School: name})
		}
		last := &view.Silent[len(view.Silent)-1]
		last.Duties = append(last.Duties, role.Duty.Name())
	}
	return nil
}

func surveyAnswersOf(app core.App, id string) (list []survey.Answer, err error) {
	rows, err := app.FindAllRecords(records.SurveyAnswers, dbx.HashExp{"survey": id})
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		a := survey.Answer{Role: survey.Role{School: r.GetString("school"), Duty: publication.Duty(r.GetString("duty"))}, Improve: r.GetString("improve")}
		if err := r.UnmarshalJSONField("levels", &a.Levels); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// askedOf are the roles that a survey asks: those that there were at its end, or
// before it those that there are now.
func askedOf(app core.App, r *core.Record, answers []survey.Answer) ([]survey.Role, error) {
	var asked []survey.Role
	if raw := r.GetString("asked"); raw != "" && raw != "null" {
		err := r.UnmarshalJSONField("asked", &asked)
		return asked, err
	}
	existing, err := rolesNow(app)
	return survey.Asked(existing, answers), err
}

// rolesNow are the roles with somebody who fills them today, at schools that are
// at work, by school.
func rolesNow(app core.App) (roles []survey.Role, err error) {
	var rows []struct {
		School string `db:"school"`
		Duties string `db:"duties"`
	}
	err = app.DB().NewQuery("SELECT s.school, json_group_array(d.value) AS duties FROM staff s JOIN schools c ON c.id = s.school, json_each(s.acts_as) d" +
		" WHERE s.verified = true AND s.deactivated_at = '' AND c.status = {:open} GROUP BY s.school ORDER BY c.code").
		Bind(dbx.Params{"open": string(registry.Open)}).All(&rows)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		var filled []publication.Duty
		if err := json.Unmarshal([]byte(row.Duties), &filled); err != nil {
			return nil, err
		}
		for _, duty := range survey.Duties() {
			if slices.Contains(filled, duty) {
				roles = append(roles, survey.Role{School: row.School, Duty: duty})
			}
		}
	}
	return roles, nil
}

// surveyProblem is a refusal of the rules at the field that it is about.
func surveyProblem(err error) error {
	var r survey.Refusal
	if errors.As(err, &r) {
		return validation.Errors{r.Field: fieldError(r)}
	}
	return err
}
