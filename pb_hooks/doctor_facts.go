package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// facts is what doctor sees of an installation. Gathering it judges nothing.
type facts struct {
	now      time.Time
	folder   folderFacts
	disk     diskFacts
	calendar calendarFacts
	key      keyFacts
	dataKey  dataKeyFacts
	database databaseFacts
	index    indexFacts
	backups  backupFacts
	mail     mailFacts
	door     doorFacts
	logDays  int
	audit    auditFacts
	requests requestFacts
	mirror   mirrorFacts
	registry registryFacts
	push     pushFacts
	district districtFacts
}

func gather(ctx context.Context, app core.App, now time.Time) facts {
	if ctx == nil {
		ctx = context.Background()
	}
	f := facts{now: now, logDays: app.Settings().Logs.MaxDays}
	f.folder = gatherFolder(app.DataDir())
	f.disk = gatherDisk(app.DataDir())
	f.key = gatherKey(app)
	f.dataKey = gatherDataKey(ctx, app)
	f.database = gatherDatabase(ctx, app)
	f.index = gatherIndex(ctx, app)
	f.backups = gatherBackups(ctx, app)
	f.mail = gatherMail(ctx, app.Settings().SMTP, app.Settings().Meta.SenderAddress)
	f.door = gatherDoor(app)
	f.audit = gatherAudit(app)
	f.requests = gatherRequests(app, now)
	f.mirror = gatherMirror(app)
	f.registry = gatherRegistry(app, now)
	f.push = gatherPush(app, now)
	f.district = gatherDistrict(app)
	f.calendar = gatherCalendar(app, now)
	return f
}

// gatherCalendar asks for the imported years only where there can be any: doctor
// also looks at a database that has not been migrated yet.
func gatherCalendar(app core.App, now time.Time) calendarFacts {
	var stored []storedYear
	var err error
	if app.HasTable(records.CalendarYears) {
		stored, err = storedYears(app)
	}
	calendar, built := calendarOf(stored)
	return calendarFacts{workday.Today(now), calendar.Years(), errors.Join(err, built)}
}

func gatherFolder(path string) folderFacts {
	info, err := os.Stat(path)
	if err != nil {
		return folderFacts{path: path, err: err}
	}
	f := folderFacts{path: path, mode: info.Mode()}
	trial, err := os.CreateTemp(path, ".doctor-*")
	if err != nil {
		f.writeErr = err
		return f
	}
	_, f.writeErr = trial.WriteString("gongkai")
	trial.Close()
	if err := os.Remove(trial.Name()); f.writeErr == nil {
		f.writeErr = err
	}
	return f
}

func gatherKey(app core.App) keyFacts {
	s := app.Settings()
	f := keyFacts{env: app.EncryptionEnv(), length: len(os.Getenv(app.EncryptionEnv())),
		secrets: s.SMTP.Password != "" || s.S3.Secret != "" || s.Backups.S3.Secret != ""}
	var stored string
	f.err = app.DB().NewQuery("SELECT value FROM _params WHERE id = 'settings'").Row(&stored)
	f.encrypted = !strings.HasPrefix(strings.TrimSpace(stored), "{")
	return f
}

func gatherDatabase(ctx context.Context, app core.App) (f databaseFacts) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute) // reads the whole file
	defer cancel()
	for _, db := range []dbx.Builder{app.ConcurrentDB(), app.NonconcurrentDB()} {
		var mode int
		if f.err = db.NewQuery("PRAGMA synchronous").Row(&mode); f.err != nil {
			return f
		}
		f.synchronous = append(f.synchronous, mode)
	}
	if f.err = app.DB().NewQuery("PRAGMA journal_mode").Row(&f.journal); f.err != nil {
		return f
	}
	var applied []string
	if f.err = app.DB().NewQuery("SELECT file FROM _migrations").Column(&applied); f.err != nil {
		return f
	}
	for _, migration := range core.AppMigrations.Items() {
		if !slices.Contains(applied, migration.File) {
			f.pending = append(f.pending, migration.File)
		}
	}
	f.err = app.ConcurrentDB().NewQuery("PRAGMA quick_check(1)").WithContext(ctx).Row(&f.quickCheck)
	return f
}

