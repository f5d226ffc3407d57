package pb_hooks

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// BroadcastProgress is what the schools have made of a broadcast.
type BroadcastProgress struct {
	Counts     BroadcastCounts `json:"counts"`
	Rows       []BroadcastRow  `json:"rows"`
	RemindedOn string          `json:"reminded_on"`
	CanRemind  bool            `json:"can_remind"` // somebody is awaited, and nobody was reminded today
}

// BroadcastCounts counts the schools by what they are at; each is counted once,
// Overdue besides.
type BroadcastCounts struct {
	All       int `json:"all"`
	Published int `json:"published"`
	Reviewing int `json:"reviewing"`
	Drafting  int `json:"drafting"`
	Refused   int `json:"refused"`
	Overdue   int `json:"overdue"`
}

// BroadcastRow is one school. Group is one of published, reviewing, drafting and
// refused (declined, withheld by its secrecy review, or withdrawn).
type BroadcastRow struct {
	School     string `json:"school"` // short name
	SchoolCode string `json:"school_code"`
	Article    string `json:"article"`
	Group      string `json:"group"`
	State      string `json:"state"`
	Stage      string `json:"stage"`
	Since      string `json:"since"`
	Published  string `json:"published_on"`
	Overdue    bool   `json:"overdue"`
	Reason     string `json:"reason"`  // why the school declined
	ReasonBy   string `json:"by_name"` // who of the school wrote it
}

// decline is a school's answer that it does not take a broadcast.
type decline struct {
	School string `json:"school"`
	Reason string `json:"reason"`
	ByName string `json:"by_name"`
	At     string `json:"at"`
}

func declinesOf(b *core.Record) (list []decline, err error) {
	if raw := b.GetString("declines"); raw == "" || raw == "null" {
		return nil, nil
	}
	return list, b.UnmarshalJSONField("declines", &list)
}

func (p *platform) broadcastProgress(e *core.RequestEvent) error {
	b, err := visible(e, records.Broadcasts, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	return p.answerProgress(e, b.Id)
}

func (p *platform) progressOf(app core.App, b *core.Record) (BroadcastProgress, error) {
	progress := BroadcastProgress{Rows: []BroadcastRow{}, RemindedOn: b.GetString("reminded_on")}
	if b.GetString("sent_at") == "" {
		return progress, nil
	}
	articles, err := app.FindAllRecords(records.Articles, dbx.HashExp{"broadcast": b.Id})
	if err != nil {
		return progress, err
	}
	declines, err := declinesOf(b)
	if err != nil {
		return progress, err
	}
	d, err := p.directory()
	if err != nil {
		return progress, err
	}
	for _, id := range b.GetStringSlice("schools") {
		row := BroadcastRow{School: p.shortName(id), Group: "refused"}
		if s, ok := d.ByID(id); ok {
			row.SchoolCode = s.Code
		}
		if i := slices.IndexFunc(declines, func(d decline) bool { return d.School == id }); i >= 0 {
			row.Reason, row.ReasonBy, row.Since = declines[i].Reason, declines[i].ByName, declines[i].At
		}
		if i := slices.IndexFunc(articles, func(a *core.Record) bool { return a.GetString("school") == id }); i >= 0 {
			row.fill(articles[i])
		}
		row.Overdue = (row.Group == "drafting" || row.Group == "reviewing") && b.GetString("due_on") < p.today()
		progress.Rows = append(progress.Rows, row)
		progress.Counts.add(row)
	}
	slices.SortStableFunc(progress.Rows, func(a, b BroadcastRow) int { return strings.Compare(a.SchoolCode, b.SchoolCode) })
	progress.CanRemind = progress.Counts.Drafting+progress.Counts.Reviewing > 0 && progress.RemindedOn != p.today()
	return progress, nil
}

// fill says where a school's article is. That it was public once counts as done
// even when its time is over; what the school took back does not.
func (r *BroadcastRow) fill(article *core.Record) {
	r.Article, r.State, r.Stage = article.Id, article.GetString("state"), article.GetString("stage")
	r.Since = article.GetString("stage_since")
	if at := article.GetDateTime("first_published_at").Time(); !at.IsZero() {
		r.Published = dayOf(at)
	}
	stage := publication.Stage(r.Stage)
	switch state := publication.State(r.State); {
	case state.IsPublic(), state == publication.Concluded:
		r.Group = "published"
	case stage.UnderReview(), stage == publication.Released:
		r.Group = "reviewing"
	case state == publication.Withdrawn, stage == publication.Withheld:
		r.Group = "refused"
	default:
		r.Group = "drafting"
	}
}

func (c *BroadcastCounts) add(r BroadcastRow) {
	c.All++
	switch r.Group {
	case "published":
		c.Published++
	case "reviewing":
		c.Reviewing++
	case "drafting":
		c.Drafting++
	default:
		c.Refused++
	}
	if r.Overdue {
		c.Overdue++
	}
}

// remindBroadcast tells, once a day, those for whom each open school's article
// waits: who is to review it, or who is to write it.
func (p *platform) remindBroadcast(e *core.RequestEvent) error {
	b, err := visible(e, records.Broadcasts, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		b, err := tx.FindRecordById(records.Broadcasts, b.Id)
		if err != nil {
			return err
		}
		if b.GetString("sent_at") == "" {
			return router.NewBadRequestError("还没有下发。", nil)
		}
		if b.GetString("reminded_on") == p.today() {
			return router.NewApiError(http.StatusConflict, "今天已经提醒过，请明天再提醒。", nil)
		}
		progress, err := p.progressOf(tx, b)
		if err != nil {
			return err
		}
		for _, row := range progress.Rows {
			if row.Group == "drafting" || row.Group == "reviewing" {
				if err := p.remind(tx, b, row); err != nil {
					return err
				}
			}
		}
		b.Set("reminded_on", p.today())
		if err := tx.Save(b); err != nil {
			return err
		}
		return p.doneBy(tx, e, "remind", b, nil)
	})
	if err != nil {
		return err
	}
	return p.answerProgress(e, b.Id)
}

