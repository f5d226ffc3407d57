package pb_hooks

import (
	"net/http"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// searchRequests finds the requests of somebody who calls: by telephone number,
// mail address, identity number or credit code, each whole. The clerk of a school
// finds its own; nobody else sees who applied. The audit tells that it was asked
// and how many were found, not for whom.
func (p *platform) searchRequests(e *core.RequestEvent) error {
	var body struct {
		Contact string `json:"contact"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	school, err := p.schoolOfClerk(e, e.App)
	if err != nil {
		return err
	}
	contact := cleanLine(body.Contact)
	if n := utf8.RuneCountInString(contact); n < 5 || n > 100 {
		return refused("contact", "foi_missing", "请填写完整的电话号码、电子邮箱或者证件号码")
	}
	var is []dbx.Expression
	for _, field := range []string{"phone", "email", "document"} {
		equals, err := p.sealedEquals(records.FOIApplications, field, contact)
		if err != nil {
			return keyProblem(err)
		}
		is = append(is, equals)
	}
	var found []string // requests of anybody's
	if err := e.App.DB().Select("request").Distinct(true).From(records.FOIApplications).Where(dbx.Or(is...)).Column(&found); err != nil {
		return err
	}
	rows, err := rowsOf(e.App.DB().Select("_rowid_").From(records.FOIRequests).Where(dbx.HashExp{"school": school.ID}).AndWhere(dbx.In("id", anys(found)...)).
		OrderBy("submitted DESC", "_rowid_ DESC").Limit(mostRequests))
	if err != nil {
		return err
	}
	list := RequestList{Items: []RequestLine{}, Total: len(rows), Page: 1, PerPage: mostRequests}
	if len(rows) > 0 {
		if list.Items, err = p.requestLines(e.App, rows, e.Auth, []foi.Role{foi.Clerk}); err != nil {
			return err
		}
	}
	if err := p.audit(e.App, actorOf(e), deed{Action: "foi_search", Collection: records.FOIRequests, Detail: map[string]any{"found": len(rows)}}); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}
