package pb_hooks

import (
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// trackKey is how an applicant shows that a request is theirs. It travels in
// bodies only: an address is kept in histories and logs.
type trackKey struct {
	Number string `json:"number"` // 受理编号, the way people type it
	Code   string `json:"code"`   // 查询码
}

func (k trackKey) key() trackKey { return k }

// followed are cases of a kind that people outside follow by number and code.
type followed struct {
	collection string
	normal     func(typed string) string // the number as it is stored
	wrong      string                    // what whoever has no right number and code is told
}

var followedRequests = followed{records.FOIRequests, normalRequestNumber, "受理编号或者查询码不正确。"}

// track shows a request to its applicant.
func (p *platform) track(e *core.RequestEvent) error {
	var body trackKey
	request, err := p.tracked(e, followedRequests, &body)
	if err != nil {
		return err
	}
	view, err := p.trackViewOf(e.App, request)
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// tracked reads what somebody outside sends and opens the door to their case.
func (p *platform) tracked(e *core.RequestEvent, kind followed, body interface{ key() trackKey }) (*core.Record, error) {
	if err := readBody(e, body); err != nil {
		return nil, err
	}
	return p.openTrack(e, kind, body.key())
}

// openTrack finds the case of a number and a code. A number that nobody has and a
// wrong code look the same.
func (p *platform) openTrack(e *core.RequestEvent, kind followed, key trackKey) (*core.Record, error) {
	e.Response.Header().Set("Cache-Control", "no-store")
	number := clip(kind.normal(clip(key.Number, 60)), 30)
	right, err := p.tryCode(e, number)
	if err != nil {
		return nil, err
	}
	found, err := p.caseWithCode(e.App, kind.collection, number, clip(key.Code, 60))
	if err != nil {
		return nil, keyProblem(err)
	}
	if found == nil {
		return nil, e.NotFoundError(kind.wrong, nil)
	}
	right()
	return found, nil
}

// caseWithCode returns nil if there is none. Where nobody has the number, the
// code of the one before is opened and compared all the same: both take as long.
func (p *platform) caseWithCode(app core.App, collection, number, code string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(collection).AndWhere(dbx.NewExp("number <= {:number}", dbx.Params{"number": number})).
		OrderBy("number DESC").Limit(1).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	kept, err := p.unseal(r, "code")
	if err != nil {
		return nil, err
	}
	isRight := subtle.ConstantTimeCompare([]byte(kept), []byte(codeFingerprint(number, code))) == 1
	if !isRight || r.GetString("number") != number {
		return nil, nil
	}
	return r, nil
}

// trackActor is the applicant in the log.
var trackActor = actor{Name: foi.Applicant.Name(), Via: viaPublic}

// mostWritten is how much somebody outside may write about a step, in characters.
const mostWritten = 2000

// checkLength bounds what somebody wrote in a field.
func checkLength(field, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return refused(field, "foi_malformed", fmt.Sprintf("不能超过 %d 字，现在有 %d 字", most, n))
	}
	return nil
}
