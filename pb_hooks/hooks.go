// Package pb_hooks binds the domain rules to PocketBase: hooks, routes,
// commands and jobs. No rule is written here.
package pb_hooks

import (
	"io/fs"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/altcha"
	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/registry/source"
	"gongkai/pb_hooks/webhook"
)

// Options is what the binary hands in.
type Options struct {
	UI fs.FS // the built single-page apps
	// Now is the clock; nil takes the machine's. Tests own theirs.
	Now func() time.Time
	// Proof is the work that a filing asks of a browser; zero takes the ordinary.
	// Tests ask for less.
	Proof altcha.Work
	// Links asks whether links to elsewhere work; nil reaches public addresses only.
	// Tests have servers of their own.
	Links *probe.Fetcher
	// Registry bounds how sources of the list of schools are read; zeros are the ordinary
	// bounds. Tests wait less and read their own servers.
	Registry source.Limits
	// Push sends what subscribers are told; nil sends as an ordinary client. Tests
	// have servers of their own.
	Push *webhook.Sender
	// Rest is how many times longer than it works the prober rests; zero takes the
	// ordinary. Tests rest less.
	Rest float64
	// Settled is how long a server serves before it makes bulk files that no night has
	// made; zero takes the ordinary. Tests wait less.
	Settled time.Duration
}

// ordinarySettled leaves a start to the visitors.
const ordinarySettled = time.Minute

// Register binds every hook, route and job. It is the table of contents.
func Register(app core.App, o Options) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Proof == (altcha.Work{}) {
		o.Proof = altcha.Ordinary
	}
	if o.Rest == 0 {
		o.Rest = ordinaryRest
	}
	if o.Settled == 0 {
		o.Settled = ordinarySettled
	}
	if o.Links == nil {
		o.Links = &probe.Fetcher{Agent: linksAgent}
	}
	p := &platform{app: app, options: o}
	app.Store().Set(boundPlatform, p)
	bindStaff(app, p)
	bindStandIns(app, p)
	bindActsAs(app, p)
	bindDirectory(app, p)
	bindStandards(app, p)
	bindArticles(app, p)
	bindVersions(app)
	bindArticleCounts(app)
	bindDownloads(app, p)
	bindAttachments(app)
	bindSteps(app, p)
	bindReviewRules(app, p)
	bindFindings(app, p)
	bindWordLists(app, p)
	bindNotices(app, p)
	bindEditLocks(app)
	bindBroadcasts(app, p)
	bindImports(app)
	bindRequests(app, p)
	bindRequestSettings(app, p)
	bindFOIClock(app, p)
	bindInquiries(app, p)
	bindInquiryClock(app, p)
	bindInquiryLevels(app, p)
	bindAnswerTemplates(app)
	bindSurveys(app)
	bindAnnual(app)
	bindSupervision(app, p)
	bindResponsibility(app)
	bindOrders(app, p)
	bindSilences(app)
	bindEndedSchools(app)
	bindProbes(app, p)
	bindOpenFiles(app, p)
	bindScores(app)
	bindRegistry(app, p)
	bindPush(app, p)
	bindAudit(app, p)
	bindLogMasks(app)
	bindKey(app, p)
	bindDoors(app, p)
	bindRefusals(app)
	bindRoutes(app, p)
	bindAccessLog(app, p)
	bindPublic(app, p)
	bindMirror(app, p)
	bindJobs(app, p)
	bindBackups(app)
}

// Commands are the commands that gongkai adds to PocketBase's own.
func Commands(app core.App) []*cobra.Command {
	return []*cobra.Command{schoolsCommand(app), calendarCommand(app), articlesCommand(app), demoCommand(app), importCommand(app), searchCommand(app), exportCommand(app), auditCommand(app), keyCommand(app), doctorCommand(app), registryCommand(app), healthCommand()}
}

// ConnectDB opens a database the way PocketBase does, except that what was
// acknowledged in the data database is on disk: a killed server or a power cut
// loses nothing it answered for. A connection keeps 2 MB of pages: the driver's
// allocator gives each page twice its size, and what is read at random is seldom read
// again.
func ConnectDB(path string) (*dbx.DB, error) {
	sync := "FULL"
	if strings.HasSuffix(path, "auxiliary.db") {
		sync = "NORMAL" // the request log
	}
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous("+sync+")&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-2000)")
}
