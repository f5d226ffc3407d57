package pb_hooks

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// Inbox is everything that waits for a person, and everything of theirs that
// waits for others.
type Inbox struct {
	Counts InboxCounts `json:"counts"`
	Items  []InboxItem `json:"items"`
}

// InboxCounts counts the items of each group; findings and surveys are among them.
type InboxCounts struct {
	Todo     int `json:"todo"`
	Today    int `json:"today"`
	Overdue  int `json:"overdue"`
	Waiting  int `json:"waiting"`
	Findings int `json:"findings"`
	Surveys  int `json:"surveys"`
}

// InboxItem is one article, one request (申请) or one survey, and what it waits for.
type InboxItem struct {
	ID          string `json:"id"`    // of the article, the request or the survey
	Kind        string `json:"kind"`  // review, returned, broadcast, finding, check, result, request, inquiry, survey, responsibility, silence, annual, objection, registry, push, school; waiting, released, withheld
	Link        string `json:"link"`  // its page in the workbench
	Group       string `json:"group"` // overdue, today, todo; waiting
	Title       string `json:"title"`
	School      string `json:"school"`
	SchoolCode  string `json:"school_code"`
	Column      string `json:"column"`
	ColumnName  string `json:"column_name"`
	Stage       string `json:"stage"`
	StageName   string `json:"stage_name"` // in words, of a request or a survey
	Since       string `json:"since"`
	Due         string `json:"due"` // a date; "" has none
	AtBureau    bool   `json:"at_bureau"`
	ClaimedBy   string `json:"claimed_by"` // name
	ClaimedByMe bool   `json:"claimed_by_me"`
	CanClaim    bool   `json:"can_claim"` // nobody has it, or who had it had it for too long
	Duty        string `json:"duty"`
	InsteadOf   string `json:"instead_of"` // name of the colleague they stand in for
	Findings    int    `json:"findings"`   // how many of them, for a finding
}

// Groups in the order in which they are worked off.
const (
	groupOverdue = "overdue"
	groupToday   = "today"
	groupTodo    = "todo"
	groupWaiting = "waiting"
)

var inboxGroups = []string{groupOverdue, groupToday, groupTodo, groupWaiting}

func (p *platform) inbox(e *core.RequestEvent) error {
	box, err := p.inboxOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, box)
}

// inboxOf draws the inbox of a person in a number of queries that does not
// depend on how much is in it.
func (p *platform) inboxOf(app core.App, person *core.Record) (Inbox, error) {
	if ended, err := onlyReads(app, person); err != nil || ended != "" { // there is nothing left to do
		return Inbox{Items: []InboxItem{}}, err
	}
	d := inboxDraw{p: p, app: newReadOnce(app), person: person, today: p.today()}
	for _, draw := range []func() error{d.addArticles, d.addFindings, d.addChecks, d.addCalls, d.addRequests, d.addInquiries, d.addOrders, d.addSurveys, d.addResponsibility, d.addSilences, d.addRegistry, d.addSchools, d.addAnnual, d.addScoreObjections, d.addPush, d.nameArticles} {
		if err := draw(); err != nil {
			return Inbox{}, err
		}
	}
	box := Inbox{Items: []InboxItem{}}
	for _, i := range d.items {
		box.Items = append(box.Items, i.InboxItem)
		box.Counts.add(i.InboxItem)
	}
	slices.SortStableFunc(box.Items, inOrder)
	return box, nil
}

func (c *InboxCounts) add(i InboxItem) {
	switch i.Group {
	case groupOverdue:
		c.Overdue++
	case groupToday:
		c.Today++
	case groupTodo:
		c.Todo++
	default:
		c.Waiting++
	}
	switch i.Kind {
	case kindFinding:
		c.Findings++
	case kindSurvey:
		c.Surveys++
	}
}

// All is how much there is to do.
func (c InboxCounts) All() int { return c.Overdue + c.Today + c.Todo }

func inOrder(a, b InboxItem) int {
	const never = "9999"
	return cmp.Or(cmp.Compare(slices.Index(inboxGroups, a.Group), slices.Index(inboxGroups, b.Group)),
		strings.Compare(cmp.Or(a.Due, never), cmp.Or(b.Due, never)), strings.Compare(a.Since, b.Since), strings.Compare(a.ID, b.ID))
}

// inboxDraw is an inbox while it is drawn.
type inboxDraw struct {
	p      *platform
	app    *readOnce
	person *core.Record
	today  string
	items  []drawnItem
}

