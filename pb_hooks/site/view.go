package site

import (
	"context"
	"io"
	"net/url"
	"time"
)

// Every struct here has three readers: the page that echo renders, the JSON in
// the page that the single-page app takes over from, and /open/v1, whose
// contract is openapi.json. A field that is not in it cannot leak.

// Reader is all that the public site may ask of the database. It answers
// ErrNotFound for what does not exist or is not public, without telling which.
type Reader interface {
	District(ctx context.Context) (District, error)
	Home(ctx context.Context) (Home, error)
	Standard(ctx context.Context) (Standard, error)
	DistrictFigures(ctx context.Context) (DistrictFigures, error)
	Schools(ctx context.Context, f SchoolFilter) (SchoolList, error)
	School(ctx context.Context, code string) (SchoolPage, error)
	Column(ctx context.Context, school, column string, page int) (ColumnPage, error)
	Article(ctx context.Context, id string) (ArticlePage, error)
	Articles(ctx context.Context, f ArticleFilter) (ArticleList, error)
	Files(ctx context.Context, f ArticleFilter) (FileList, error)
	Forms(ctx context.Context, f ArticleFilter) (FormList, error)
	Questions(ctx context.Context, f ArticleFilter) (QuestionList, error)
	Answers(ctx context.Context, f ArticleFilter) (AnswerList, error)
	Standards(ctx context.Context, cursor string, limit int) (StandardList, error)
	StandardVersion(ctx context.Context, version string) (StandardVersion, error)
	Statistics(ctx context.Context, f StatisticsFilter) (Statistics, error)
	Bulk(ctx context.Context) (BulkIndex, error)
	BulkFile(ctx context.Context, name string) (File, error)
	Search(ctx context.Context, f SearchFilter) (SearchPage, error)
	Letter(ctx context.Context, channel, school string) (LetterPage, error)
	File(ctx context.Context, attachment string, thumb bool) (File, error)
	OldFile(ctx context.Context, article, attachment string) (*OldFile, error)
	OldAddress(ctx context.Context, host string, u *url.URL) (article string, err error)
	Calendar(ctx context.Context, school string) ([]byte, error) // RFC 5545
	Sitemap(ctx context.Context, school string) ([]SitemapEntry, error)
}

// District (区) is what every page says about the platform itself.
type District struct {
	Name             string `json:"name"`
	SiteName         string `json:"site_name"`
	BaseURL          string `json:"base_url"`
	Host             string `json:"host"`             // 主办单位
	Operator         string `json:"operator"`         // 承办单位
	Contact          string `json:"contact"`          // 联系电话
	Address          string `json:"address"`          // 联系地址
	ICPNumber        string `json:"icp_number"`       // ICP备案号
	PoliceNumber     string `json:"police_number"`    // 公安机关备案号
	SiteIDCode       string `json:"site_id_code"`     // 网站标识码
	Demo             bool   `json:"demo"`             // 演示数据
	StandardVersion  string `json:"standard_version"` // 栏目设置标准版本
	StandardOn       string `json:"standard_effective_on"`
	SearchPerMinute  int    `json:"-"` // searches one address may make; 0 is unlimited
	OpenPerMinute    int    `json:"-"` // requests of open data one address may make; 0 is unlimited
	PrivacyStatement string `json:"privacy_statement"`

	ConsultationOnly bool `json:"consultation_only"` // 依申请公开 is switched off: schools answer 咨询 only
	AnswerDays       int  `json:"answer_days"`       // 答复期限, in working days (条例 art. 33)
	ExtendDays       int  `json:"extend_days"`       // the most that an extension adds
}

// Home is the district's front page.
type Home struct {
	Figures Figures       `json:"figures"`
	Latest  []ArticleItem `json:"latest"`
	Groups  []Group       `json:"groups"`
	Facets  SchoolFacets  `json:"facets"`
}

// Figures are counts of what is public now.
type Figures struct {
	Schools  int    `json:"schools"`
	Articles int    `json:"articles"`
	Month    int    `json:"articles_last_30_days"`
	Columns  int    `json:"columns"`
	Newest   string `json:"newest_published_at"` // RFC 3339, empty when nothing is published
}

// Standard (栏目设置标准) is the version in force, as a tree.
type Standard struct {
	Version     string  `json:"version"`
	Name        string  `json:"name"`
	EffectiveOn string  `json:"effective_on"`
	Groups      []Group `json:"groups"`
}

// Group (栏目组) is a second-level node with its leaves.
type Group struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	Branch  string   `json:"branch"` // 信息公开 or 办事服务
	Columns []Column `json:"columns"`
}

