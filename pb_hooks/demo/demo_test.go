package demo

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/standard"
)

// issued reads the standard as it was issued.
func issued(t testing.TB) []standard.Column {
	t.Helper()
	raw, err := os.ReadFile("../../pb_migrations/standard_2026.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		Code, Parent, Name, Branch, Kind, Ownership, Condition string
		Leaf, Mandatory                                        bool
		Stages                                                 []string
		Required                                               []string `json:"required_fields"`
		Freshness                                              int      `json:"freshness_days"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		t.Fatal(err)
	}
	var columns []standard.Column
	for _, r := range rows {
		columns = append(columns, standard.Column{Code: r.Code, Parent: r.Parent, Name: r.Name, Branch: r.Branch, Kind: standard.Kind(r.Kind), Leaf: r.Leaf,
			Mandatory: r.Mandatory, Ownership: r.Ownership, Condition: r.Condition, Stages: r.Stages, RequiredFields: r.Required, FreshnessDays: r.Freshness})
	}
	return columns
}

func plan(t testing.TB, schools, articles int) Plan {
	return Plan{Schools: schools, Articles: articles, Seed: 1, Until: Latest, Columns: issued(t), Location: time.FixedZone("", 8*3600)}
}

// every makes all articles of a plan.
func every(p Plan) (list []Article) {
	for _, s := range p.Made() {
		for a := range p.All(s) {
			list = append(list, a)
		}
	}
	return list
}

func TestSameSeedMakesTheSame(t *testing.T) {
	if a, b := every(plan(t, 3, 60)), every(plan(t, 3, 60)); !reflect.DeepEqual(a, b) {
		t.Error("two runs differ")
	}
	other := plan(t, 3, 60)
	other.Seed = 2
	if reflect.DeepEqual(every(plan(t, 3, 60))[0].Body, every(other)[0].Body) {
		t.Error("another seed made the same")
	}
}

func TestEveryMandatoryColumnOfAnOpenSchoolIsFilled(t *testing.T) {
	p := plan(t, 12, 80)
	filled := map[string]map[string]int{}
	for _, a := range every(p) {
		if filled[a.School.Code] == nil {
			filled[a.School.Code] = map[string]int{}
		}
		filled[a.School.Code][a.Column]++
	}
	for _, s := range p.Made() {
		if s.Status != registry.Open {
			continue
		}
		for _, c := range standard.For(p.Columns, s.Standard()) {
			n := filled[s.Code][c.Code]
			if c.Mandatory && c.Kind.IsWritten() && n == 0 {
				t.Errorf("%s has nothing in %s %s", s.Name, c.Code, c.Name)
			}
			if isSingle(c) && n > 1 {
				t.Errorf("%s has %d texts on the page %s", s.Name, n, c.Name)
			}
		}
	}
}

func TestRequiredFieldsAreFilled(t *testing.T) {
	p := plan(t, 12, 80)
	columns := map[string]standard.Column{}
	for _, c := range p.Columns {
		columns[c.Code] = c
	}
	for _, a := range every(p) {
		c := columns[a.Column]
		if hasFacts(c) && len(a.Facts) == 0 {
			t.Fatalf("%s %s has no facts", c.Code, a.Title)
		}
		for _, row := range a.Facts {
			for _, name := range c.NamedFields() {
				if row[name] == "" || strings.HasPrefix(row[name], "见正文“") {
					t.Errorf("%s %s: field %s is %q", c.Code, a.Title, name, row[name])
				}
			}
		}
		if c.Kind == standard.Attachment && len(a.Files) == 0 {
			t.Errorf("%s %s has no file", c.Code, a.Title)
		}
	}
}

func TestTextsAreOfALengthAndSayWhatTheyAre(t *testing.T) {
	p := plan(t, 4, 80)
	for _, a := range every(p) {
		n := utf8.RuneCountInString(a.Body)
		if n < TextLength || n > 2*TextLength {
			t.Errorf("%s has %d characters with tags", a.Title, n)
		}
		if !strings.Contains(a.Body, Notice) || strings.ContainsAny(a.Title+a.Body, "{}") || a.Title == "" {
			t.Errorf("%q: %s", a.Title, a.Body)
		}
		if a.PublishedAt.After(p.Until) || a.Column != reportColumn && a.PublishedAt.Before(p.Until.Add(-span-72*time.Hour)) || a.CreatedOn > a.PublishedAt.Format(time.DateOnly) {
			t.Errorf("%s was published at %s, made on %s", a.Title, a.PublishedAt, a.CreatedOn)
		}
	}
}

// Last year's report appeared in January, but for the schools that are behind; no
// school has two of one year.
func TestAnnualReportsAppearInJanuary(t *testing.T) {
	p := plan(t, 12, 300)
	titles, inTime := map[string]int{}, 0
	for _, a := range every(p) {
		if a.Column != reportColumn {
			continue
		}
		if titles[a.Title]++; titles[a.Title] > 1 || a.PublishedAt.Month() != time.January {
			t.Errorf("%s: %d times, %s", a.Title, titles[a.Title], a.PublishedAt)
		}
		if a.School.Status == registry.Open && a.PublishedAt.Year() == p.Until.Year() {
			inTime++
		}
	}
	open := 0
	for _, s := range p.Made() {
		if s.Status == registry.Open {
			open++
		}
	}
	if inTime != open-len(Behind) {
		t.Errorf("%d of %d schools published last year's report", inTime, open)
	}
}

func TestUsualSearchWordsAreAsFrequentAsOnRealSites(t *testing.T) {
	articles := every(plan(t, 12, 80))
	for _, word := range []string{"招生", "食堂", "收费"} {
		n := 0
		for _, a := range articles {
			if strings.Contains(a.Title+a.Body, word) {
				n++
			}
		}
		if share := 100 * n / len(articles); share < 5 || share > 30 {
			t.Errorf("%s stands in %d %% of the texts", word, share)
		}
	}
}

func TestSchoolsOfALargeDistrictDiffer(t *testing.T) {
	names, codes, stages := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range plan(t, 400, 0).Made() {
		if names[s.Name] || codes[s.Code] {
			t.Errorf("%s %s twice", s.Code, s.Name)
		}
		names[s.Name], codes[s.Code], stages[s.Stages[0]] = true, true, true
	}
	if len(stages) != len(registry.Stages) {
		t.Errorf("got stages %v, want all", stages)
	}
}

func TestEveryTemplateHasItsWords(t *testing.T) {
	p := plan(t, 1, 1)
	school := p.Made()[0]
	w := p.writer(school, 0, slot{p.Columns[2], Latest, 0})
	templates := [][]string{openings, closings, common, headings}
	for _, lists := range []map[string][]string{titles, values, sentences} {
		for _, list := range lists {
			templates = append(templates, list)
		}
	}
	for _, list := range append(templates, remarks...) {
		for _, template := range list {
			if text := w.fill(template); text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%q became %q", template, text)
			}
		}
	}
	for _, c := range p.Columns {
		if !c.Leaf || !c.Kind.IsWritten() {
			continue
		}
		if len(titles[c.Code]) == 0 {
			t.Errorf("%s %s has no title", c.Code, c.Name)
		}
		for _, name := range c.NamedFields() {
			if len(values[name]) == 0 && name != "正文" {
				t.Errorf("%s %s: nothing to say in %s", c.Code, c.Name, name)
			}
		}
	}
}