type drawnItem struct {
	InboxItem
	article *core.Record // nil of a request
}

// daysShown is how long a decision not to publish is shown to its writer.
const daysShown = 30

// articles are those that may concern the person: what is on its way at their
// school, or what was brought to the bureau. Rules of visibility are narrower
// for nobody who gets an item out of them.
func (d *inboxDraw) articles() ([]*core.Record, error) {
	query := d.app.RecordQuery(records.Articles).AndWhere(dbx.NewExp("stage != 'drafting'")) // so that the partial index is used
	acts := d.person.GetStringSlice("acts_as")
	school := d.person.GetString("school")
	serves := func(duties ...publication.Duty) bool {
		return slices.ContainsFunc(duties, func(duty publication.Duty) bool { return slices.Contains(acts, string(duty)) })
	}
	var list []*core.Record
	switch {
	case school == "" && serves(publication.Reviewer, publication.SecrecyReviewer):
		err := query.AndWhere(dbx.NewExp("stage IN ('reviewing', 'second_reviewing', 'secrecy_reviewing', 'referred') AND at_bureau = TRUE")).All(&list)
		return list, err
	case school == "" || !slices.ContainsFunc(acts, servesPublication):
		return nil, nil
	}
	shownFrom := d.p.options.Now().UTC().AddDate(0, 0, -daysShown).Format(records.InstantLayout)
	err := query.AndWhere(dbx.NewExp("stage IN ('returned', 'reviewing', 'second_reviewing', 'secrecy_reviewing', 'referred', 'released', 'withheld')"+
		" AND school = {:school} AND (stage != 'withheld' OR stage_since >= {:from})", dbx.Params{"school": school, "from": shownFrom})).All(&list)
	if err != nil || !serves(publication.Editor) {
		return list, err
	}
	sent, err := d.app.FindRecordsByFilter(records.Articles, "school = {:school} && state = 'draft' && stage = 'drafting' && broadcast != ''", "", 0, 0,
		dbx.Params{"school": school})
	return append(list, sent...), err
}

// standings replays the articles, all with one query.
func (d *inboxDraw) standings(articles []*core.Record) (map[string]publication.Article, error) {
	var steps []*core.Record
	if err := d.app.RecordQuery(records.Steps).AndWhere(dbx.HashExp{"article": anys(idsOf(articles))}).OrderBy("_rowid_").All(&steps); err != nil {
		return nil, err
	}
	events := map[string][]publication.Event{}
	for _, s := range steps {
		event, err := eventOf(s)
		if err != nil {
			return nil, err
		}
		events[s.GetString("article")] = append(events[s.GetString("article")], event)
	}
	stands := map[string]publication.Article{}
	for _, article := range articles {
		a, err := publication.Replay(events[article.Id])
		if err != nil {
			return nil, err
		}
		stands[article.Id] = a
	}
	return stands, nil
}

func idsOf(list []*core.Record) []string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.Id)
	}
	return ids
}

// nameArticles puts the names of schools, columns and people on the articles.
func (d *inboxDraw) nameArticles() error {
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	var holders []string
	for _, i := range d.items {
		if i.article != nil {
			holders = append(holders, i.article.GetString("claimed_by"))
		}
	}
	people, err := d.app.FindRecordsByIds(records.Staff, holders)
	if err != nil {
		return err
	}
	for _, s := range people {
		d.app.remember(records.Staff, s)
	}
	for n := range d.items {
		i := &d.items[n]
		a := i.article
		if a == nil {
			continue
		}
		i.Link = "/articles/" + a.Id
		i.ID, i.Title, i.Stage, i.Column = a.Id, a.GetString("title"), a.GetString("stage"), a.GetString("column")
		i.AtBureau = a.GetBool("at_bureau")
		if school, ok := directory.ByID(a.GetString("school")); ok {
			i.School, i.SchoolCode = school.ShortName, school.Code
		}
		column, _ := directory.Node(i.Column)
		i.ColumnName = column.Name
		if at := slices.IndexFunc(people, func(s *core.Record) bool { return s.Id == a.GetString("claimed_by") }); at >= 0 {
			i.ClaimedBy, i.ClaimedByMe = people[at].GetString("name"), people[at].Id == d.person.Id
		}
		if i.Kind == kindReview {
			if i.CanClaim, err = d.p.mayClaim(d.app, a, d.person.Id); err != nil {
				return err
			}
		}
	}
	return nil
}
