package pb_hooks

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/webhook"
)

// Lanes of what concerns no school. What shares a lane arrives in its order.
const (
	districtLane = "district"
	testLane     = "test"
)

// States of a subscriber and of a delivery.
const (
	pushActive  = "active"
	pushPaused  = "paused" // what happens meanwhile is kept for it
	pushOff     = "off"    // it said that it wants nothing more
	pushDeleted = "deleted"

	deliveryWaiting   = "waiting"
	deliveryDelivered = "delivered"
	deliveryDead      = "dead"
	deliveryDiscarded = "discarded"
)

// envelope is what a subscriber gets.
type envelope struct {
	Type      webhook.Event `json:"type"`
	Timestamp string        `json:"timestamp"` // when it happened
	Sequence  int64         `json:"sequence"`  // grows with every delivery
	Data      any           `json:"data"`
}

// tellSubscribers puts an event into the outbox of everybody who wants it, in the
// caller's transaction. lane is the code of the school that it concerns; the key
// makes it once.
func (p *platform) tellSubscribers(tx core.App, event webhook.Event, lane, key string, data any) error {
	var subscribers []*core.Record
	err := tx.RecordQuery(records.PushSubscribers).AndWhere(dbx.NewExp("url != '' AND state IN ('active', 'paused')")).OrderBy("created", "id").All(&subscribers)
	if err != nil {
		return err
	}
	for _, s := range subscribers {
		if !slices.Contains(s.GetStringSlice("events"), string(event)) {
			continue
		}
		if _, err := p.putDelivery(tx, s.Id, event, lane, key, data); err != nil {
			return fmt.Errorf("tell %s of %s: %w", s.GetString("name"), key, err)
		}
	}
	return nil
}

// putDelivery stores one delivery, or returns "" if it is there already.
func (p *platform) putDelivery(tx core.App, subscriber string, event webhook.Event, lane, key string, data any) (id string, err error) {
	known, err := tx.CountRecords(records.PushDeliveries, dbx.HashExp{"subscriber": subscriber, "key": key})
	if err != nil || known > 0 {
		return "", err
	}
	now := p.options.Now().UTC()
	var last int64
	if err := tx.DB().NewQuery("SELECT coalesce(max(number), 0) FROM push_deliveries").Row(&last); err != nil {
		return "", err
	}
	// the milliseconds since 1970 also grow when what came before was forgotten, or is not in a backup
	number := max(last+1, now.UnixMilli())
	body, err := json.Marshal(envelope{event, now.Format(time.RFC3339), number, data})
	if err != nil {
		return "", err
	}
	id, at := core.GenerateDefaultRandomId(), now.Format(records.InstantLayout)
	_, err = tx.DB().Insert(records.PushDeliveries, dbx.Params{"id": id, "subscriber": subscriber, "number": number, "event": string(event), "key": key, "lane": lane,
		"body": string(body), "state": deliveryWaiting, "next_at": at, "created": at, "updated": at}).Execute()
	return id, err
}

// PushedSchool is a school as subscribers are told of it.
type PushedSchool struct {
	Code       string   `json:"code"`
	RegistryID string   `json:"registry_id"`
	Name       string   `json:"name"`
	Site       string   `json:"site"`  // address of its pages
	State      string   `json:"state"` // open, planned, merged, closed
	Successors []string `json:"successors"`
	EndedOn    string   `json:"ended_on"`
}

// PushedChange is one field of a school that changed.
type PushedChange struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

// tellOfSchool tells what the write of a school did.
func (p *platform) tellOfSchool(e *core.RecordEvent) error {
	stored, err := beforeWrite(e)
	if err != nil {
		return err
	}
	was := registry.School{}
	if stored != nil {
		was = schoolOf(stored)
	}
	if err := e.Next(); err != nil {
		return err
	}
	is := schoolOf(e.Record)
	event := schoolEvent(e.Type, was.Status, is.Status)
	changes := []PushedChange{}
	if e.Type == core.ModelEventTypeUpdate {
		if changes = schoolChanges(was, is); len(changes) == 0 {
			return nil
		}
	}
	school, err := p.pushedSchool(e.App, is)
	if err != nil {
		return err
	}
	data := map[string]any{"school": school}
	if len(changes) > 0 {
		data["changes"] = changes
	}
	// the write itself happens once: whoever repeats it makes another event
	return p.tellSubscribers(e.App, event, is.Code, string(event)+"/"+is.Code+"/"+core.GenerateDefaultRandomId(), data)
}

// beforeWrite is a record as it is stored before a write; nil is a new one. The
// original of the record itself is what was read once, perhaps before other writes.
func beforeWrite(e *core.RecordEvent) (*core.Record, error) {
	if e.Type == core.ModelEventTypeCreate {
		return nil, nil
	}
	return e.App.FindRecordById(e.Record.Collection(), e.Record.Id)
}

