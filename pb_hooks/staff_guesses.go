package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
)

// Sign-in is locked for a while after some failures (GB/T 22239-2019 身份鉴别).
const (
	maxFailedSignIns = 5
	lockedFor        = 15 * time.Minute
)

// guess is one attempt to sign in, with a password or a code. It is counted
// before it is looked at, so that many attempts at once are no more than the
// same number one after the other. The counters are written past the hooks:
// they are no change of the account.
type guess struct {
	person string
	locked string // until when this attempt locked the account
}

// countGuess counts an attempt, or refuses it where the account is locked. For
// names without an account see strangers.
func (p *platform) countGuess(app core.App, person string) (guess, error) {
	now := p.options.Now().UTC()
	until := now.Add(lockedFor).Format(records.InstantLayout)
	g := guess{person: person}
	err := app.DB().NewQuery(`UPDATE staff SET
		locked_until = CASE WHEN failed_sign_ins + 1 >= {:most} THEN {:until} ELSE '' END,
		failed_sign_ins = CASE WHEN failed_sign_ins + 1 >= {:most} THEN 0 ELSE failed_sign_ins + 1 END
		WHERE id = {:id} AND locked_until <= {:now} RETURNING locked_until`).
		Bind(dbx.Params{"id": person, "most": maxFailedSignIns, "until": until, "now": now.Format(records.InstantLayout)}).Row(&g.locked)
	if errors.Is(err, sql.ErrNoRows) {
		return g, p.lockedOut(app, person)
	}
	return g, err
}

// lockedOut says how long the account stays locked.
func (p *platform) lockedOut(app core.App, person string) error {
	r, err := app.FindRecordById(records.Staff, person)
	if err != nil {
		return err
	}
	return refusal(r.GetDateTime("locked_until").Time().Sub(p.options.Now()))
}

func refusal(left time.Duration) error {
	return router.NewApiError(http.StatusTooManyRequests, fmt.Sprintf("密码或验证码输错次数过多，账号已锁定，请 %d 分钟后再试或联系管理员。", int(left.Minutes())+1), nil)
}

// takeBack is for an attempt that was right but opened nothing yet, because a
// second factor is asked for. Earlier failures stay counted: otherwise whoever
// knows the password could guess at the code for ever.
func (g guess) takeBack(app core.App) error {
	_, err := app.DB().NewQuery(`UPDATE staff SET
		failed_sign_ins = CASE WHEN {:locked} != '' THEN {:most} - 1 ELSE MAX(failed_sign_ins - 1, 0) END, locked_until = ''
		WHERE id = {:id} AND locked_until = {:locked}`).
		Bind(dbx.Params{"id": g.person, "locked": g.locked, "most": maxFailedSignIns}).Execute()
	return err
}

// forgetGuesses is for a person who is in.
func forgetGuesses(app core.App, person string) error {
	_, err := app.DB().NewQuery("UPDATE staff SET failed_sign_ins = 0, locked_until = '' WHERE id = {:id} AND (failed_sign_ins > 0 OR locked_until != '')").
		Bind(dbx.Params{"id": person}).Execute()
	return err
}

// strangers counts attempts at names that have no account. They lock as accounts
// do: otherwise the lock itself would tell which names exist. It is forgotten
// with the process, and when somebody tries very many names.
type strangers struct {
	mu    sync.Mutex
	names map[string]stranger
}

type stranger struct {
	tried int
	until time.Time
}

const mostStrangers = 10_000

func (s *strangers) count(name string, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.names == nil || len(s.names) >= mostStrangers {
		s.names = map[string]stranger{}
	}
	one := s.names[name]
	if now.Before(one.until) {
		return refusal(one.until.Sub(now))
	}
	if one.tried++; one.tried >= maxFailedSignIns {
		one = stranger{until: now.Add(lockedFor)}
	}
	s.names[name] = one
	return nil
}
