package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/survey"
)

// refuseOthers refuses who is not the bureau's supervisor.
func (p *platform) refuseOthers(app core.App, e *core.RequestEvent) error {
	may, err := p.servesBureau(app, e.Auth, publication.Supervisor)
	if err == nil && !may {
		err = e.ForbiddenError("满意度调查由区级监督员办理。", nil)
	}
	return err
}

// surveyAsked is the survey that the address names.
func surveyAsked(app core.App, e *core.RequestEvent) (*core.Record, error) {
	r, err := app.FindRecordById(records.Surveys, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, e.NotFoundError("没有这次调查，请刷新页面。", nil)
	}
	return r, err
}

// openSurvey opens the survey of a year, once.
func (p *platform) openSurvey(e *core.RequestEvent) error {
	var body struct {
		Year  int    `json:"year"`
		Title string `json:"title"`
		From  string `json:"from"`
		Until string `json:"until"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	s := survey.Survey{Year: body.Year, Title: strings.TrimSpace(body.Title), From: body.From, Until: body.Until}
	var view SurveyView
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseOthers(tx, e); err != nil {
			return err
		}
		if err := s.Check(p.today()); err != nil {
			return surveyProblem(err)
		}
		same, err := tx.CountRecords(records.Surveys, dbx.HashExp{"year": s.Year})
		if err != nil {
			return err
		}
		if same > 0 {
			return refused("year", "survey_twice", fmt.Sprintf("%d 年已经有一次调查", s.Year))
		}
		c, err := tx.FindCachedCollectionByNameOrId(records.Surveys)
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Load(map[string]any{"year": s.Year, "title": s.Title, "from": s.From, "until": s.Until, "questions": survey.Questions()})
		if err := tx.Save(r); err != nil {
			return err
		}
		if view, err = p.surveyProgress(tx, r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "open_survey", r, map[string]any{"year": s.Year, "title": s.Title, "from": s.From, "until": s.Until})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) surveyProgress(app core.App, r *core.Record) (SurveyView, error) {
	view, err := p.surveyView(app, r)
	if err == nil {
		err = p.addProgress(app, r, &view)
	}
	return view, err
}

// prolongSurvey puts the last day off. The roles that are asked are then counted
// again at the new end.
func (p *platform) prolongSurvey(e *core.RequestEvent) error {
	var body struct {
		Until string `json:"until"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	var view SurveyView
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseOthers(tx, e); err != nil {
			return err
		}
		r, err := surveyAsked(tx, e)
		if err != nil {
			return err
		}
		if err := surveyOf(r).CheckProlonged(body.Until, p.today()); err != nil {
			return surveyProblem(err)
		}
		r.Load(map[string]any{"until": body.Until, "asked": nil})
		if err := tx.Save(r); err != nil {
			return err
		}
		if view, err = p.surveyProgress(tx, r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "prolong_survey", r, map[string]any{"until": body.Until})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// surveyAnswer is what somebody answers for a role of theirs.
type surveyAnswer struct {
	Duty    publication.Duty          `json:"duty"`
	Levels  map[string]inquiry.Rating `json:"levels"`
	Improve string                    `json:"improve"`
}

// answerSurvey keeps the answer of one of the person's roles at their own school:
// the first one, or one in the place of the last. The audit says that they
// answered, not what.
func (p *platform) answerSurvey(e *core.RequestEvent) error {
	var body surveyAnswer
	if err := readBody(e, &body); err != nil {
		return err
	}
	body.Improve = strings.TrimSpace(body.Improve)
	var view SurveyView
	err := e.App.RunInTransaction(func(tx core.App) error {
		duties, err := p.surveyDuties(e.Auth)
		if err != nil {
			return err
		}
		if !slices.Contains(duties, body.Duty) {
			return e.ForbiddenError("您没有这个岗位的职责，不能为它填写。", nil)
		}
		r, err := surveyAsked(tx, e)
		if err != nil {
			return err
		}
		if view, err = p.surveyView(tx, r); err != nil {
			return err
		}
		if err := errors.Join(surveyOf(r).CheckOpen(p.today()), survey.CheckAnswer(view.Questions, body.Levels, body.Improve)); err != nil {
			return surveyProblem(err)
		}
		if err := p.keepAnswer(tx, r, e.Auth.GetString("school"), body); err != nil {
			return err
		}
		if err := p.addRoles(tx, e.Auth, &view); err != nil {
			return err
		}
		return p.doneBy(tx, e, "answer_survey", r, map[string]any{"duty": string(body.Duty)})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) keepAnswer(tx core.App, r *core.Record, school string, body surveyAnswer) error {
	answer, err := answerOf(tx, r.Id, school, body.Duty)
	if err != nil {
		return err
	}
	if answer == nil {
		c, err := tx.FindCachedCollectionByNameOrId(records.SurveyAnswers)
		if err != nil {
			return err
		}
		answer = core.NewRecord(c)
		answer.Load(map[string]any{"survey": r.Id, "school": school, "duty": string(body.Duty)})
	}
	answer.Load(map[string]any{"levels": body.Levels, "improve": body.Improve})
	return tx.Save(answer)
}
