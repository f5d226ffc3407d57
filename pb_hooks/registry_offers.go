package pb_hooks

import (
	"encoding/json"
	"maps"
	"slices"

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

// Bounds of an answer; a district has a handful of corrections.
const (
	mostOffers = 200
	mostTold   = 50 // of one correction
)

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
	offers, err := p.registryOffers(e.App, feedback[:min(len(feedback), mostOffers)])
	if err != nil {
		return err
	}
	return noStore(e, offers)
}

// registryOffers draws corrections, however many, with two queries.
func (p *platform) registryOffers(app core.App, feedback []registry.Feedback) ([]RegistryOffer, error) {
	type place struct{ school, field, value string }
	offers, at, schools := []RegistryOffer{}, map[place]int{}, []any{}
	for i, f := range feedback {
		offers = append(offers, RegistryOffer{School: NamedCode{f.Code, f.Name}, Field: f.Field, Name: registry.Label(f.Field), Ours: fieldWord(f.Field, f.Value), Theirs: fieldWord(f.Field, f.Theirs), At: f.At, Told: []OfferedOnce{}})
		at[place{f.School, f.Field, f.Value}] = i
		schools = append(schools, f.School)
	}
	if len(offers) == 0 {
		return offers, nil
	}
	var corrections []*core.Record
	err := app.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"school": schools, "state": codesOf(correctionNames)}).OrderBy("at", "_rowid_").All(&corrections)
	if err != nil {
		return nil, err
	}
	latest := map[int]string{} // ids of the corrections
	for _, r := range corrections {
		if i, ok := at[place{r.GetString("school"), r.GetString("field"), r.GetString("value")}]; ok {
			latest[i] = r.Id
			offers[i].Reason, offers[i].At, offers[i].StateName = r.GetString("reason"), r.GetString("at"), nameFor(correctionNames, r.GetString("state"))
		}
	}
	told, err := toldOfCorrections(app, slices.Collect(maps.Values(latest)))
	for i, id := range latest {
		offers[i].Told = append(offers[i].Told, told[id]...)
	}
	return offers, err
}

// toldOfCorrections is whom each of the corrections was offered to, and what they said,
// in the order of time.
func toldOfCorrections(app core.App, ids []string) (map[string][]OfferedOnce, error) {
	asked, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		OfferedOnce
		Correction string `db:"correction"`
	}
	// CROSS JOIN: subscribers are few, and the deliveries of each are found by their keys.
	err = app.DB().NewQuery("WITH asked AS (SELECT value AS id FROM json_each({:ids}))" +
		" SELECT a.id AS correction, d.created AS at, s.name AS who, CASE d.state WHEN 'delivered' THEN '已推送' WHEN 'waiting' THEN '等待推送' ELSE '推送没有成功' END AS what" +
		" FROM push_subscribers s CROSS JOIN asked a CROSS JOIN push_deliveries d ON d.subscriber = s.id AND d.key = {:offered} || a.id" +
		" UNION ALL SELECT c.id, s.pulled_at, s.name, '已从接口读取' FROM asked a JOIN school_corrections c ON c.id = a.id JOIN push_subscribers s ON s.pulled_at >= c.at" +
		" UNION ALL SELECT o.correction, o.at, s.name, CASE o.outcome WHEN 'taken' THEN '答复：采用' ELSE '答复：不采用' END || CASE WHEN o.note != '' THEN '（' || o.note || '）' ELSE '' END" +
		" FROM asked a JOIN push_outcomes o ON o.correction = a.id JOIN push_subscribers s ON s.id = o.subscriber ORDER BY at").
		Bind(dbx.Params{"ids": string(asked), "offered": string(webhook.CorrectionOffered) + "/"}).All(&rows)
	told := map[string][]OfferedOnce{}
	for _, r := range rows {
		if len(told[r.Correction]) < mostTold {
			told[r.Correction] = append(told[r.Correction], r.OfferedOnce)
		}
	}
	return told, err
}
