package site

import "time"

// What the open data gives out beside what the pages show.

// ArticleFilter narrows the open lists of disclosures. Since is inclusive and
// Until exclusive, both unlimited when zero. Cursor is opaque. With UpdatedSince
// the list is what changed since then, in the order of the changes, with what is gone.
type ArticleFilter struct {
	School, Column, Stage, Town string
	Since, Until, UpdatedSince  time.Time
	Cursor                      string
	Limit                       int
}

// ArticleList is one page of disclosures, newest first. Gone is of UpdatedSince only.
type ArticleList struct {
	Items []ArticleItem `json:"items"`
	Gone  []Gone        `json:"gone"`
	Next  string        `json:"next"` // cursor of the next page, empty at the end
}

// Gone (墓碑) is a disclosure, or a file, that is no longer offered: who keeps copies deletes
// its copy. Nothing else is told of it here.
type Gone struct {
	ID string `json:"id"`
	On string `json:"on"` // day on which it went, in Asia/Shanghai
}

// FileItem is a file of a disclosure, with what it belongs to.
type FileItem struct {
	Attachment
	Article     ArticleLink `json:"article"`
	School      SchoolRef   `json:"school"`
	Column      ColumnRef   `json:"column"`
	PublishedAt string      `json:"published_at"` // of the article's version, RFC 3339
}

// FileList is one page of files, the newest first. With UpdatedSince it holds all
// files of what changed, and Gone are files.
type FileList struct {
	Items []FileItem `json:"items"`
	Gone  []Gone     `json:"gone"`
	Next  string     `json:"next"`
}

// FormItem (表格下载) is a form with its files.
type FormItem struct {
	ArticleItem
	Attachments []Attachment `json:"attachments"`
}

// FormList is one page of forms; see ArticleList.
type FormList struct {
	Items []FormItem `json:"items"`
	Gone  []Gone     `json:"gone"`
	Next  string     `json:"next"`
}

// QuestionItem (便民问答) is a disclosure that answers questions.
type QuestionItem struct {
	ArticleItem
	Questions []Question `json:"questions"`
}

// QuestionList is one page of questions; see ArticleList.
type QuestionList struct {
	Items []QuestionItem `json:"items"`
	Gone  []Gone         `json:"gone"`
	Next  string         `json:"next"`
}

// AnswerItem is an answer to somebody that was published for all: a selected
// letter (咨询选登, 来信选登), or what an application brought to light (条例 art. 44).
type AnswerItem struct {
	ArticleItem
	Kind     string `json:"kind"` // consultation, mailbox or application
	KindName string `json:"kind_name"`
	BodyHTML string `json:"body_html"`
}

// AnswerList is one page of published answers; see ArticleList.
type AnswerList struct {
	Items []AnswerItem `json:"items"`
	Gone  []Gone       `json:"gone"`
	Next  string       `json:"next"`
}

// StandardItem is a version of the column standard that was rolled out.
type StandardItem struct {
	Version     string `json:"version"`
	Name        string `json:"name"`
	EffectiveOn string `json:"effective_on"`
	AppliedOn   string `json:"applied_on"`
	InForce     bool   `json:"in_force"`
	Columns     int    `json:"columns"`
}

// StandardList is one page of versions, the newest first.
type StandardList struct {
	Items []StandardItem `json:"items"`
	Next  string         `json:"next"`
}

// StandardVersion is one version with its columns and with what it moved (沿革).
type StandardVersion struct {
	StandardItem
	Groups []Group      `json:"groups"`
	Moves  []ColumnMove `json:"moves"`
}

// StandardVersions are all versions whole, the newest first, for bulk files only.
type StandardVersions struct{ Items []StandardVersion }

// ColumnMove says where the disclosures of a column went that a version took away.
type ColumnMove struct {
	From   string   `json:"from"`
	To     string   `json:"to"`
	Words  []string `json:"words"`  // only titles that hold one of these; empty: the rest
	School string   `json:"school"` // the one school it decides for; empty: all others
}

// StatisticsFilter asks for a series of figures; the days are inclusive.
type StatisticsFilter struct {
	From, To string
	By       string // day or month
	Cursor   string
	Limit    int
}

// Statistics are the district's figures in time, the oldest first.
type Statistics struct {
	From        string             `json:"from"`
	To          string             `json:"to"`
	By          string             `json:"by"`
	Definitions []FigureDefinition `json:"definitions"`
	Items       []StatisticPoint   `json:"items"`
	Next        string             `json:"next"`
}

// FigureDefinition says what a figure of a series counts.
type FigureDefinition struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Unit   string `json:"unit"`
	Group  string `json:"group"`
	Period bool   `json:"period"` // counted within the point's days; else as it was on the last of them
	How    string `json:"how"`
	Basis  string `json:"basis"`
}

// StatisticPoint is a day or a month. A month that is not over ends with the last
// day that was counted.
type StatisticPoint struct {
	From    string        `json:"from"`
	To      string        `json:"to"`
	Schools int           `json:"schools"` // that were counted on the last day
	Figures []FigureCount `json:"figures"`
}

// FigureCount is one figure of a point.
type FigureCount struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// paged is a list that may go on.
type paged interface{ next() string }

func (v ArticleList) next() string  { return v.Next }
func (v SchoolList) next() string   { return v.Next }
func (v FileList) next() string     { return v.Next }
func (v FormList) next() string     { return v.Next }
func (v QuestionList) next() string { return v.Next }
func (v AnswerList) next() string   { return v.Next }
func (v StandardList) next() string { return v.Next }
func (v Statistics) next() string   { return v.Next }

func (StandardVersions) next() string { return "" }
