package pb_hooks

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/records"
)

// actor is who did something, and from where.
type actor struct {
	ID      string // staff/…, _superusers/…; the server and a command have none
	Name    string
	Via     string
	Address string
}

// Ways in which something is done.
const (
	viaWorkbench = "workbench"
	viaDashboard = "dashboard"
	viaCommand   = "command"
	viaServer    = "server"
	viaPublic    = "public" // a visitor, who has no account and whose address is not kept
)

// atTerminal is whoever runs a command on the server.
var atTerminal = actor{Name: "命令行", Via: viaCommand}

// actorOf is the person a request comes from.
func actorOf(e *core.RequestEvent) actor { return actorNamed(e, e.Auth) }

func actorNamed(e *core.RequestEvent, person *core.Record) actor {
	a := actor{ID: person.Collection().Name + "/" + person.Id, Name: person.GetString("name"), Via: viaWorkbench, Address: e.RealIP()}
	if person.IsSuperuser() {
		a.Name, a.Via = person.Email(), viaDashboard
	}
	return a
}

// deed is what somebody did to which record.
type deed struct {
	Action     string
	Collection string
	Record     string
	Detail     any // becomes JSON; nil is nothing
}

// auditInstant is how an instant stands in a row.
const auditInstant = "2006-01-02T15:04:05.000Z07:00"

const mostDetail = 8000 // bytes of a row; more than that stands as its fingerprint

// audit appends a deed to the chain. It belongs into the transaction of what
// was done: both are stored, or neither.
func (p *platform) audit(app core.App, by actor, done deed) error {
	return appendDeed(app, p.options.Now(), by, done)
}

func appendDeed(app core.App, now time.Time, by actor, done deed) error {
	e, err := entryOf(now, by, done)
	if err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		last, err := lastEntry(tx)
		if err != nil {
			return err
		}
		_, err = tx.DB().Insert(records.AuditLog, entryRow(e.Follow(last))).Execute()
		return err
	})
}

// entryOf is a deed as it is entered, without its place in the chain.
func entryOf(now time.Time, by actor, done deed) (audit.Entry, error) {
	e := audit.Entry{At: now.UTC().Format(auditInstant), Actor: by.ID, ActorName: clip(by.Name, 100), Via: by.Via, Action: done.Action,
		Collection: done.Collection, Record: done.Record, Address: by.Address}
	if done.Detail == nil {
		return e, nil
	}
	raw, err := json.Marshal(done.Detail)
	if e.Detail = string(raw); len(raw) > mostDetail {
		e.Detail = asJSON(map[string]any{"shortened": true, "chars": len(raw), "sha256": fingerprint(string(raw))})
	}
	return e, err
}

// entryRow is a row of the audit.
func entryRow(e audit.Entry) dbx.Params {
	return dbx.Params{"id": core.GenerateDefaultRandomId(), "number": e.Number, "at": e.At, "actor": e.Actor, "actor_name": e.ActorName, "via": e.Via,
		"action": e.Action, "collection": e.Collection, "record": e.Record, "detail": e.Detail, "address": e.Address, "previous": e.Previous, "hash": e.Hash}
}

// lastEntry has the number and the hash of the last row, or is the zero Entry.
func lastEntry(app core.App) (e audit.Entry, err error) {
	err = app.DB().NewQuery("SELECT number, hash FROM audit_log ORDER BY number DESC LIMIT 1").Row(&e.Number, &e.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return e, nil
	}
	return e, err
}

// wroteLately reports whether a person's saving of this record was entered
// within the hour.
func (p *platform) wroteLately(app core.App, by actor, record string) (bool, error) {
	since := p.options.Now().UTC().Add(-time.Hour).Format(auditInstant)
	n, err := app.CountRecords(records.AuditLog, dbx.HashExp{"record": record, "actor": by.ID, "action": "update"},
		dbx.NewExp("at > {:since}", dbx.Params{"since": since}))
	return n > 0, err
}

// doneBy names a person's deed in the transaction of what they did.
func (p *platform) doneBy(tx core.App, e *core.RequestEvent, action string, record *core.Record, detail map[string]any) error {
	d := deed{Action: action, Collection: record.Collection().Name, Record: record.Id}
	if detail != nil {
		d.Detail = detail
	}
	return p.audit(tx, actorOf(e), d)
}
