package site

// What the pages of 办事服务 show beside what every disclosure has.

// Entry is a named value of a table that has one row, as it is drawn: a text, or
// a list where the value has several lines. Ordered lists are steps.
type Entry struct {
	Name    string   `json:"name"`
	Lines   []string `json:"lines"`
	Ordered bool     `json:"ordered"`
	Link    string   `json:"link"` // page that the value names; empty where it names none
}

// Related are articles of another column of the same school that belong to one.
type Related struct {
	Title string        `json:"title"`
	Items []ArticleLink `json:"items"`
}

// Event (校历安排) is something that is on from one day to another, both
// inclusive, as civil dates.
type Event struct {
	From string `json:"from"`
	To   string `json:"to"`
	When string `json:"when"` // both in words, e.g. 2026年10月1日（周四）至10月7日（周三）
	Name string `json:"name"`
}

// OldFile tells somebody who followed an old link what became of the file. Only
// its version is told: its name may be why it was replaced.
type OldFile struct {
	Version int `json:"version"` // the last one that showed it
}
