package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// ArticleDesk is what a person may do with an article now, and who is asked to
// do what comes next. The workbench draws its buttons from it: whatever it
// offers, the server accepts, and nothing else.
type ArticleDesk struct {
	State     string         `json:"state"`
	Stage     string         `json:"stage"`
	Form      string         `json:"form"` // the reviews asked for: of the pending version, else of the column today
	Pending   string         `json:"pending"`
	Due       string         `json:"due"`
	AtBureau  bool           `json:"at_bureau"`
	School    DeskSchool     `json:"school"`
	Column    string         `json:"column"`
	Publicity int            `json:"publicity_workdays"` // least 公示期 of the column; 0 none
	Actions   []DeskAction   `json:"actions"`
	CanEdit   bool           `json:"can_edit"`
	CanLet    bool           `json:"can_override"` // may let a blocking finding stand, with a reason
	Next      []DeskReviewer `json:"next"`         // who may take the review that is waited for
	Opinions  bool           `json:"opinions"`     // a call (意见征集): may read what was given to it
	Downloads *int           `json:"downloads"`    // of a form, how often it was taken; null in other columns
	ToCheck   bool           `json:"to_check"`     // to an editor: a public question that nobody has checked for a semester (正在核对)
	Counts    ArticleCounts  `json:"counts"`
}

// ArticleCounts is what visitors said of an article.
type ArticleCounts struct {
	Helpful      int `json:"helpful"`
	Unhelpful    int `json:"unhelpful"`
	SameQuestion int `json:"same_question"`
}

// DeskAction is a step that the person may take.
type DeskAction struct {
	Do         string `json:"do"`
	Label      string `json:"label"`
	Duty       string `json:"duty"`
	InsteadOf  string `json:"instead_of"` // name of the colleague they stand in for
	AtBureau   bool   `json:"at_bureau"`
	NeedsText  bool   `json:"needs_reason"`
	IsReview   bool   `json:"is_review"`
	IsSecrecy  bool   `json:"is_secrecy"`
	IsReferred bool   `json:"is_referred"`
}

// DeskReviewer names somebody who may review.
type DeskReviewer struct {
	Name string `json:"name"`
}

// visible loads a record that the person may see; the others are not found.
func visible(e *core.RequestEvent, collection, id string) (*core.Record, error) {
	r, err := e.App.FindRecordById(collection, id)
	if err != nil {
		return nil, e.NotFoundError("", err)
	}
	info, err := e.RequestInfo()
	if err != nil {
		return nil, err
	}
	may, err := e.App.CanAccessRecord(r, info, r.Collection().ViewRule)
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, e.NotFoundError("", nil)
	}
	return r, nil
}

func (p *platform) articleDesk(e *core.RequestEvent) error {
	article, err := visible(e, records.Articles, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	a, err := stand(e.App, article.Id)
	if err != nil {
		return err
	}
	school, column, err := p.placeOf(e.App, article)
	if err != nil {
		return err
	}
	desk := ArticleDesk{State: string(a.State), Stage: string(a.Stage), Form: string(a.Form), Pending: a.Pending, Due: article.GetString("stage_due"),
		AtBureau: article.GetBool("at_bureau"), School: DeskSchool{school.ID, school.Code, school.Name, school.ShortName}, Column: column.Name,
		Publicity: max(column.PublicityWorkdays, 0), Actions: []DeskAction{}, Next: []DeskReviewer{}, Opinions: mayReadOpinions(e.Auth, article)}
	if desk.Downloads, err = downloadsOf(e.App, article.Id, column); err != nil {
		return err
	}
	counts, err := countsOf(e.App, article.Id)
	if err != nil {
		return err
	}
	desk.Counts = ArticleCounts{counts[countHelpful], counts[countUnhelpful], counts[countSameQuestion]}
	if a.Form == "" {
		rule, err := p.ruleFor(e.App, article)
		if err != nil {
			return err
		}
		desk.Form = string(rule.Form)
	}
	if err := p.offerActions(e.App, e.Auth, article, a, &desk); err != nil {
		return err
	}
	desk.ToCheck = desk.CanEdit && column.Kind == standard.QA && a.State == publication.Published && article.GetString("checked_on") < p.checkBefore()
	if err := p.nameReviewers(e.App, article, a, &desk); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, desk)
}

// offerActions asks of each action what taking it would ask.
func (p *platform) offerActions(app core.App, person, article *core.Record, a publication.Article, desk *ArticleDesk) error {
	if ended, err := onlyReads(app, person); err != nil || ended != "" {
		return err
	}
	for _, do := range publication.Actions() {
		signed, ok, err := p.mayTake(app, person, article, a, do)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		reviews := do.IsDecision()
		action := DeskAction{Do: string(do), Label: do.Name(), Duty: signed["duty"].(string), AtBureau: signed["at_bureau"].(bool), IsReview: reviews,
			IsSecrecy:  signed["duty"] == string(publication.SecrecyReviewer),
			IsReferred: a.Stage == publication.Referred,
			NeedsText:  reviews && do != publication.Approve && do != publication.Clear || do == publication.Withdraw || do == publication.TakeDown}
		if id := signed["for"].(string); id != "" {
			if action.InsteadOf, err = nameOf(app, id); err != nil {
				return err
			}
		}
		desk.Actions = append(desk.Actions, action)
		desk.CanLet = desk.CanLet || do == publication.Clear
	}
	var err error
	desk.CanEdit, err = p.mayEdit(app, person, article)
	return err
}

func (p *platform) nameReviewers(app core.App, article *core.Record, a publication.Article, desk *ArticleDesk) error {
	if !a.Stage.UnderReview() {
		return nil
	}
	people, err := p.nextReviewers(app, article, a)
	if err != nil {
		return err
	}
	for _, id := range people {
		name, err := nameOf(app, id)
		if err != nil {
			return err
		}
		desk.Next = append(desk.Next, DeskReviewer{Name: name})
	}
	return nil
}

func nameOf(app core.App, staff string) (string, error) {
	person, err := app.FindRecordById(records.Staff, staff)
	if err != nil {
		return "", err
	}
	return person.GetString("name"), nil
}
