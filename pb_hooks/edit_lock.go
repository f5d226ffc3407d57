package pb_hooks

import (
	"net/http"
	"sync"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// lockLife is how long a lock holds without a sign of life. The workbench gives
// one every 30 seconds.
const lockLife = 90 * time.Second

// EditLock says who is writing on a version. It keeps two colleagues from
// writing at the same time without knowing; what is never lost even so is
// keepVersionDerived's, which refuses to save over what somebody else saved.
type EditLock struct {
	Mine  bool   `json:"mine"`
	Name  string `json:"name"`
	Since string `json:"since"` // RFC 3339
}

// editLocks lives in memory: after a restart everybody who still writes has
// their lock again within 30 seconds.
type editLocks struct {
	mu   sync.Mutex
	held map[string]heldLock // by version
}

type heldLock struct {
	person, name string
	since, seen  time.Time
}

// locksOf is the one table of locks of a running server.
func locksOf(app core.App) *editLocks {
	return app.Store().GetOrSet("edit_locks", func() any { return &editLocks{held: map[string]heldLock{}} }).(*editLocks)
}

// hold gives the lock to a person if nobody else has it, or if they take it
// over; it answers with who has it then.
func (l *editLocks) hold(version string, person heldLock, now time.Time, takeOver bool) heldLock {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, lock := range l.held {
		if now.Sub(lock.seen) >= lockLife {
			delete(l.held, id)
		}
	}
	lock, taken := l.held[version]
	switch {
	case taken && lock.person != person.person && !takeOver:
		return lock
	case taken && lock.person == person.person:
		lock.seen = now
	default:
		lock = person
		lock.since, lock.seen = now, now
	}
	l.held[version] = lock
	return lock
}

// release ends a lock: its holder's, or ("") whoever's.
func (l *editLocks) release(version, person string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if person == "" || l.held[version].person == person {
		delete(l.held, version)
	}
}

// bindEditLocks: what is submitted or discarded is written on by nobody.
func bindEditLocks(app core.App) {
	app.OnRecordAfterCreateSuccess(records.Steps).BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("action") == string(publication.Submit) {
			locksOf(e.App).release(e.Record.GetString("version"), "")
		}
		return e.Next()
	})
	app.OnRecordAfterDeleteSuccess(records.Versions).BindFunc(func(e *core.RecordEvent) error {
		locksOf(e.App).release(e.Record.Id, "")
		return e.Next()
	})
}

// editable loads a version that the person may write on now.
func (p *platform) editable(e *core.RequestEvent) (*core.Record, error) {
	version, err := visible(e, records.Versions, e.Request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	article, err := e.App.FindRecordById(records.Articles, version.GetString("article"))
	if err != nil {
		return nil, err
	}
	return version, p.refuseReaders(e, article)
}

// lockVersion takes the lock, keeps it, or tells who has it.
func (p *platform) lockVersion(e *core.RequestEvent) error {
	version, err := p.editable(e)
	if err != nil {
		return err
	}
	var body struct {
		TakeOver bool `json:"take_over"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if version.GetBool("frozen") {
		return e.BadRequestError("这个版本已经提交，不能再编辑。", validation.Errors{
			"id": validation.NewError("version_is_frozen", "送审或公开过的版本不能更改，请新建修改稿")})
	}
	me := heldLock{person: e.Auth.Id, name: e.Auth.GetString("name")}
	lock := locksOf(e.App).hold(version.Id, me, p.options.Now(), body.TakeOver)
	return e.JSON(http.StatusOK, EditLock{Mine: lock.person == e.Auth.Id, Name: lock.name, Since: lock.since.UTC().Format(time.RFC3339)})
}

// unlockVersion gives one's own lock back; another's stays.
func (p *platform) unlockVersion(e *core.RequestEvent) error {
	version, err := p.editable(e)
	if err != nil {
		return err
	}
	locksOf(e.App).release(version.Id, e.Auth.Id)
	return e.NoContent(http.StatusNoContent)
}
