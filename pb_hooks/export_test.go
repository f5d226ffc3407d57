package pb_hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/mirror"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/throttle"
	"gongkai/pb_hooks/workday"
)

// SealedField is a row of the table of sealed fields.
type SealedField = sealedField

// SealFields puts rows into the table until the test ends.
func SealFields(t testing.TB, fields ...SealedField) {
	before := sealedFields
	sealedFields = append(before[:len(before):len(before)], fields...)
	t.Cleanup(func() { sealedFields = before })
}

// Sealer is what other code of this package seals and opens with.
type Sealer struct{ p *platform }

// NewSealer takes the keys as a server or as a command does.
func NewSealer(app core.App, isServer bool) (Sealer, error) {
	p := &platform{app: app, options: Options{Now: time.Now}}
	if err := p.openKeys(); err != nil {
		return Sealer{p}, err
	}
	return Sealer{p}, p.useKey(atTerminal, isServer)
}

func (s Sealer) Seal(r *core.Record, field, plain string) error {
	return s.p.seal(r, field, plain)
}
func (s Sealer) Unseal(r *core.Record, field string) (string, error) { return s.p.unseal(r, field) }
func (s Sealer) Equals(collection, field, value string) (dbx.Expression, error) {
	return s.p.sealedEquals(collection, field, value)
}
func (s Sealer) Upload(r *core.Record, field string, content io.Reader) error {
	return s.p.sealUpload(r, field, content)
}
func (s Sealer) Download(ctx context.Context, w io.Writer, r *core.Record, field, name string) error {
	return s.p.openUpload(ctx, w, r, field, name)
}

// Rotate is the work of gongkai key rotate, without its ends.
func (s Sealer) Rotate(ctx context.Context, told func(done int)) (done int, failed []error, err error) {
	r := &rotation{app: s.p.app, ring: s.p.keyring(), told: told}
	err = r.all(ctx)
	return r.done, r.failed, err
}

// BindTrial puts routes behind the doors, as those of filings are: one files what
// its query says, one looks up the number 1, whose code is "right".
func BindTrial(app core.App) {
	p := bound(app)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		se.Router.POST("/api/app/trial", func(e *core.RequestEvent) error {
			if err := p.paceFilings(e); err != nil {
				return err
			}
			asked := e.Request.URL.Query()
			ticket, err := p.checkProof(asked.Get("proof"), asked.Get("key"))
			if err != nil {
				return err
			}
			if asked.Get("subject") == "" {
				return refused("subject", "required", "请填写")
			}
			if err := p.paceContact(e, asked.Get("contact")); err != nil {
				return err
			}
			if err := p.spend(ticket); err != nil {
				return err
			}
			return e.NoContent(http.StatusNoContent)
		})
		se.Router.GET("/api/app/trial/{number}/{code}", func(e *core.RequestEvent) error {
			right, err := p.tryCode(e, e.Request.PathValue("number"))
			if err != nil {
				return err
			}
			if e.Request.PathValue("number") != "1" || e.Request.PathValue("code") != "right" {
				return e.NotFoundError("", nil)
			}
			right()
			return e.NoContent(http.StatusNoContent)
		})
		return se.Next()
	})
}

// KeyProblem is how a request is answered that failed for the data key.
var KeyProblem = keyProblem

// StoreCase stores a request of a school with the steps it went through, as the
// procedure does, and returns its id.
func StoreCase(app core.App, school, number string, class foi.ApplicantClass, events []foi.Event) (string, error) {
	p := bound(app)
	collection, err := app.FindCachedCollectionByNameOrId(records.FOIRequests)
	if err != nil {
		return "", err
	}
	c := foiCase{request: core.NewRecord(collection)}
	c.request.Load(map[string]any{"school": school, "number": number, "class": string(class), "channel": string(events[0].Channel), "subject": "供餐招标",
		"state": "draft", "clock": "not_started"})
	if err := app.Save(c.request); err != nil {
		return "", err
	}
	counting, err := p.foiCounting(app)
	if err != nil {
		return "", err
	}
	for i, e := range events {
		if _, err := p.storeStep(app, c, foiAct{Event: e}); err != nil {
			return "", err
		}
		c.events = events[:i+1]
		if c.Case, err = foi.Replay(c.events, counting.calendar, counting.termsOf(c)); err != nil {
			return "", err
		}
		settleRequest(c, foiAct{Event: e})
	}
	return c.request.Id, app.Save(c.request)
}