// gatherIndex compares what is published with what the index holds, read-only: a server may be writing the file, and
// opening it as an index would repair it.
func gatherIndex(ctx context.Context, app core.App) (f indexFacts) {
	var public []struct {
		ID      string `db:"id"`
		Version string `db:"published"`
	}
	f.err = app.ConcurrentDB().Select("id", "published").From(records.Articles).Where(dbx.HashExp{"state": "published"}).WithContext(ctx).All(&public)
	if f.err != nil {
		return f
	}
	f.published = len(public)
	path := filepath.Join(app.DataDir(), searchFile)
	if _, err := os.Stat(path); err != nil {
		return f
	}
	f.exists = true
	db, err := dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	if err != nil {
		f.err = err
		return f
	}
	defer db.Close()
	var docs []struct {
		ID      string `db:"id"`
		Version string `db:"version"`
	}
	if f.err = db.NewQuery("SELECT id, version FROM docs").WithContext(ctx).All(&docs); f.err != nil {
		return f
	}
	indexed := make(map[string]string, len(docs))
	for _, d := range docs {
		indexed[d.ID], _, _ = strings.Cut(d.Version, " ") // see indexVersion
	}
	for _, a := range public {
		if indexed[a.ID] != a.Version {
			f.missing++
		}
		delete(indexed, a.ID)
	}
	f.extra = len(indexed)
	return f
}

func gatherBackups(ctx context.Context, app core.App) backupFacts {
	s := app.Settings().Backups
	f := backupFacts{cron: s.Cron, elsewhere: s.S3.Enabled, where: filepath.Join(app.DataDir(), core.LocalBackupsDirName)}
	if s.S3.Enabled {
		f.where = s.S3.Endpoint + "/" + s.S3.Bucket
	}
	var micros int64
	if f.err = app.DB().NewQuery("SELECT coalesce(min(applied), 0) FROM _migrations").Row(&micros); f.err != nil {
		return f
	}
	f.installed = time.UnixMicro(micros)
	files, err := app.NewBackupsFilesystem()
	if err != nil {
		f.err = err
		return f
	}
	defer files.Close()
	files.SetContext(ctx)
	list, err := files.List("")
	if err != nil {
		f.err = err
		return f
	}
	for _, file := range list {
		if !strings.HasSuffix(file.Key, ".zip") {
			continue
		}
		f.count++
		if file.ModTime.After(f.newest) {
			f.newest = file.ModTime
		}
	}
	return f
}

func gatherMail(ctx context.Context, s core.SMTPConfig, sender string) mailFacts {
	f := mailFacts{enabled: s.Enabled, server: net.JoinHostPort(s.Host, fmt.Sprint(s.Port)), sender: sender}
	if !s.Enabled {
		return f
	}
	conn, err := (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, "tcp", f.server)
	if err != nil {
		f.dialErr = err
		return f
	}
	conn.Close()
	return f
}

func gatherDoor(app core.App) doorFacts {
	s := app.Settings()
	f := doorFacts{appURL: s.Meta.AppURL, superuserIPs: s.SuperuserIPs, proxyHeaders: s.TrustedProxy.Headers,
		leftmost: s.TrustedProxy.UseLeftmostIP, rateLimits: s.RateLimits.Enabled}
	n, err := app.CountRecords(core.CollectionNameSuperusers, dbx.Not(dbx.HashExp{"email": core.DefaultInstallerEmail}))
	f.superusers, f.err = int(n), err
	return f
}

func gatherDistrict(app core.App) districtFacts {
	r, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return districtFacts{err: err}
	}
	f := districtFacts{code: r.GetString("code"), name: r.GetString("name"), demo: r.GetBool("demo")}
	for _, field := range []struct{ name, label string }{
		{"host", "主办单位"}, {"operator", "承办单位"}, {"contact", "联系方式"}, {"address", "地址"},
		{"icp_number", "ICP 备案号"}, {"police_number", "公安备案号"}, {"site_id_code", "网站标识码"},
	} {
		if r.GetString(field.name) == "" {
			f.empty = append(f.empty, field.label+" "+field.name)
		}
	}
	return f
}
