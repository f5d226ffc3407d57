package pb_hooks

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// CallDesk is a call for opinions with what was given to it, to those of the school
// who work on it.
type CallDesk struct {
	Title    string        `json:"title"`
	Question string        `json:"question"`
	From     string        `json:"from"`
	Until    string        `json:"until"`
	State    string        `json:"state"` // early, open, ended
	Result   string        `json:"result"`
	ResultBy string        `json:"result_by"`
	Given    int           `json:"given"`
	Chosen   []CallChosen  `json:"chosen"`
	Opinions []CallOpinion `json:"opinions"` // of this page, newest first
	Page     int           `json:"page"`
	Pages    int           `json:"pages"`
}

// CallChosen is an option and how many chose it; of those who gave an opinion it is
// so many percent.
type CallChosen struct {
	Option  string `json:"option"`
	Count   int    `json:"count"`
	Percent int    `json:"percent"`
}

// CallOpinion is one opinion. Who gave it is not known.
type CallOpinion struct {
	ID     string `json:"id"`
	At     string `json:"at"` // 2026-11-23 10:00, in the district's time
	Choice string `json:"choice"`
	Text   string `json:"text"`
}

// opinionsPerPage is how many are read at once.
const opinionsPerPage = 50

// readersOfOpinions are the duties that read what was given to a call of their
// school. What it led to is in the result, which everybody reads.
var readersOfOpinions = []string{string(publication.Editor), string(publication.Principal), string(publication.Clerk)}

// mayReadOpinions reports whether a person reads what was given to an article of
// the column.
func mayReadOpinions(person, article *core.Record) bool {
	return article.GetString("column") == callColumn && article.GetString("published") != "" && person.GetString("school") == article.GetString("school") &&
		slices.ContainsFunc(person.GetStringSlice("acts_as"), func(duty string) bool { return slices.Contains(readersOfOpinions, duty) })
}

// callToRead is a call that the person may read, with the article that it is.
func (p *platform) callToRead(e *core.RequestEvent) (*core.Record, CallDesk, error) {
	article, err := e.App.FindRecordById(records.Articles, e.Request.PathValue("id"))
	if err != nil || !mayReadOpinions(e.Auth, article) {
		if _, err := visible(e, records.Articles, e.Request.PathValue("id")); err != nil { // the clerk sees no articles, and reads these
			return nil, CallDesk{}, err
		}
		return nil, CallDesk{}, e.ForbiddenError("征集到的意见由本校的信息编辑员、信息公开专管员和校长查看。", nil)
	}
	version, err := e.App.FindRecordById(records.Versions, article.GetString("published"))
	if err != nil {
		return nil, CallDesk{}, err
	}
	facts, err := factsOf(version)
	if err != nil {
		return nil, CallDesk{}, err
	}
	call, asks := callIn(article.GetString("column"), facts)
	if !asks {
		return nil, CallDesk{}, e.NotFoundError("这条信息没有在网页上征集意见。", nil)
	}
	desk, err := p.callDeskOf(e.App, article, call, inquiry.ResultOf(facts))
	return article, desk, err
}

func (p *platform) callDeskOf(app core.App, article *core.Record, call inquiry.CallForOpinions, result string) (CallDesk, error) {
	desk := CallDesk{Title: article.GetString("title"), Question: call.Question, From: string(call.From), Until: string(call.Until),
		State: callState(call, publication.State(article.GetString("state")), p.today()), Result: result, ResultBy: string(call.ResultBy()),
		Chosen: []CallChosen{}, Opinions: []CallOpinion{}}
	tally, err := tallyOf(app, article.Id, call)
	if err != nil {
		return desk, err
	}
	desk.Given, desk.Pages = tally.Given, (tally.Given+opinionsPerPage-1)/opinionsPerPage
	for i, option := range call.Options {
		desk.Chosen = append(desk.Chosen, CallChosen{option, tally.Chosen[i], percentOf(tally.Chosen[i], tally.Given)})
	}
	return desk, nil
}

// readOpinions shows a page of what was given. Each reading is entered before it.
func (p *platform) readOpinions(e *core.RequestEvent) error {
	article, desk, err := p.callToRead(e)
	if err != nil {
		return err
	}
	desk.Page = 1
	if raw := e.Request.URL.Query().Get("page"); raw != "" {
		if desk.Page, err = strconv.Atoi(raw); err != nil || desk.Page < 1 || desk.Page > max(desk.Pages, 1) {
			return refused("page", "page_unknown", "没有这一页")
		}
	}
	if desk.Opinions, err = p.opinionsOf(e.App, article.Id, opinionsPerPage, (desk.Page-1)*opinionsPerPage); err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	done := deed{Action: "read_opinions", Collection: records.OpinionsGiven, Record: article.Id, Detail: map[string]any{"page": desk.Page, "count": len(desk.Opinions)}}
	return p.enterBefore(e, actorOf(e), done, func() error { return e.JSON(http.StatusOK, desk) })
}

// opinionsOf are opinions, newest first; a limit of -1 is all of them.
func (p *platform) opinionsOf(app core.App, article string, limit, offset int) ([]CallOpinion, error) {
	var rows []*core.Record
	err := app.RecordQuery(records.OpinionsGiven).AndWhere(dbx.HashExp{"article": article}).OrderBy("at DESC", "id DESC").Limit(int64(limit)).Offset(int64(offset)).All(&rows)
	if err != nil {
		return nil, err
	}
	list := []CallOpinion{}
	for _, r := range rows {
		text, err := p.unseal(r, "text")
		if err != nil {
			return nil, err
		}
		list = append(list, CallOpinion{ID: r.Id, At: r.GetDateTime("at").Time().In(shanghai).Format("2006-01-02 15:04"), Choice: r.GetString("choice"), Text: text})
	}
	return list, nil
}

// exportOpinions gives out everything that was given to a call as a workbook. The
// export is entered before it is sent.
func (p *platform) exportOpinions(e *core.RequestEvent) error {
	article, desk, err := p.callToRead(e)
	if err != nil {
		return err
	}
	if desk.Opinions, err = p.opinionsOf(e.App, article.Id, -1, 0); err != nil {
		return keyProblem(err)
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	school, _ := directory.ByID(article.GetString("school"))
	file, err := desk.list(directory.District.Demo, school.Name, p.today()).Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_opinions", Collection: records.OpinionsGiven, Record: article.Id, Detail: map[string]any{"count": len(desk.Opinions)}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("征集到的意见_"+clip(desk.Title, 60)+".xlsx"), xlsxType, file)
	})
}

// list is the call as a table, in the order in which opinions came.
func (c CallDesk) list(demo bool, issuer, today string) statement.List {
	l := statement.List{Demo: demo, Issuer: issuer, Title: "征集到的意见：" + c.Question, Made: workday.Date(today),
		About:   "征集时间：" + c.From + " 至 " + c.Until,
		Columns: []statement.ListColumn{{Name: "序号", Width: 700}, {Name: "提交时间", Width: 1900}, {Name: "选择", Width: 2400}, {Name: "意见", Width: 5000}},
		Figures: []statement.ListFigure{{Name: "收到的意见（份）", Count: c.Given}}}
	for i, o := range slices.Backward(c.Opinions) {
		l.Rows = append(l.Rows, []string{strconv.Itoa(len(c.Opinions) - i), o.At, o.Choice, o.Text})
	}
	for _, chosen := range c.Chosen {
		l.Figures = append(l.Figures, statement.ListFigure{Name: "选择“" + chosen.Option + "”", Count: chosen.Count})
	}
	return l
}