// Counted are the cases and disputes of all schools until a day: as statistics
// read them, and as their steps tell.
func Counted(app core.App, until workday.Date) (read, replayed []foi.AnnualCase, readDisputes, replayedDisputes []foi.Dispute, err error) {
	p := bound(app)
	of, err := p.countedCases(app, "", until)
	if err != nil {
		return
	}
	for _, s := range of {
		read, readDisputes = append(read, s.annual()...), append(readDisputes, s.disputes...)
	}
	counting, err := p.foiCounting(app)
	if err != nil {
		return
	}
	requests, err := app.FindAllRecords(records.FOIRequests)
	if err != nil {
		return
	}
	cases, err := foiCasesOf(app, counting, requests...)
	for _, c := range cases {
		if !c.IsCounted() {
			continue
		}
		outcome := c.Outcome()
		if c.Closed() <= until {
			outcome = c.OutcomeBy(until)
		}
		if c.Received <= until {
			replayed = append(replayed, foi.AnnualCase{ID: c.request.Id, ReceivedOn: c.Received, ClosedOn: c.Closed(), Outcome: outcome,
				Class: foi.ApplicantClass(c.request.GetString("class"))})
		}
		for i, x := range c.Complaints {
			replayedDisputes = append(replayedDisputes, foi.Dispute{ID: disputeID(c.request.Id, i+1), Remedy: x.Kind, AcceptedOn: x.On, ConcludedOn: x.Decided, Result: x.Result})
		}
	}
	return
}

// ForgetPaces lets everybody file again at once.
func ForgetPaces(app core.App) {
	d := &bound(app).doors
	d.challenges, d.filings, d.contacts, d.sayings = throttle.Pacer{}, throttle.Pacer{}, throttle.Pacer{}, throttle.Pacer{}
}

// RemoveOrphans is what a start does with papers that no application has.
func RemoveOrphans(app core.App) (int, error) { return bound(app).removeOrphans() }

// FileByRecords files what a visitor wrote the slow way: each record is checked
// and saved by PocketBase, with every hook.
func FileByRecords(app core.App, school string, form map[string]any, proof []byte, proofs, mandates int) error {
	p := bound(app)
	d, err := p.directory()
	if err != nil {
		return err
	}
	var body struct {
		applicationBody
		Resend string `json:"resend"`
	}
	raw, err := json.Marshal(form)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		return err
	}
	f := filing{application: body.application(), resend: body.Resend, arrival: foi.Arrival{Channel: foi.Online}, by: actor{Name: foi.Applicant.Name(), Via: viaPublic},
		uploads: uploads{Record: core.GenerateDefaultRandomId(), files: map[string][]sealedUpload{}}}
	f.school, _ = d.ByID(school)
	for field, n := range map[string]int{"proofs": proofs, "mandates": mandates} {
		for range n {
			u := sealedUpload{name: "证件.png", stored: sealedName(), size: int64(len(proof)), head: proof}
			at, err := sealedFieldOf(records.FOIApplications, field)
			if err != nil {
				return err
			}
			var sealed bytes.Buffer
			if err := p.keyring().SealFile(&sealed, bytes.NewReader(proof), at.filePlace(f.uploads.Record, u.stored)); err != nil {
				return err
			}
			u.sealed = sealed.Bytes()
			f.uploads.files[field] = append(f.uploads.files[field], u)
		}
	}
	if err := p.checkFiling(&f); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		_, err := p.file(tx, f)
		return err
	})
}

// DraftArticle makes a draft in a transaction of its own.
func DraftArticle(app core.App, by *core.Record, school, column, title string, facts map[string]string, body string, writers []string) (article *core.Record, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		article, err = bound(app).draftArticle(tx, by, school, column, title, facts, body, writers)
		return err
	})
	return article, err
}

// CountOne adds one to a sum of an article.
var CountOne = countOne

// AnnualReports are the days on which schools published their annual report.
func AnnualReports(app core.App, year int) (map[string]workday.Date, error) {
	return bound(app).annualReports(app, year)
}

// FreshMirror fills an empty folder with a mirror and ends.
func FreshMirror(app core.App, dir string) error {
	k := bound(app).newMirror(dir)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var failed error
	k.Tell = func(s mirror.Status) {
		if s.Failing != "" {
			failed = errors.New(s.Failing)
		}
		if s.Failing != "" || s.Filled && s.Waiting == 0 {
			cancel()
		}
	}
	k.Keep(ctx)
	return failed
}

// RunExport is `gongkai export` with these arguments, in an app of its own as the
// command is a process of its own; it returns what it says. Its progress goes to watch.
func RunExport(served core.App, watch io.Writer, args ...string) (said string, err error) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: served.DataDir(), DBConnect: ConnectDB})
	app.Store().Set(boundPlatform, &platform{app: app, options: bound(served).options})
	if err := app.Bootstrap(); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, app.ResetBootstrapState()) }()
	var out bytes.Buffer
	c := exportCommand(app)
	c.SetArgs(args)
	c.SetOut(&out)
	c.SetErr(watch)
	err = c.Execute()
	return out.String(), err
}

// GiveSigns says every so often that the run of a command is alive, until ctx ends.
func GiveSigns(ctx context.Context, app core.App, run string, every time.Duration) {
	bound(app).registrar.giveSigns(ctx, run, every)
}
