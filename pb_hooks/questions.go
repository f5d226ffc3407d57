package pb_hooks

import (
	"slices"
	"strings"
	"time"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/search"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// The named fields of a question (便民问答), as the standard calls them.
const (
	factQuestion = "问题"
	factAnswer   = "答复"
	factTopic    = "主题"
	factAudience = "适用对象"
	factChecked  = "核对日期"
)

// drawnFacts have a place of their own in a question; a district may ask for more.
var drawnFacts = []string{factQuestion, factAnswer, factTopic, factAudience, factChecked}

// selectedLetters are 咨询选登 and 来信选登: answers to somebody else that may be
// one's own.
var selectedLetters = []string{"B0402", "B0502"}

// answersOf are the columns that answer questions. Search lists them first.
func answersOf(d *records.Directory) []string {
	var codes []string
	for _, c := range d.Nodes {
		if c.Leaf && c.Kind == standard.QA {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// checkEvery is how long an answer is taken for right, in days: a semester.
const checkEvery = 183

// checkBefore is the day before which a question was last checked too long ago.
func (p *platform) checkBefore() string {
	return dayOf(p.options.Now().AddDate(0, 0, -checkEvery))
}

// checkedOn is the day on which what becomes public on a day was last checked: of
// questions what they say themselves, and the earliest of several.
func checkedOn(c standard.Column, rows []map[string]string, day string) string {
	if c.Kind != standard.QA {
		return day
	}
	for _, row := range rows {
		if checked := dateIn(row); checked != "" {
			day = min(day, checked)
		}
	}
	return day
}

// questionsOf are the questions of an article with their answers; none outside of
// columns of questions.
func questionsOf(c standard.Column, a records.PublicArticle) []site.Question {
	if c.Kind != standard.QA {
		return nil
	}
	var list []site.Question
	for _, row := range a.FactRows() {
		if row[factQuestion] == "" && row[factAnswer] == "" {
			continue
		}
		q := site.Question{Article: a.ID, Question: row[factQuestion], Answer: row[factAnswer], Topic: row[factTopic], Audience: row[factAudience],
			CheckedOn: max(dateIn(row), a.CheckedOn)}
		if q.Question == "" {
			q.Question = a.Title
		}
		for _, name := range c.NamedFields() {
			if !slices.Contains(drawnFacts, name) && row[name] != "" {
				q.More = append(q.More, site.Named{Name: name, Value: row[name]})
			}
		}
		list = append(list, q)
	}
	return list
}

// dateIn is the day on which the row of a question says that it was checked; ""
// where it says none.
func dateIn(row map[string]string) string {
	if _, err := time.Parse(time.DateOnly, row[factChecked]); err != nil {
		return ""
	}
	return row[factChecked]
}

// beginning is the answer as a hit of a search shows it. Of several questions in
// one article it is the one that holds most of the words.
func beginning(questions []site.Question, words []string) []site.Part {
	hits := func(q site.Question) (n int) {
		for _, s := range search.Highlight(q.Question+"\n"+q.Answer, words) {
			if s.Hit {
				n++
			}
		}
		return n
	}
	best := slices.MaxFunc(questions, func(a, b site.Question) int { return hits(a) - hits(b) })
	answer := strings.Join(strings.Fields(best.Answer), " ")
	return append([]site.Part{{Text: "答："}}, parts(search.Highlight(clip(answer, snippetWidth), words))...)
}