// Column (栏目) is a leaf of the standard. Items is the number of articles a
// school shows there; it is 0 where the column is listed without a school.
type Column struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	Group       string `json:"group"`
	Kind        string `json:"kind"` // one of standard.Kinds, e.g. "list"
	KindName    string `json:"kind_name"`
	Audience    string `json:"audience"`
	Mandatory   bool   `json:"mandatory"`
	Description string `json:"description"`
	Basis       string `json:"basis"`
	Items       int    `json:"items"`
	LatestAt    string `json:"latest_at"`
}

// SchoolFilter narrows the institution lookup (机构查询). It gives all at once where
// Limit is 0.
type SchoolFilter struct {
	Query, Stage, Town, Ownership, Status string

	Cursor string
	Limit  int
}

// SchoolList is the answer to an institution lookup.
type SchoolList struct {
	Items  []SchoolItem `json:"items"`
	Total  int          `json:"total"`
	Query  SchoolQuery  `json:"query"`
	Facets SchoolFacets `json:"facets"`
	Next   string       `json:"next"`

	ComparedOn string `json:"compared_on"` // day on which the list was last compared with the register; "" is never
}

// SchoolQuery repeats the filter that was applied.
type SchoolQuery struct {
	Q         string `json:"q"`
	Stage     string `json:"stage"`
	Town      string `json:"town"`
	Ownership string `json:"ownership"`
	Status    string `json:"status"`
}

// SchoolFacets are the values a visitor may choose from, in the standard's order.
type SchoolFacets struct {
	Stages     []Facet `json:"stages"`
	Towns      []Facet `json:"towns"`
	Ownerships []Facet `json:"ownerships"`
}

// Facet is one choice and how many schools have it.
type Facet struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// SchoolItem is one line of the institution lookup.
type SchoolItem struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Initials  string   `json:"initials"` // pinyin initials, e.g. "hhzx"
	Stages    []string `json:"stages"`
	Ownership string   `json:"ownership"`
	Town      string   `json:"town"`
	Address   string   `json:"address"`
	Phone     string   `json:"phone"`
	Status    string   `json:"status"` // open, planned, merged, closed
}

// SchoolPage is a school's home page: its columns and what is new.
type SchoolPage struct {
	School      SchoolDetail        `json:"school"`
	Groups      []Group             `json:"groups"`
	Latest      []ArticleItem       `json:"latest"`
	Responsible []ResponsiblePerson `json:"responsible"`
}

// ApplyPage explains how to apply to a school for information (依申请公开). What
// is filled in goes from the visitor's browser to /api/app, never through here.
type ApplyPage struct {
	School SchoolDetail `json:"school"`
}

// Blank is a page that shows nothing of the database: what it is for is asked
// for by its script.
type Blank struct{}

// SchoolRef and ColumnRef name what an item belongs to.
type SchoolRef struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
}

// ColumnRef names a column and its group.
type ColumnRef struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	GroupCode string `json:"group_code"`
	GroupName string `json:"group_name"`
}

// ArticleItem is one line of a list of disclosures.
type ArticleItem struct {
	ID          string    `json:"id"`
	IndexNumber string    `json:"index_number"` // 索引号
	Title       string    `json:"title"`
	Summary     string    `json:"summary"`
	School      SchoolRef `json:"school"`
	Column      ColumnRef `json:"column"`
	PublishedAt string    `json:"published_at"` // RFC 3339, UTC
	PublishedOn string    `json:"published_on"` // date in Asia/Shanghai
	State       string    `json:"state"`        // published, withdrawn, concluded, expired or archived
}

// ColumnPage is one column of one school. Single pages carry their article,
// synchronised and generated columns carry Facts.
type ColumnPage struct {
	School   SchoolDetail  `json:"school"`
	Column   Column        `json:"column"`
	GroupRef ColumnRef     `json:"group"`
	Siblings []ColumnRef   `json:"siblings"` // the leaves of the same group
	Items    []ArticleItem `json:"items"`
	Page     int           `json:"page"`
	Pages    int           `json:"pages"`
	Total    int           `json:"total"`
	Article  *Article      `json:"article"`
	Facts    *Table        `json:"facts"`
	Topics   []Topic       `json:"topics"` // of a column of questions

	Responsible []ResponsiblePerson `json:"responsible"` // of 信息公开指南
}

