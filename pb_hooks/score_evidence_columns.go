package pb_hooks

import (
	"fmt"
	"slices"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// homeWithin is how many days the home page of a school may be without something
// new; school vacations do not count.
const homeWithin = 14

// frequentWithin is the longest freshness of a column that lives by what happens:
// news, notices and policies (动态、通知、政策类), in days.
const frequentWithin = 180

// columnEvidence reads from the columns as they were measured: what is missing,
// blank or stale, and whether people can write.
func (m *measuring) columnEvidence() error {
	for _, s := range m.schools {
		columnsSeen(s.evidence, s.compliance)
	}
	return nil
}

// columnsSeen adds what the columns of a school tell to the evidence.
func columnsSeen(e scorecard.Evidence, columns compliance.School) {
	for _, code := range []scorecard.Code{"V4", "V5", "D1", "D2", "D3"} {
		e.Look(code)
	}
	for _, r := range columns.Results {
		if !r.Counted() {
			continue
		}
		item := scorecard.Item{Kind: scorecard.Column, ID: r.Column.Code, Label: r.Column.Name, Date: string(r.Newest)}
		switch {
		case !r.Exists:
			e.Add("D1", "missing", item)
		case !r.Filled:
			e.Add("D2", "blank", item)
			e.Add("V4", "blank", item)
		case !r.Fresh:
			if r.Days > r.Column.FreshnessDays {
				item.Label += fmt.Sprintf("（%d 天没有更新，期限 %d 天）", r.Days, r.Column.FreshnessDays)
			}
			e.Add("D3", staleHit(r.Column), item)
			e.Add("V4", "stale", item)
			if r.Column.FreshnessDays <= frequentWithin {
				e.Count("V4", "frequent", 1)
			}
		}
	}
	if closed(columns, "B0401") && closed(columns, "B0501") {
		e.Add("V5", "closed", scorecard.Item{Kind: scorecard.Column, ID: "B0401", Label: "在线咨询和校长信箱"})
	}
}

// staleHit: notices, admission and fees are what people look for first.
func staleHit(c standard.Column) string {
	if c.Code == "A0308" || standard.GroupCode(c.Code) == "A04" || c.Code == "A0801" || c.Code == "A0802" {
		return "key"
	}
	return "stale"
}

// closed reports whether a school has no such column that takes letters.
func closed(s compliance.School, code string) bool {
	return !slices.ContainsFunc(s.Results, func(r compliance.Result) bool { return r.Column.Code == code && r.Exists })
}

// homeEvidence looks when the home page of a school last showed something new.
func (m *measuring) homeEvidence() error {
	var rows []struct {
		School    string `db:"school"`
		ID        string `db:"id"`
		Title     string `db:"title"`
		Published string `db:"published_at"`
	}
	err := m.query("SELECT a.school, a.id, a.title, a.published_at FROM schools s JOIN articles a ON a.id ="+
		" (SELECT n.id FROM articles n WHERE n.school = s.id AND n.state = 'published' AND n.published_at < {:at} ORDER BY n.published_at DESC LIMIT 1) WHERE {only}", "s.id").All(&rows)
	if err != nil {
		return err
	}
	m.looked("V3")
	newest, days := map[string]scorecard.Item{}, civilDays{}
	for _, r := range rows {
		newest[r.School] = scorecard.Item{Kind: scorecard.Article, ID: r.ID, Label: "最近的信息：" + r.Title, Date: string(days.of(r.Published))}
	}
	for _, s := range m.schools {
		item, any := newest[s.ID]
		switch {
		case !any:
			s.evidence.Count("V3", "stale", 1)
		case m.days.Since(workday.Date(item.Date), true) > homeWithin:
			s.evidence.Add("V3", "stale", item)
		}
	}
	return nil
}
