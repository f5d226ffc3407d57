package pb_hooks

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"gongkai/pb_hooks/movein"
)

// tableRows are the rows of "articles import", taken as drafts: when they were
// published is when they were published first.
type tableRows struct {
	path, host, today string // host is of addresses that are paths
	count             int
}

// tableSource reads a table of articles.
func (p *platform) tableSource(path, host string) (movein.Source, error) {
	t := tableRows{path: path, host: host, today: p.today()}
	for _, err := range readArticleRows(path) {
		if err != nil {
			return nil, err
		}
		t.count++
	}
	if t.count == 0 {
		return nil, errors.New("文件里没有任何信息")
	}
	return t, nil
}

// Count implements movein.Source.
func (t tableRows) Count() int { return t.count }

// Items implements movein.Source.
func (t tableRows) Items() iter.Seq2[movein.Item, error] {
	return func(yield func(movein.Item, error) bool) {
		for row, err := range readArticleRows(t.path) {
			if err != nil {
				yield(movein.Item{}, err)
				return
			}
			if !yield(t.item(row), nil) {
				return
			}
		}
	}
}

func (t tableRows) item(row articleRow) movein.Item {
	where := fmt.Sprintf("第 %d 行", row.Line)
	if row.Broken != "" {
		return movein.Item{Where: where, Left: row.Broken}
	}
	title := strings.Join(strings.Fields(row.Title), " ")
	if title == "" {
		return movein.Item{Where: where, Left: "没有标题"}
	}
	it := movein.Table(where, strings.TrimSpace(row.School), strings.TrimSpace(row.Column), title, row.Body, t.day(row.PublishedAt), t.today, row.Attachments)
	it.At(row.OldAddress, t.host)
	it.Source, it.DocNumber = clip(strings.TrimSpace(row.Source), 100), clip(strings.TrimSpace(row.DocNumber), 100)
	if it.School == "" {
		it.Left = "没有填写学校"
	}
	return it
}

// day is the day, here, of an instant that a table writes; else what it writes.
func (t tableRows) day(text string) string {
	for _, layout := range instantLayouts {
		if at, err := time.ParseInLocation(layout, strings.TrimSpace(text), shanghai); err == nil {
			return dayOf(at)
		}
	}
	return text
}
