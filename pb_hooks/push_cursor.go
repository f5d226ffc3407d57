package pb_hooks

import (
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// feedCursor is a place in the feed: after the line with a number that was given out
// in a round. The zero value is the beginning.
type feedCursor struct {
	number int
	round  string
}

const cursorPrefix = "g2."

func (c feedCursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorPrefix + strconv.Itoa(c.number) + "." + c.round))
}

// readFeedCursor reads what String wrote. Whether there was such a round is not known here.
func readFeedCursor(text string) (c feedCursor, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	rest, found := strings.CutPrefix(string(raw), cursorPrefix)
	if err != nil || !found {
		return c, errors.New("no cursor of this feed")
	}
	number, round, _ := strings.Cut(rest, ".")
	if c.number, err = strconv.Atoi(number); err == nil && c.number < 0 {
		err = errors.New("a cursor before the beginning")
	}
	c.round = round
	return c, err
}

// feedStart is where to go on: at the cursor, or after the last line before an instant.
func feedStart(app core.App, ask url.Values) (c feedCursor, err error) {
	cursor, since := ask.Get("cursor"), ask.Get("since")
	switch {
	case cursor != "" && since != "":
		return c, refused("since", "since_with_cursor", "cursor 和 since 只能用一个")
	case cursor != "":
		c, err := readFeedCursor(cursor)
		if err != nil {
			return c, unknownCursor()
		}
		return c, isKnownCursor(app, c)
	case since != "":
		from, err := time.Parse(time.RFC3339, since)
		if err != nil {
			from, err = time.ParseInLocation(time.DateOnly, since, shanghai)
		}
		if err != nil {
			return c, refused("since", "since_invalid", "since 应为日期（2026-11-01）或带时区的时刻")
		}
		err = app.DB().NewQuery("SELECT number, round FROM push_feed WHERE changed_at < {:from} ORDER BY number DESC LIMIT 1").
			Bind(dbx.Params{"from": from.UTC().Format(records.InstantLayout)}).Row(&c.number, &c.round)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return c, err
	}
	return c, nil
}

func unknownCursor() error {
	return refused("cursor", "cursor_unknown", "没有这个游标，请从头取一遍")
}

// isKnownCursor refuses a cursor of a round that this database has not seen: a backup
// from before it was restored, and what came after it is undone.
func isKnownCursor(app core.App, c feedCursor) error {
	if c == (feedCursor{}) {
		return nil
	}
	known, err := app.CountRecords(records.PushRounds, dbx.HashExp{"id": c.round})
	if err == nil && known == 0 {
		err = unknownCursor()
	}
	return err
}

// feedAfter reads lines in the order in which they changed.
func feedAfter(app core.App, after feedCursor, limit int) (Feed, error) {
	feed := Feed{Schools: []json.RawMessage{}, Next: after.String()}
	var lines []keptLine
	err := app.DB().Select("code", "number", "round", "line", "changed_at").From(records.PushFeed).Where(dbx.NewExp("number > {:after}", dbx.Params{"after": after.number})).
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
		feed.Schools, feed.Next = append(feed.Schools, json.RawMessage(line)), feedCursor{l.Number, l.Round}.String()
	}
	return feed, nil
}
