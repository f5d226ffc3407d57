package pb_hooks

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/survey"
	"gongkai/pb_hooks/workday"
)

// SurveyResults are those of a survey as they were when they were opened.
type SurveyResults struct {
	ID       string `json:"id"`
	Year     int    `json:"year"`
	Title    string `json:"title"`
	From     string `json:"from"`
	Until    string `json:"until"`
	OpenedOn string `json:"opened_on"`
	survey.Results
}

// openSurveyResults counts a survey that has ended, for good: from then on it can
// not be prolonged, and its figures stay. Asked again it gives the same.
func (p *platform) openSurveyResults(e *core.RequestEvent) error {
	var results SurveyResults
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseOthers(tx, e); err != nil {
			return err
		}
		r, err := surveyAsked(tx, e)
		if err != nil {
			return err
		}
		if s := surveyOf(r); !s.ResultsOpened {
			if err := s.CheckResults(p.today()); err != nil {
				return surveyProblem(err)
			}
			if err := p.countSurvey(tx, r, p.options.Now()); err != nil {
				return err
			}
		}
		if results, err = resultsOf(r); err != nil {
			return err
		}
		return p.doneBy(tx, e, "open_survey_results", r, map[string]any{"year": results.Year})
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, results)
}

// countSurvey puts the results on the record, opened at an instant.
func (p *platform) countSurvey(tx core.App, r *core.Record, opened time.Time) error {
	answers, err := surveyAnswersOf(tx, r.Id)
	if err != nil {
		return err
	}
	asked, err := askedOf(tx, r, answers)
	if err != nil {
		return err
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	var questions []survey.Question
	if err := r.UnmarshalJSONField("questions", &questions); err != nil {
		return err
	}
	stages := func(id string) string {
		if school, ok := directory.ByID(id); ok && len(school.Stages) > 0 {
			return strings.Join(school.Stages, "、")
		}
		return "未登记学段"
	}
	r.Load(map[string]any{"asked": asked, "results": survey.Count(questions, asked, answers, stages), "results_opened_at": opened.UTC().Truncate(time.Second)})
	return tx.Save(r)
}

// resultsOf are the results on the record.
func resultsOf(r *core.Record) (SurveyResults, error) {
	s := surveyOf(r)
	v := SurveyResults{ID: r.Id, Year: s.Year, Title: s.Title, From: s.From, Until: s.Until, OpenedOn: dayOf(r.GetDateTime("results_opened_at").Time())}
	return v, r.UnmarshalJSONField("results", &v.Results)
}

// resultsAsked are the results that the address names, for the supervisor.
func (p *platform) resultsAsked(e *core.RequestEvent) (SurveyResults, error) {
	if err := p.refuseOthers(e.App, e); err != nil {
		return SurveyResults{}, err
	}
	r, err := surveyAsked(e.App, e)
	if err != nil {
		return SurveyResults{}, err
	}
	if !surveyOf(r).ResultsOpened {
		return SurveyResults{}, router.NewApiError(http.StatusConflict, "结果还没有打开。", nil)
	}
	return resultsOf(r)
}

func (p *platform) surveyResults(e *core.RequestEvent) error {
	results, err := p.resultsAsked(e)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, results)
}

// exportSurveyResults gives out the same as a workbook. The export is entered
// before it is sent.
func (p *platform) exportSurveyResults(e *core.RequestEvent) error {
	results, err := p.resultsAsked(e)
	if err != nil {
		return err
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	file, err := statement.SurveyXlsx(statement.Survey{Demo: directory.District.Demo, Made: workday.Date(p.today()), Title: results.Title,
		Issuer: cmp.Or(directory.District.Bureau, directory.District.Host, directory.District.Name),
		From:   workday.Date(results.From), Until: workday.Date(results.Until), Results: results.Results})
	if err != nil {
		return err
	}
	done := deed{Action: "export_survey", Collection: records.Surveys, Record: results.ID, Detail: map[string]any{"year": results.Year}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName(fmt.Sprintf("平台满意度调查结果_%d年.xlsx", results.Year)), xlsxType, file)
	})
}