func (p *platform) remind(tx core.App, b *core.Record, row BroadcastRow) error {
	article, err := tx.FindRecordById(records.Articles, row.Article)
	if err != nil {
		return err
	}
	a, err := stand(tx, article.Id)
	if err != nil {
		return err
	}
	var people []string
	switch {
	case a.Stage == publication.Released:
		return nil // it waits for its hour, and for nobody
	case a.Stage.UnderReview():
		people, err = p.nextReviewers(tx, article, a)
	default:
		people, err = p.broadcastPeople(tx, article.GetString("school"))
	}
	if err != nil {
		return err
	}
	title := "请尽快办理区级下发（" + b.GetString("due_on") + " 前公开）："
	if row.Overdue {
		title = "区级下发已过期限（" + b.GetString("due_on") + "），请尽快办理："
	}
	return notify(tx, people, notification{Kind: "broadcast", Key: "broadcast/" + b.Id + "/" + article.Id + "/" + p.today(),
		Link: "/articles/" + article.Id, Title: clip(title+b.GetString("title"), 300)})
}

// declineBroadcast: a school does not take a broadcast, and says why. Its draft
// goes, the reason stays with the bureau.
func (p *platform) declineBroadcast(e *core.RequestEvent) error {
	article, err := visible(e, records.Articles, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := p.refuseReaders(e, article); err != nil {
		return err
	}
	reason := strings.TrimSpace(body.Reason)
	if n := len([]rune(reason)); n == 0 || n > 500 {
		return e.BadRequestError("请写明不采用的理由。", validation.Errors{"reason": validation.NewError("decline_reason", "请写明不采用的理由，不超过 500 字")})
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := p.decline(tx, article.Id, e.Auth, reason); err != nil {
			return err
		}
		return p.doneBy(tx, e, "decline", article, nil)
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

func (p *platform) decline(tx core.App, id string, by *core.Record, reason string) error {
	article, err := tx.FindRecordById(records.Articles, id)
	if err != nil {
		return router.NewNotFoundError("", err)
	}
	b, err := tx.FindRecordById(records.Broadcasts, article.GetString("broadcast"))
	if err != nil {
		return router.NewBadRequestError("这不是区级下发的信息。", nil)
	}
	declines, err := declinesOf(b)
	if err != nil {
		return err
	}
	school := article.GetString("school")
	b.Set("declines", append(declines, decline{School: school, Reason: reason, ByName: by.GetString("name"), At: p.options.Now().UTC().Format(time.RFC3339)}))
	if err := tx.Save(b); err != nil {
		return err
	}
	if err := tx.Delete(article); err != nil { // refused once it was submitted: its steps stay
		return err
	}
	return notify(tx, []string{b.GetString("by")}, notification{Kind: "broadcast", Key: "broadcast/" + b.Id + "/decline/" + school,
		Link: "/broadcasts/" + b.Id, Title: clip(p.shortName(school)+"不采用区级下发“"+b.GetString("title")+"”："+reason, 300)})
}
