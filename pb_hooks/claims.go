package pb_hooks

import (
	"net/http"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// Claim says who has taken an article in hand. It keeps two people from reading
// the same text at the same time; it gives nobody a right.
type Claim struct {
	ClaimedBy   string `json:"claimed_by"` // name
	ClaimedByMe bool   `json:"claimed_by_me"`
	ClaimedAt   string `json:"claimed_at"`
}

// claimArticle takes an article in hand or gives it back. That a step clears the
// claim is settle's.
func (p *platform) claimArticle(e *core.RequestEvent) error {
	article, err := visible(e, records.Articles, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	var body struct {
		Claim bool `json:"claim"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	var answer Claim
	err = e.App.RunInTransaction(func(tx core.App) error {
		article, err := tx.FindRecordById(records.Articles, article.Id)
		if err != nil {
			return err
		}
		if err := p.claim(tx, e.Auth, article, body.Claim); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "claim", article, map[string]any{"claim": body.Claim}); err != nil {
			return err
		}
		answer = Claim{ClaimedByMe: body.Claim, ClaimedAt: article.GetString("claimed_at")}
		if body.Claim {
			answer.ClaimedBy = e.Auth.GetString("name")
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}

func (p *platform) claim(tx core.App, person, article *core.Record, take bool) error {
	if !take {
		return p.unclaim(tx, person, article)
	}
	a, err := stand(tx, article.Id)
	if err != nil {
		return err
	}
	var desk ArticleDesk
	if err := p.offerActions(tx, person, article, a, &desk); err != nil {
		return err
	}
	if !slices.ContainsFunc(desk.Actions, func(do DeskAction) bool { return do.IsReview }) {
		return router.NewForbiddenError("这条信息现在不由您审核，不用领取。", nil)
	}
	free, err := p.mayClaim(tx, article, person.Id)
	if err != nil {
		return err
	}
	if !free {
		return p.claimedBySomebody(tx, article)
	}
	article.Set("claimed_by", person.Id)
	article.Set("claimed_at", p.options.Now().UTC())
	return tx.Save(article)
}

func (p *platform) unclaim(tx core.App, person, article *core.Record) error {
	switch article.GetString("claimed_by") {
	case "":
		return nil
	case person.Id:
		article.Set("claimed_by", "")
		article.Set("claimed_at", "")
		return tx.Save(article)
	}
	return p.claimedBySomebody(tx, article)
}

// mayClaim reports whether a person may take the article in hand: nobody has it,
// they have it themselves, who had it works here no more, or had it for more
// than a working day.
func (p *platform) mayClaim(app core.App, article *core.Record, person string) (bool, error) {
	holder := article.GetString("claimed_by")
	if holder == "" || holder == person {
		return true, nil
	}
	until, err := p.claimedUntil(app, article)
	if err != nil || !p.options.Now().Before(until) {
		return err == nil, err
	}
	who, err := app.FindRecordById(records.Staff, holder)
	if err != nil {
		return false, err
	}
	return who.GetString("deactivated_at") != "", nil
}

// claimedUntil is the same hour of the next working day.
func (p *platform) claimedUntil(app core.App, article *core.Record) (time.Time, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return time.Time{}, err
	}
	at := article.GetDateTime("claimed_at").Time().In(shanghai)
	next, err := time.ParseInLocation(time.DateOnly, string(calendar.Add(workday.Date(dayOf(at)), 1)), shanghai)
	if err != nil {
		return time.Time{}, err
	}
	return time.Date(next.Year(), next.Month(), next.Day(), at.Hour(), at.Minute(), at.Second(), 0, shanghai), nil
}

func (p *platform) claimedBySomebody(app core.App, article *core.Record) error {
	name, err := nameOf(app, article.GetString("claimed_by"))
	if err != nil {
		return err
	}
	until, err := p.claimedUntil(app, article)
	if err != nil {
		return err
	}
	const minute = "1月2日 15:04"
	since := article.GetDateTime("claimed_at").Time().In(shanghai).Format(minute)
	return router.NewApiError(http.StatusConflict, name+"已于 "+since+" 领取，正在办理。到 "+until.Format(minute)+" 仍未办完的，其他人可以接手。", nil)
}