// schoolEvent is what a write of a school means.
func schoolEvent(write, was, is string) webhook.Event {
	switch {
	case write == core.ModelEventTypeDelete:
		return webhook.SchoolRemoved
	case write == core.ModelEventTypeCreate:
		return webhook.SchoolOpened
	case was == is:
		return webhook.SchoolChanged
	case is == registry.Merged:
		return webhook.SchoolMerged
	case is == registry.Closed:
		return webhook.SchoolClosed
	case hasEnded(was):
		return webhook.SchoolReopened
	case was == registry.Planned && is == registry.Open:
		return webhook.SchoolOpened
	}
	return webhook.SchoolChanged
}

func schoolChanges(was, is registry.School) (list []PushedChange) {
	for _, field := range registry.FieldNames() {
		if a, b := registry.ShowField(was, field), registry.ShowField(is, field); a != b && field != "successors" { // which stand in the school, as codes
			list = append(list, PushedChange{field, registry.Label(field), a, b})
		}
	}
	if !slices.Equal(was.Campuses, is.Campuses) {
		list = append(list, PushedChange{"campuses", registry.Label("campuses"), campusesInWords(was), campusesInWords(is)})
	}
	return list
}

func campusesInWords(s registry.School) string {
	words := ""
	for i, c := range s.Campuses {
		if i > 0 {
			words += "；"
		}
		words += c.Name + " " + c.Address
		if c.Phone != "" {
			words += " " + c.Phone
		}
	}
	return words
}

func (p *platform) pushedSchool(app core.App, s registry.School) (PushedSchool, error) {
	d, err := p.directory()
	if err != nil {
		return PushedSchool{}, err
	}
	successors := []string{}
	if len(s.Successors) > 0 {
		err = app.DB().Select("code").From(records.Schools).Where(dbx.HashExp{"id": anys(s.Successors)}).OrderBy("code").Column(&successors)
	}
	return toPushed(s, d.District.BaseURL, successors), err
}

// toPushed is a school with the codes of its successors.
func toPushed(s registry.School, base string, successors []string) PushedSchool {
	return PushedSchool{Code: s.Code, RegistryID: s.RegistryID, Name: s.Name, Site: base + "/s/" + s.Code, State: s.Status, Successors: successors, EndedOn: s.EndedOn}
}

// PushedCorrection is a value of the registry that we hold to be wrong.
type PushedCorrection struct {
	ID     string `json:"id"`
	Field  string `json:"field"`
	Label  string `json:"label"`
	Ours   string `json:"ours"`
	Theirs string `json:"theirs"`
	Reason string `json:"reason"`
	Since  string `json:"since"` // instant
}

func pushedCorrection(r *core.Record) PushedCorrection {
	field := r.GetString("field")
	return PushedCorrection{r.Id, field, registry.Label(field), r.GetString("value"), r.GetString("was"), r.GetString("reason"), instantOf(r.GetDateTime("at").Time())}
}

// instantOf is an instant as others read it; "" of none.
func instantOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// tellOfCorrection tells that a local correction came into force.
func (p *platform) tellOfCorrection(e *core.RecordEvent) error {
	stored, err := beforeWrite(e)
	if err != nil {
		return err
	}
	wasActive := stored != nil && stored.GetString("state") == correctionActive
	if err := e.Next(); err != nil || wasActive || e.Record.GetString("state") != correctionActive {
		return err
	}
	r, err := e.App.FindRecordById(records.Schools, e.Record.GetString("school"))
	if err != nil {
		return err
	}
	school, err := p.pushedSchool(e.App, schoolOf(r))
	if err != nil {
		return err
	}
	return p.tellSubscribers(e.App, webhook.CorrectionOffered, school.Code, string(webhook.CorrectionOffered)+"/"+e.Record.Id, map[string]any{"school": school, "correction": pushedCorrection(e.Record)})
}

// PushedRate is the 栏目规范达标率 of a school at the end of a day.
type PushedRate struct {
	Code    string  `json:"code"`
	Met     int     `json:"met"`     // columns
	Counted int     `json:"counted"` // mandatory columns
	Rate    float64 `json:"rate"`    // per cent with one decimal, rounded down
}

func pushedRate(code string, met, counted int) PushedRate {
	r := PushedRate{Code: code, Met: met, Counted: counted}
	if counted > 0 {
		r.Rate = float64(met*1000/counted) / 10
	}
	return r
}

// tellMeasured tells what was measured in a night, with its snapshot.
func tellMeasured(tx core.App, m *measuring) error {
	list := make([]PushedRate, 0, len(m.schools))
	for _, s := range m.schools {
		list = append(list, pushedRate(s.Code, s.counts["columns_met"], s.counts["columns_mandatory"]))
	}
	return m.p.tellSubscribers(tx, webhook.ComplianceMeasured, districtLane, string(webhook.ComplianceMeasured)+"/"+string(m.day), map[string]any{"day": string(m.day), "schools": list})
}
