package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/webhook"
)

// RegistryOffer is a local correction (本地更正) that a source contradicted when it was
// read, whom it was offered to since, and what became of it.
type RegistryOffer struct {
	School    NamedCode     `json:"school"`
	Field     string        `json:"field"`
	Name      string        `json:"name"`
	Ours      string        `json:"ours"`
	Theirs    string        `json:"theirs"`
	Reason    string        `json:"reason"`
	At        string        `json:"at"` // since when ours holds
	StateName string        `json:"state_name"`
	Told      []OfferedOnce `json:"told"`
}

// OfferedOnce is what one subscriber was told of a correction, or said of it.
type OfferedOnce struct {
	At   string `json:"at" db:"at"`
	Who  string `json:"who" db:"who"`
	What string `json:"what" db:"what"`
}

// mostOffers bounds an answer; a district has a handful of corrections.
const mostOffers = 200

var correctionNames = []NamedCode{{correctionActive, "仍不一致，按本地更正"}, {correctionTaken, "名单已经采用"}, {correctionWithdrawn, "已经撤回，按名单"}}

// listOffers answers with the local corrections that a run found contradicted.
func (p *platform) listOffers(e *core.RequestEvent) error {
	if _, err := p.readsRegistry(e); err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	var feedback []registry.Feedback
	if raw := run.GetString("feedback"); raw != "" && raw != "null" {
		if err := run.UnmarshalJSONField("feedback", &feedback); err != nil {
			return err
		}
	}
	offers := []RegistryOffer{}
	for _, f := range feedback[:min(len(feedback), mostOffers)] {
		offer, err := p.registryOffer(e.App, f)
		if err != nil {
			return err
		}
		offers = append(offers, offer)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, offers)
}

func (p *platform) registryOffer(app core.App, f registry.Feedback) (RegistryOffer, error) {
	offer := RegistryOffer{School: NamedCode{f.Code, f.Name}, Field: f.Field, Name: registry.Label(f.Field), Ours: fieldWord(f.Field, f.Value), Theirs: fieldWord(f.Field, f.Theirs), At: f.At, Told: []OfferedOnce{}}
	var found []*core.Record
	err := app.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"school": f.School, "field": f.Field, "value": f.Value, "state": codesOf(correctionNames)}).OrderBy("at DESC", "_rowid_ DESC").Limit(1).All(&found)
	if err != nil || len(found) == 0 {
		return offer, err
	}
	r := found[0]
	offer.Reason, offer.At, offer.StateName = r.GetString("reason"), r.GetString("at"), nameFor(correctionNames, r.GetString("state"))
	err = app.DB().NewQuery("SELECT d.created AS at, s.name AS who, CASE d.state WHEN 'delivered' THEN '已推送' WHEN 'waiting' THEN '等待推送' ELSE '推送没有成功' END AS what" +
		" FROM push_deliveries d JOIN push_subscribers s ON s.id = d.subscriber WHERE d.key = {:key}" +
		" UNION ALL SELECT s.pulled_at, s.name, '已从接口读取' FROM push_subscribers s WHERE s.pulled_at >= {:at}" +
		" UNION ALL SELECT o.at, s.name, CASE o.outcome WHEN 'taken' THEN '答复：采用' ELSE '答复：不采用' END || CASE WHEN o.note != '' THEN '（' || o.note || '）' ELSE '' END" +
		" FROM push_outcomes o JOIN push_subscribers s ON s.id = o.subscriber WHERE o.correction = {:id} ORDER BY at LIMIT 50").
		Bind(dbx.Params{"key": string(webhook.CorrectionOffered) + "/" + r.Id, "id": r.Id, "at": offer.At}).All(&offer.Told)
	return offer, err
}
