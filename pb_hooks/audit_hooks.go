package pb_hooks

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// everWritten are the collections whose every write is entered, also that of the
// server and of a command: who may do what, and what was decided.
var everWritten = []string{records.Steps, records.Staff, records.StandIns, records.ReviewRules, core.CollectionNameSuperusers}

// neverWritten are those whose writes are nobody's deed: that somebody read a
// message.
var neverWritten = []string{records.Notices}

// bindAudit enters what staff and superusers do: writes of records in the
// transaction of the write, sign-ins and everything else of the dashboard before
// it happens. Our own routes enter their deeds themselves (doneBy).
func bindAudit(app core.App, p *platform) {
	acting := &p.acting
	asked := func(e *core.RecordRequestEvent) error {
		if e.Auth == nil {
			return e.Next()
		}
		acting.Store(e.Record, actorOf(e.RequestEvent))
		defer acting.Delete(e.Record)
		return e.Next()
	}
	app.OnRecordCreateRequest().BindFunc(asked)
	app.OnRecordUpdateRequest().BindFunc(asked)
	app.OnRecordDeleteRequest().BindFunc(asked)
	app.OnRecordConfirmPasswordResetRequest().BindFunc(func(e *core.RecordConfirmPasswordResetRequestEvent) error {
		acting.Store(e.Record, actorNamed(e.RequestEvent, e.Record))
		defer acting.Delete(e.Record)
		return e.Next()
	})
	app.OnRecordCreateExecute().BindFunc(p.enter("create", acting))
	app.OnRecordUpdateExecute().BindFunc(p.enter("update", acting))
	app.OnRecordDeleteExecute().BindFunc(p.enter("delete", acting))
	bindAuditedSignIns(app, p)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.BindFunc(p.enterDashboard, keepSQL)
		return se.Next()
	})
	app.OnBackupRestore().BindFunc(func(e *core.BackupEvent) error {
		if err := p.writeHead(true); err != nil { // the rows since the backup go with the old database
			return err
		}
		return e.Next()
	})
	bindAuditedSettings(app, p)
	keepAudit(app)
	keepTables(app)
}

// enter enters a write in its transaction. What migrations write into a new
// database before it has an audit is part of the program, nobody's deed.
func (p *platform) enter(action string, acting *sync.Map) func(*core.RecordEvent) error {
	return func(e *core.RecordEvent) error {
		name := e.Record.Collection().Name
		by, known := acting.Load(e.Record)
		if !known && (!slices.Contains(everWritten, name) || !e.App.HasTable(records.AuditLog)) || slices.Contains(neverWritten, name) {
			return e.Next()
		}
		if !known {
			by = p.itself()
		}
		detail := detailOfChange(e.Record)
		return inTx(func(e *core.RecordEvent) error {
			if known && action == "update" {
				if err := refuseStale(e); err != nil {
					return err
				}
			}
			if err := e.Next(); err != nil {
				return err
			}
			switch {
			case action != "update":
				detail = detailOfAll(e.Record)
			case len(detail) == 0 && !known:
				return nil // nothing became of it; of a person's asking that is told too
			case name == records.Versions:
				// a draft saves itself every few seconds
				if lately, err := p.wroteLately(e.App, by.(actor), e.Record.Id); err != nil || lately {
					return err
				}
			}
			return p.audit(e.App, by.(actor), deed{action, name, e.Record.Id, detail})
		})(e)
	}
}

// itself is the program, when nobody asks.
func (p *platform) itself() actor {
	if p.site != nil {
		return actor{Name: "系统", Via: viaServer}
	}
	return atTerminal
}

