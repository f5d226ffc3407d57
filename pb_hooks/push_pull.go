package pb_hooks

import (
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
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
	scheme, token, _ := strings.Cut(e.Request.Header.Get("Authorization"), " ")
	hash := ""
	if strings.EqualFold(scheme, "bearer") && token != "" {
		hash = fingerprint(token)
	}
	s, err := p.byToken(e.App, hash)
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
		return nil, tooMany(e, wait, "取数太频繁了")
	case s.GetString("state") == pushPaused:
		return nil, e.ForbiddenError("这个接收方已被区级管理员暂停。", nil)
	}
	return s, nil
}

// byToken is the subscriber with a token of this hash; nil is none.
func (p *platform) byToken(app core.App, hash string) (*core.Record, error) {
	s := &core.Record{}
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
		if kept := s.GetString(field); hash != "" && subtle.ConstantTimeCompare([]byte(kept), []byte(hash)) == 1 {
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
	after, err := p.feedStart(e)
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
	_, err = e.App.NonconcurrentDB().Update(records.PushSubscribers, dbx.Params{"pulled_at": p.options.Now().UTC().Format(records.InstantLayout)}, dbx.HashExp{"id": s.Id}).Execute()
	if err != nil {
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

// feedStart is the number after which to go on: that of the cursor, or the last one
// before an instant.
func (p *platform) feedStart(e *core.RequestEvent) (after int, err error) {
	ask := e.Request.URL.Query()
	cursor, since := ask.Get("cursor"), ask.Get("since")
	switch {
	case cursor != "" && since != "":
		return 0, refused("since", "since_with_cursor", "cursor 和 since 只能用一个")
	case cursor != "":
		last, err := lastLine(e.App)
		if err != nil {
			return 0, err
		}
		if after, err = readFeedCursor(cursor); err != nil || after > last {
			return 0, refused("cursor", "cursor_unknown", "没有这个游标，请从头取一遍")
		}
	case since != "":
		from, err := time.Parse(time.RFC3339, since)
		if err != nil {
			from, err = time.ParseInLocation(time.DateOnly, since, shanghai)
		}
		if err != nil {
			return 0, refused("since", "since_invalid", "since 应为日期（2026-11-01）或带时区的时刻")
		}
		err = e.App.DB().NewQuery("SELECT coalesce(max(number), 0) FROM push_feed WHERE changed_at < {:from}").Bind(dbx.Params{"from": from.UTC().Format(records.InstantLayout)}).Row(&after)
		return after, err
	}
	return after, nil
}

const cursorPrefix = "g1."

func feedCursor(number int) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorPrefix + strconv.Itoa(number)))
}

func readFeedCursor(cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	number, found := strings.CutPrefix(string(raw), cursorPrefix)
	if err != nil || !found {
		return 0, errors.New("no cursor of this feed")
	}
	n, err := strconv.Atoi(number)
	if err == nil && n < 0 {
		err = errors.New("a cursor before the beginning")
	}
	return n, err
}

// feedAfter reads lines in the order in which they changed.
func feedAfter(app core.App, after, limit int) (Feed, error) {
	feed := Feed{Schools: []json.RawMessage{}, Next: feedCursor(after)}
	var lines []keptLine
	err := app.DB().Select("code", "number", "line", "changed_at").From(records.PushFeed).Where(dbx.NewExp("number > {:after}", dbx.Params{"after": after})).
		OrderBy("number").Limit(int64(limit) + 1).All(&lines)
	if err != nil {
		return feed, err
	}
	if feed.More = len(lines) > limit; feed.More {
		lines = lines[:limit]
	}
	for _, l := range lines {
		at, err := json.Marshal(instantOf(stamp(l.At)))
		if err != nil {
			return feed, err
		}
		line := strings.TrimSuffix(l.Line, "}") + `,"changed_at":` + string(at) + "}"
		feed.Schools, feed.Next = append(feed.Schools, json.RawMessage(line)), feedCursor(l.Number)
	}
	return feed, nil
}

// notOffered is the answer about a correction that nobody offered.
func notOffered(id string) error {
	return router.NewBadRequestError("没有编号为 "+clip(id, 40)+" 的更正，一条也没有记录。", nil)
}
