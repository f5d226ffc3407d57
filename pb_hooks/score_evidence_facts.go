package pb_hooks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/standard"
)

// annualReport is 信息公开年度报告.
const annualReport = "A0104"

// factual is a public article with its facts.
type factual struct {
	scorecard.Item
	column string
	facts  []map[string]string
	files  bool
}

// factEvidence looks at the guide, the annual report, the services and their forms.
func (m *measuring) factEvidence() error {
	rows, err := m.query("SELECT a.school, a.id, a.title, a.`column`, a.first_published_at, coalesce(v.facts, ''), coalesce(v.attachments, '') FROM articles a JOIN article_versions v ON v.id = a.published"+
		" WHERE a.`column` IN ('A0101', 'A0104', 'B0101', 'B0201') AND a.state = 'published' AND a.published_at < {:at} AND {only} ORDER BY a.published_at DESC", "a.school").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	held, days := map[string][]factual{}, civilDays{}
	for m.next(rows) {
		a := factual{Item: scorecard.Item{Kind: scorecard.Article}}
		var school, first, facts, files string
		if err := rows.Scan(&school, &a.ID, &a.Label, &a.column, &first, &facts, &files); err != nil {
			return err
		}
		if facts != "" && facts != "null" {
			if err := json.Unmarshal([]byte(facts), &a.facts); err != nil {
				return fmt.Errorf("facts of article %s: %w", a.ID, err)
			}
		}
		a.Date, a.files = string(days.of(first)), len(files) > len("[]")
		held[school] = append(held[school], a)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	m.looked("V6", "D5", "D6")
	for _, s := range m.schools {
		m.guide(s, held[s.ID])
		m.report(s, held[s.ID])
		m.services(s, held[s.ID])
	}
	return nil
}

// asksFor is the column if it is asked of the school.
func asksFor(s *measuredSchool, code string) (standard.Column, bool) {
	column, ok := s.Column(code)
	return column, ok && column.Mandatory && !s.exempt[code]
}

// guide looks which elements the guide of a school does not tell.
func (m *measuring) guide(s *measuredSchool, held []factual) {
	column, asked := asksFor(s, disclosureGuide)
	if !asked {
		return
	}
	for _, field := range column.NamedFields() {
		told := false
		for _, a := range held {
			told = told || a.column == disclosureGuide && slices.ContainsFunc(a.facts, func(row map[string]string) bool { return strings.TrimSpace(row[field]) != "" })
		}
		if !told {
			s.evidence.Add("D6", "element", scorecard.Item{Kind: scorecard.Column, ID: disclosureGuide, Label: "指南没有写明" + field})
		}
	}
}

// report looks for the annual report of the last year (条例 art. 50): after 31
// January it is missing, or came late.
func (m *measuring) report(s *measuredSchool, held []factual) {
	if _, asked := asksFor(s, annualReport); !asked {
		return
	}
	year := m.day.Year() - 1
	last := fmt.Sprintf("%d-01-31", year+1)
	from, _ := m.monthBegins()
	for _, a := range held {
		if a.column != annualReport || !a.isOf(year) {
			continue
		}
		if a.Date > last && a.Date >= from {
			s.evidence.Add("D5", "late", a.Item)
		}
		return
	}
	if string(m.today) > last {
		s.evidence.Add("D5", "missing", scorecard.Item{Kind: scorecard.Column, ID: annualReport, Label: fmt.Sprintf("%d 年度报告", year)})
	}
}

// isOf reports whether a report is of a year: by its facts, or by its title if they
// do not say.
func (a factual) isOf(year int) bool {
	text := strconv.Itoa(year)
	for _, row := range a.facts {
		if of := row["报告年度"]; of != "" {
			return strings.Contains(of, text)
		}
	}
	return strings.Contains(a.Label, text+"年") || strings.Contains(a.Label, text+" 年")
}

// services looks whether the services of a school say all that they must, and
// whether their forms can be downloaded.
func (m *measuring) services(s *measuredSchool, held []factual) {
	column, asked := asksFor(s, guideColumn)
	var services, whole int
	for _, a := range held {
		switch a.column {
		case guideColumn:
			services++
			if missing := a.missing(column.NamedFields()); asked && len(missing) > 0 {
				a.Label += "（没有写明" + strings.Join(missing, "、") + "）"
				s.evidence.Name("V6", a.Item)
			} else {
				whole++
			}
		case formColumn:
			if !a.files {
				s.evidence.Add("V6", "files", a.Item)
			}
		}
	}
	switch {
	case !asked:
	case services == 0:
		s.evidence.Add("V6", "none", scorecard.Item{Kind: scorecard.Column, ID: guideColumn, Label: column.Name})
	case whole*10 < services*9:
		s.evidence.Count("V6", "guides", 1)
	}
}

// missing are the fields that a row of the facts does not say.
func (a factual) missing(fields []string) (list []string) {
	for _, field := range fields {
		if len(a.facts) == 0 || slices.ContainsFunc(a.facts, func(row map[string]string) bool { return strings.TrimSpace(row[field]) == "" }) {
			list = append(list, field)
		}
	}
	return list
}
