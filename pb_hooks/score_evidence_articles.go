package pb_hooks

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// publishedIn is what was published in the month and is still there.
const publishedIn = "a.state IN ('published', 'concluded', 'expired', 'archived') AND a.published_at >= {:since} AND a.published_at < {:at}"

// articleEvidence looks at what was published in the month: in time, after its
// reviews, with its source.
func (m *measuring) articleEvidence() error {
	rows, err := m.found("SELECT a.school, a.id, a.title, a.`column`, a.first_published_at, a.published_at, v.created_on, v.source,"+
		" EXISTS (SELECT 1 FROM article_steps s WHERE s.article = a.id AND s.version = v.id AND s.action = 'approve')"+
		" AND EXISTS (SELECT 1 FROM article_steps s WHERE s.article = a.id AND s.version = v.id AND s.action = 'clear')"+
		" OR EXISTS (SELECT 1 FROM article_steps s WHERE s.article = a.id AND s.version = v.id AND s.action = 'import')"+ // taken over with its history
		" FROM articles a JOIN article_versions v ON v.id = a.published WHERE "+publishedIn+" AND {only} ORDER BY a.published_at DESC", "a.school").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	m.looked("D4", "D15", "D17")
	from, _ := m.monthBegins()
	days := civilDays{}
	for m.next(rows) {
		var school, id, title, code, first, published, created, source string
		var reviewed bool
		if err := rows.Scan(&school, &id, &title, &code, &first, &published, &created, &source, &reviewed); err != nil {
			return err
		}
		s, ok := m.byID[school]
		if !ok {
			continue
		}
		item := scorecard.Item{Kind: scorecard.Article, ID: id, Label: title, Date: string(days.of(published))}
		if !reviewed {
			s.evidence.Add("D15", "unreviewed", item)
		}
		if strings.TrimSpace(source) == "" {
			s.evidence.Add("D17", "missing", item)
		}
		made, told := workday.Date(created), days.of(first)
		if made > told { // made anew since: the time of the newer text counts
			told = days.of(published)
		}
		column, ok := m.directory.Node(code)
		if !ok || column.DiscloseWithin < 0 || created == "" || string(told) < from {
			continue
		}
		if took := m.days.Workdays(made, told); took > column.DiscloseWithin {
			item.Label += fmt.Sprintf("（%d 个工作日，时限 %d 个）", took, column.DiscloseWithin)
			item.Date = string(told)
			s.evidence.Add("D4", "late", item)
		}
	}
	return rows.Err()
}

// imageEvidence looks for public images without a description.
func (m *measuring) imageEvidence() error {
	var rows []struct {
		School string `db:"school"`
		ID     string `db:"id"`
		Title  string `db:"title"`
		Name   string `db:"name"`
	}
	err := m.query("SELECT a.school, a.id, a.title, f.name FROM attachments f JOIN articles a ON a.id = f.article JOIN article_versions v ON v.id = a.published"+
		" WHERE f.alt = '' AND f.mime LIKE 'image/%' AND f.created < {:at} AND a.state = 'published' AND instr(v.attachments, f.id) > 0 AND {only} ORDER BY f._rowid_ DESC", "a.school").All(&rows)
	if err != nil {
		return err
	}
	m.looked("D16")
	for _, r := range rows {
		if s, ok := m.byID[r.School]; ok {
			s.evidence.Add("D16", "fault", scorecard.Item{Kind: scorecard.Article, ID: r.ID, Label: r.Title + "：" + r.Name})
		}
	}
	return nil
}

// findingEvidence looks at what the scanner found in public text, and nobody let
// stand with a reason.
func (m *measuring) findingEvidence() error {
	var rows []struct {
		School string     `db:"school"`
		ID     string     `db:"id"`
		Title  string     `db:"title"`
		Class  scan.Class `db:"class"`
		Level  scan.Level `db:"level"`
		Place  string     `db:"place"`
		Found  string     `db:"created"`
	}
	err := m.query("SELECT a.school, a.id, a.title, f.class, f.level, f.place, f.created FROM findings f JOIN articles a ON a.id = f.article AND a.published = f.version"+
		" WHERE a.state IN ('published', 'expired', 'archived') AND f.created < {:at} AND (f.state = 'open' OR f.at >= {:at}) AND f.level IN ('block', 'warn') AND {only} ORDER BY f._rowid_ DESC", "a.school").All(&rows)
	if err != nil {
		return err
	}
	m.looked("V1", "D12", "D13")
	days := civilDays{}
	for _, r := range rows {
		s, ok := m.byID[r.School]
		if !ok {
			continue
		}
		item := scorecard.Item{Kind: scorecard.Finding, ID: r.ID, Label: r.Class.Name() + "：" + r.Title + "（" + r.Place + "）", Date: string(days.of(r.Found))}
		must := r.Level == scan.Block
		switch {
		case r.Class == scan.Word && must:
			s.evidence.Add("V1", "word", item)
			s.evidence.Add("D12", "serious", item)
		case r.Class == scan.Word:
			s.evidence.Add("D12", "general", item)
		case r.Class == scan.SecrecyMark && must:
			s.evidence.Add("V1", "secrecy", item)
		case must:
			s.evidence.Add("V1", "personal", item)
			s.evidence.Add("D13", "personal", item)
		}
	}
	return nil
}