// Table is a small table of named values, e.g. the rows of a structured column.
type Table struct {
	Caption string     `json:"caption"`
	Head    []string   `json:"head"`
	Rows    [][]string `json:"rows"`
	Links   []string   `json:"links"`   // address of each row's page; empty where rows have none
	Entries []Entry    `json:"entries"` // the only row, which reads better as named values than as a table
}

// Article (信息条目) is one disclosed item. A withdrawn one is a tombstone: its
// text, files and facts are gone, the reason stays. Of a concluded 公示 the title
// and its period stay.
type Article struct {
	ArticleItem
	CreatedOn      string       `json:"created_on"`    // 生成日期
	OriginallyOn   string       `json:"originally_on"` // 原发布日期: on the school's old site
	DocNumber      string       `json:"doc_number"`    // 文号
	Source         string       `json:"source"`        // 来源
	ValidUntil     string       `json:"valid_until"`
	CheckedOn      string       `json:"checked_on"`      // 核对日期
	PublicityUntil string       `json:"publicity_until"` // last day of a 公示
	FirstPublished string       `json:"first_published_at"`
	Version        int          `json:"version"`
	BodyHTML       string       `json:"body_html"`
	Facts          *Table       `json:"facts"`
	Call           *Call        `json:"call"`      // 意见征集
	Questions      []Question   `json:"questions"` // what Facts say in a column of questions
	Helpful        int          `json:"helpful"`   // how many it helped; 0 while they are few
	Attachments    []Attachment `json:"attachments"`
	Events         []Event      `json:"events"`    // of a 校历, by date
	Downloads      *int         `json:"downloads"` // how often its files were fetched, of all its versions; only of forms
	Withdrawn      *Withdrawal  `json:"withdrawn"`
}

// IsGone reports whether only the fact of the disclosure is left.
func (a Article) IsGone() bool { return a.Withdrawn != nil || a.State == "concluded" }

// Withdrawal is what a tombstone says.
type Withdrawal struct {
	On     string `json:"on"`
	Reason string `json:"reason"`
}

// ArticlePage is an article with its neighbours in the column.
type ArticlePage struct {
	Article  Article      `json:"article"`
	School   SchoolDetail `json:"school"`
	Previous *ArticleLink `json:"previous"` // published before
	Next     *ArticleLink `json:"next"`     // published after
	Related  []Related    `json:"related"`
	OldFile  *OldFile     `json:"old_file"` // for who followed the link of a file that is no longer offered
	Shows    []string     `json:"-"`        // tags of what else the page shows
}

// ArticleLink is a neighbour.
type ArticleLink struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Attachment (附件) is a file of a published version. URL stays the same for
// ever; once the file is replaced or withdrawn it leads to the article's page.
type Attachment struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	URL    string `json:"url"`
	Label  string `json:"label"` // e.g. "PDF 文档"
	MIME   string `json:"mime"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`
	Human  string `json:"human_size"`
	Image  bool   `json:"image"`
	Alt    string `json:"alt"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Thumb  string `json:"thumbnail"`
}

// SearchFilter is a full-text query with its filters; dates are inclusive. With
// Answers, letters that were answered come first as questions do.
type SearchFilter struct {
	Q, School, Stage, Column string
	From, To                 string
	Answers                  bool
	Page                     int
}

// SearchPage is one page of hits.
type SearchPage struct {
	Query   SearchQuery `json:"query"`
	Total   int         `json:"total"`
	Page    int         `json:"page"`
	Pages   int         `json:"pages"`
	Items   []SearchHit `json:"items"`
	Notice  string      `json:"notice"` // why nothing was searched, in words for the visitor
	Schools []SchoolRef `json:"schools"`
	Groups  []Group     `json:"groups"`
	Stages  []Facet     `json:"stages"`
}

// SearchQuery repeats the filter that was applied.
type SearchQuery struct {
	Q      string `json:"q"`
	School string `json:"school"`
	Stage  string `json:"stage"`
	Column string `json:"column"`
	From   string `json:"from"`
	To     string `json:"to"`
}

// SearchHit is an article with the places where the words stand.
type SearchHit struct {
	ArticleItem
	TitleParts []Part `json:"title_parts"`
	Snippet    []Part `json:"snippet"`
}

// Part is a piece of text that is a hit or not.
type Part struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

// File is an open published file. The caller closes it.
type File struct {
	io.ReadSeekCloser
	Name     string // the name it is saved under
	MIME     string
	Inline   bool // may be shown in the page (images, PDF)
	Modified time.Time
	ETag     string
	Form     string // id of the article whose downloads are counted; empty if they are not
}

// SitemapEntry is one address with its last change.
type SitemapEntry struct {
	Path     string
	Modified time.Time
}