// bindAuditedSignIns: a sign-in is entered before the token is given, a wrong
// password after it was tried.
func bindAuditedSignIns(app core.App, p *platform) {
	app.OnRecordAuthRequest(records.Staff, core.CollectionNameSuperusers).BindFunc(func(e *core.RecordAuthRequestEvent) error {
		if e.AuthMethod == "" {
			return e.Next() // an open session goes on
		}
		by := actorNamed(e.RequestEvent, e.Record)
		if err := p.audit(e.App, by, deed{"sign_in", e.Collection.Name, e.Record.Id, map[string]any{"method": e.AuthMethod}}); err != nil {
			return err
		}
		return e.Next()
	})
	app.OnRecordAuthWithPasswordRequest(core.CollectionNameSuperusers).BindFunc(func(e *core.RecordAuthWithPasswordRequestEvent) error {
		err := e.Next()
		if e.Record == nil {
			return err
		}
		return p.enterFailure(e.RequestEvent, e.Record, err)
	})
}

// enterFailure enters that somebody did not get in as this person, and hands
// the reason on.
func (p *platform) enterFailure(e *core.RequestEvent, person *core.Record, err error) error {
	if err == nil || errors.Is(err, apis.ErrMFA) {
		return err
	}
	by := actorNamed(e, person)
	return errors.Join(p.audit(p.app, by, deed{"sign_in_failed", person.Collection().Name, person.Id, nil}), err)
}

// unasked are the patterns under PocketBase's router that need no entry here:
// records and sign-ins have hooks of their own; the rest are no deeds.
var unasked = []string{"/api/collections/{collection}/records", "/api/collections/{collection}/auth-", "/api/collections/{collection}/request-",
	"/api/collections/{collection}/confirm-", "/api/files/token", "/api/realtime", "/api/app/"}

// enterDashboard enters whatever else a superuser asks for, before it happens:
// collections, settings, SQL, backups, jobs, and what a later PocketBase adds.
func (p *platform) enterDashboard(e *core.RequestEvent) error {
	who := e.Auth
	method, pattern, _ := strings.Cut(e.Request.Pattern, " ")
	switch {
	case method == http.MethodGet && pattern == "/api/backups/{key}":
		who, _ = e.App.FindAuthRecordByToken(e.Request.URL.Query().Get("token"), core.TokenTypeFile) // without one it is refused
	case method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions:
		return e.Next()
	}
	if pattern == "/api/settings" {
		return e.Next() // which enters what changed
	}
	if who == nil || !who.IsSuperuser() || slices.ContainsFunc(unasked, func(prefix string) bool { return strings.HasPrefix(pattern, prefix) }) {
		return e.Next()
	}
	done := deed{Action: clip(method+" "+strings.TrimPrefix(pattern, "/api/"), 60), Collection: e.Request.PathValue("collection"),
		Record: clip(e.Request.PathValue("id")+e.Request.PathValue("key"), 60), Detail: bodyFor(e, pattern)}
	return p.enterBefore(e, actorNamed(e, who), done, e.Next)
}

// enterBefore enters a deed before it is done, and, if it fails, that it failed.
func (p *platform) enterBefore(e *core.RequestEvent, by actor, done deed, do func() error) error {
	if err := p.audit(e.App, by, done); err != nil {
		return err
	}
	err := do()
	if err != nil || e.Status() >= http.StatusBadRequest {
		done.Action, done.Detail = "failed", map[string]any{"asked": done.Action}
		return errors.Join(err, p.audit(p.app, by, done))
	}
	return nil
}

// bodyFor is what a superuser sent: a query in full, of everything else, which
// may hold passwords, the names of the fields.
func bodyFor(e *core.RequestEvent, pattern string) any {
	if !strings.HasPrefix(e.Request.Header.Get("Content-Type"), "application/json") {
		return nil
	}
	body := map[string]json.RawMessage{}
	if err := e.BindBody(&body); err != nil || len(body) == 0 {
		return nil // the handler says what is wrong with it
	}
	if query, isQuery := body["query"]; isQuery && pattern == "/api/sql" {
		return map[string]json.RawMessage{"query": query}
	}
	return map[string]any{"fields": slices.Sorted(maps.Keys(body))}
}
