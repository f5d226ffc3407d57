package pb_hooks

import (
	"fmt"
	"path/filepath"
	"sync"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/mirror"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/search"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// platform holds what lives as long as the process: the directory, the search
// index and the public site.
type platform struct {
	app       core.App
	options   Options
	site      *site.Site      // nil outside of serve
	public    *records.Public // nil outside of serve
	access    *accessLog      // nil outside of serve, or if the proxy keeps it
	mirror    *mirror.Keeper  // nil outside of serve, or if there is none
	doors     doors
	built     builtCalendar
	filings   filings
	downloads downloads
	counted   countedLetters
	prober    *prober
	bulk      *openFiles
	registrar *registrar
	courier   *courier
	acting    sync.Map // *core.Record → actor, while their request is at work

	foiRound      sync.Mutex // one round of followRequests at a time
	inquiryRound  sync.Mutex // and of followInquiries
	orderRound    sync.Mutex // and of followOrders
	standardRound sync.Mutex // and of followStandards

	snapshotRound sync.Mutex // and of takeSnapshots
	feedRound     sync.Mutex // and of writing the lines of the feed anew

	mu    sync.Mutex
	dir   *records.Directory
	terms foi.Terms // in force on that day
	day   string    // the day that dir was read for
	index *search.Index
	keys  dataKeys // found by openKeys
}

const boundPlatform = "platform"

// bound is the platform that the app's hooks belong to: whoever sets its clock
// sets theirs.
func bound(app core.App) *platform { return app.Store().Get(boundPlatform).(*platform) }

// directory returns the schools and the standard in force, read once a day and
// after each change.
func (p *platform) directory() (*records.Directory, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	day := string(workday.Today(p.options.Now()))
	if p.dir != nil && p.day == day {
		return p.dir, nil
	}
	d, err := records.LoadDirectory(p.app, day)
	if err != nil {
		return nil, err
	}
	terms, err := foiTerms(p.app)
	if err != nil {
		return nil, err
	}
	p.dir, p.terms, p.day = d, foi.TermsFor(terms, workday.Date(day)), day
	return d, nil
}

// termsToday are the periods of 依申请公开 that hold today, read with the directory.
func (p *platform) termsToday() (foi.Terms, error) {
	if _, err := p.directory(); err != nil {
		return foi.Terms{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.terms, nil
}

// refresh forgets the directory and every page drawn from it.
func (p *platform) refresh() {
	p.mu.Lock()
	p.dir = nil
	p.mu.Unlock()
	if p.site != nil {
		p.site.Purge()
	}
}

// searchIndex opens the index beside the database when it is first needed.
func (p *platform) searchIndex() (*search.Index, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.index != nil {
		return p.index, nil
	}
	index, err := search.Open(filepath.Join(p.app.DataDir(), searchFile))
	if err != nil {
		return nil, fmt.Errorf("open the search index: %w", err)
	}
	p.index = index
	return index, nil
}

func (p *platform) closeIndex() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.index == nil {
		return nil
	}
	index := p.index
	p.index = nil
	return index.Close()
}

// searchFile is left out of backups: it is rebuilt from the database.
const searchFile = "search.db"

// bindDirectory keeps codes what they are and the directory fresh.
func bindDirectory(app core.App, p *platform) {
	for _, name := range []string{records.Districts, records.Schools, records.Standards, records.FOITerms, records.InquiryLevels} {
		tell := func(e *core.RecordEvent) error {
			if name != records.Standards || e.Record.GetString("state") != standardDraft { // which nobody sees
				p.refresh()
			}
			return e.Next()
		}
		app.OnRecordAfterCreateSuccess(name).BindFunc(tell)
		app.OnRecordAfterUpdateSuccess(name).BindFunc(tell)
		app.OnRecordAfterDeleteSuccess(name).BindFunc(tell)
	}
	app.OnRecordCreate(records.Schools).BindFunc(fillSchool)
	app.OnRecordUpdate(records.Schools).BindFunc(fillSchool)
	app.OnRecordUpdate(records.Schools).BindFunc(keepCode)
	app.OnSettingsReload().BindFunc(func(e *core.SettingsReloadEvent) error {
		defer p.refresh() // the address of the site is a setting
		return e.Next()
	})
}

// fillSchool derives what a school is looked up by. A short name that somebody
// wrote is kept: people know their school better than a rule does.
func fillSchool(e *core.RecordEvent) error {
	if e.Record.GetString("short_name") == "" {
		d, err := e.App.FindRecordById(records.Districts, records.DistrictID)
		if err != nil {
			return err
		}
		e.Record.Set("short_name", registry.ShortName(e.Record.GetString("name"), d.GetString("name")))
	}
	e.Record.Set("initials", registry.Initials(e.Record.GetString("short_name")))
	if err := fillLetterWord(e.App, e.Record); err != nil {
		return err
	}
	return e.Next()
}

// keepCode refuses to change a code: addresses and index numbers carry it.
func keepCode(e *core.RecordEvent) error {
	if e.Record.GetString("code") != e.Record.Original().GetString("code") {
		return validation.Errors{"code": validation.NewError("code_is_final", "代码一经使用不能更改")}
	}
	return e.Next()
}
