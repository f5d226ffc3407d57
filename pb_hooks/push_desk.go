package pb_hooks

import (
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/webhook"
)

// PushDesk is who is told of what happens to schools, and how that goes.
type PushDesk struct {
	MayManage   bool             `json:"may_manage"`
	Events      []NamedCode      `json:"events"`
	Faults      []NamedCode      `json:"faults"`
	Schools     []NamedCode      `json:"schools"` // of which deliveries are kept
	Subscribers []PushSubscriber `json:"subscribers"`
	Outcomes    []PushOutcome    `json:"outcomes"` // the latest first
}

// PushSubscriber is one of them, without its secrets.
type PushSubscriber struct {
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	URL            string   `json:"url"` // "" only pulls
	Events         []string `json:"events"`
	PlainAllowed   bool     `json:"plain_allowed"`
	PrivateAllowed bool     `json:"private_allowed"`
	State          string   `json:"state"`
	OffReason      string   `json:"off_reason"`
	TokenEnd       string   `json:"token_end"`
	OldTokenUntil  string   `json:"old_token_until"`  // "" if the one before is no longer good
	OldTokenInUse  bool     `json:"old_token_in_use"` // it pulled with it last
	OldKeyUntil    string   `json:"old_key_until"`
	PulledAt       string   `json:"pulled_at"`
	DeliveredAt    string   `json:"delivered_at"`
	SilentSince    string   `json:"silent_since"`
	Waiting        int      `json:"waiting"`
	Dead           int      `json:"dead"`
	HourMade       int      `json:"hour_made"`  // deliveries of the last hour
	HourTried      int      `json:"hour_tried"` // attempts of the last hour
	Made           string   `json:"made"`
}

// PushOutcome is what the registry platform made of a correction.
type PushOutcome struct {
	ID         string `json:"id"`
	At         string `json:"at"`
	Subscriber string `json:"subscriber"`
	School     string `json:"school"`
	Field      string `json:"field"` // in words
	Ours       string `json:"ours"`
	Outcome    string `json:"outcome"`
	Note       string `json:"note"`
}

// mostShownOutcomes are shown of the last answers to corrections.
const mostShownOutcomes = 30

func (p *platform) pushDesk(e *core.RequestEvent) error {
	if err := p.mayPush(e.App, e, readPush); err != nil {
		return err
	}
	desk, err := p.pushDeskFor(e.App, e.Auth)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

func (p *platform) pushDeskFor(app core.App, person *core.Record) (desk PushDesk, err error) {
	desk = PushDesk{Events: []NamedCode{}, Faults: []NamedCode{}, Schools: []NamedCode{}, Subscribers: []PushSubscriber{}}
	for _, event := range webhook.Events() {
		desk.Events = append(desk.Events, NamedCode{string(event), event.Name()})
	}
	for _, f := range webhook.Faults() {
		desk.Faults = append(desk.Faults, NamedCode{string(f), f.Name()})
	}
	err = app.DB().NewQuery("SELECT l.lane AS code, coalesce(nullif(c.short_name, ''), c.name, l.lane) AS name FROM (SELECT DISTINCT lane FROM push_deliveries) l LEFT JOIN schools c ON c.code = l.lane WHERE l.lane NOT IN ('district', 'test') ORDER BY name").
		All(&desk.Schools)
	if err != nil {
		return desk, err
	}
	if desk.MayManage, err = p.servesBureau(app, person, publication.Admin); err != nil {
		return desk, err
	}
	var rows []*core.Record
	if err := app.RecordQuery(records.PushSubscribers).AndWhere(dbx.NewExp("state != 'deleted'")).OrderBy("created", "id").All(&rows); err != nil {
		return desk, err
	}
	for _, r := range rows {
		view, err := p.pushSubscriber(app, r)
		if err != nil {
			return desk, err
		}
		desk.Subscribers = append(desk.Subscribers, view)
	}
	desk.Outcomes, err = p.pushOutcomes(app)
	return desk, err
}

// pushSubscriber draws a subscriber. What is old is told as long as it is good.
func (p *platform) pushSubscriber(app core.App, r *core.Record) (PushSubscriber, error) {
	t := r.GetString
	view := PushSubscriber{ID: r.Id, Name: t("name"), URL: t("url"), Events: r.GetStringSlice("events"), PlainAllowed: r.GetBool("plain_allowed"), PrivateAllowed: r.GetBool("private_allowed"),
		State: t("state"), OffReason: t("off_reason"), TokenEnd: t("token_end"), PulledAt: t("pulled_at"), DeliveredAt: t("delivered_at"), SilentSince: t("silent_since"), Made: t("created")}
	now := p.options.Now()
	if r.GetDateTime("old_token_until").Time().After(now) {
		view.OldTokenUntil = t("old_token_until")
		view.OldTokenInUse = t("old_token_used_at") != "" && t("old_token_used_at") == t("pulled_at")
	}
	if r.GetDateTime("old_key_until").Time().After(now) {
		view.OldKeyUntil = t("old_key_until")
	}
	err := app.DB().NewQuery("SELECT count(CASE state WHEN 'waiting' THEN 1 END), count(CASE state WHEN 'dead' THEN 1 END),"+
		" (SELECT count(*) FROM push_deliveries WHERE subscriber = {:id} AND created > {:hour}),"+
		" (SELECT count(*) FROM push_attempts a JOIN push_deliveries d ON d.id = a.delivery WHERE a.at > {:hour} AND d.subscriber = {:id})"+
		" FROM push_deliveries WHERE subscriber = {:id} AND state IN ('waiting', 'dead')").
		Bind(dbx.Params{"id": r.Id, "hour": now.UTC().Add(-time.Hour).Format(records.InstantLayout)}).Row(&view.Waiting, &view.Dead, &view.HourMade, &view.HourTried)
	return view, err
}

func (p *platform) pushOutcomes(app core.App) ([]PushOutcome, error) {
	var rows []struct {
		PushOutcome
		FieldName string `db:"field_name"`
	}
	err := app.DB().NewQuery("SELECT o.id, o.at, s.name AS subscriber, coalesce(nullif(c.short_name, ''), c.name) AS school, k.field AS field_name, k.value AS ours, o.outcome, o.note FROM push_outcomes o" +
		" JOIN push_subscribers s ON s.id = o.subscriber JOIN school_corrections k ON k.id = o.correction JOIN schools c ON c.id = k.school ORDER BY o.at DESC, o._rowid_ DESC LIMIT {:most}").
		Bind(dbx.Params{"most": mostShownOutcomes}).All(&rows)
	list := []PushOutcome{}
	for _, r := range rows {
		r.Field = registry.Label(r.FieldName)
		list = append(list, r.PushOutcome)
	}
	return list, err
}
