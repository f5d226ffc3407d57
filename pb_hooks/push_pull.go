package pb_hooks

import (
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/throttle"
)

// feedPace is what each token may ask for.
var feedPace = throttle.Pace{Count: 60, Per: time.Minute, AtOnce: 60}

const (
	feedUsual = 100 // schools in one answer
	feedMost  = 500
)

// Feed is what the registry platform pulls.
type Feed struct {
	Schools []json.RawMessage `json:"schools"` // FeedLine with its changed_at
	Next    string            `json:"next"`    // cursor to go on from, now or another day
	More    bool              `json:"more"`    // there is more already
}

// subscriberOf finds whose token came with a request and holds it to the pace. A
// missing token, a wrong one and one that was withdrawn are answered alike.
func (p *platform) subscriberOf(e *core.RequestEvent) (*core.Record, error) {
	s, err := p.byToken(e.App, bearer(e))
	if err != nil {
		return nil, err
	}
	if s == nil {
		e.Response.Header().Set("WWW-Authenticate", `Bearer realm="gongkai"`)
		return nil, e.UnauthorizedError("令牌不对、已更换或者没有提供。", nil)
	}
	now := p.options.Now()
	wait := p.doors.feeds.Take(s.Id, feedPace, now)
	left, full := p.doors.feeds.Left(s.Id, feedPace, now)
	h := e.Response.Header()
	h.Set("RateLimit-Policy", fmt.Sprintf(`"feed";q=%d;w=%.0f`, feedPace.Count, feedPace.Per.Seconds()))
	h.Set("RateLimit", fmt.Sprintf(`"feed";r=%d;t=%.0f`, left, math.Ceil(full.Seconds())))
	switch {
	case wait > 0:
		if err := p.tellOfFlood(e.App, s, now); err != nil {
			return nil, err
		}
		return nil, tooMany(e, wait, "取数太频繁了")
	case s.GetString("state") == pushPaused:
		return nil, e.ForbiddenError("这个接收方已被区级管理员暂停。", nil)
	}
	return s, nil
}

// bearer is the token in the header Authorization (RFC 6750); "" is none.
func bearer(e *core.RequestEvent) string {
	if scheme, token, _ := strings.Cut(e.Request.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "bearer") {
		return token
	}
	return ""
}

// byToken is the subscriber with this token; nil is none.
func (p *platform) byToken(app core.App, token string) (*core.Record, error) {
	if token == "" {
		return nil, nil
	}
	s, hash := &core.Record{}, fingerprint(token)
	now := p.options.Now().UTC().Format(records.InstantLayout)
	err := app.RecordQuery(records.PushSubscribers).AndWhere(dbx.NewExp("state != 'deleted' AND (token_hash = {:hash} OR old_token_hash = {:hash} AND old_token_until > {:now})",
		dbx.Params{"hash": hash, "now": now})).Limit(1).One(s)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil
	case err != nil:
		return nil, err
	}
	for _, field := range []string{"token_hash", "old_token_hash"} {
		if kept := s.GetString(field); subtle.ConstantTimeCompare([]byte(kept), []byte(hash)) == 1 {
			return s, nil
		}
	}
	return nil, nil
}

// pullFeed answers with the schools that changed since a cursor, or since a day.
// Query: cursor or since, limit.
func (p *platform) pullFeed(e *core.RequestEvent) error {
	s, err := p.subscriberOf(e)
	if err != nil {
		return err
	}
	limit := feedUsual
	if text := e.Request.URL.Query().Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > feedMost {
			return refused("limit", "limit_invalid", "limit 应为 1 至 500 的整数")
		}
	}
	if err := p.freshenFeed(); err != nil {
		return err
	}
	after, err := feedStart(e.App, e.Request.URL.Query())
	if err != nil {
		return err
	}
	feed, err := feedAfter(e.App, after, limit)
	if err != nil {
		return err
	}
	body, err := json.Marshal(feed)
	if err != nil {
		return err
	}
	pulled := dbx.Params{"pulled_at": p.options.Now().UTC().Format(records.InstantLayout)}
	if fingerprint(bearer(e)) == s.GetString("old_token_hash") {
		pulled["old_token_used_at"] = pulled["pulled_at"]
	}
	if _, err = e.App.NonconcurrentDB().Update(records.PushSubscribers, pulled, dbx.HashExp{"id": s.Id}).Execute(); err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h := e.Response.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	if isKnownTag(e.Request.Header.Get("If-None-Match"), tag) {
		return e.NoContent(http.StatusNotModified)
	}
	return e.Blob(http.StatusOK, "application/json; charset=utf-8", body)
}

// isKnownTag reports whether a header If-None-Match names a tag (RFC 9110, 13.1.2).
func isKnownTag(header, tag string) bool {
	for _, one := range strings.Split(header, ",") {
		if one = strings.TrimPrefix(strings.TrimSpace(one), "W/"); one == tag || one == "*" {
			return true
		}
	}
	return false
}

// notOffered is the answer about a correction that nobody offered.
func notOffered(id string) error {
	return router.NewBadRequestError("没有编号为 "+clip(id, 40)+" 的更正，一条也没有记录。", nil)
}
