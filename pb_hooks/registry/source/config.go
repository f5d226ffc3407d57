package source

import "gongkai/pb_hooks/registry"

// Kind is how a source is read.
type Kind string

// Kinds.
const (
	JSON      Kind = "json"
	HTML      Kind = "html"
	OneRoster Kind = "oneroster" // 1.2, orgs; URL is the base before /ims/oneroster
	File      Kind = "file"      // CSV or XLSX: uploaded, or the newest of a folder
)

// Config says how a source is read. It holds no secret and may be shown to whoever may see the source. Check tells what
// is wrong with it.
type Config struct {
	Kind   Kind    `json:"kind"`
	URL    string  `json:"url,omitempty"`
	Params []Param `json:"params,omitempty"` // of the request, beside those in URL
	Auth   Auth    `json:"auth"`
	Paging Paging  `json:"paging"`
	Since  Since   `json:"since"`
	Pace   float64 `json:"pace,omitempty"` // requests a second, 0.1 to 50; 0 is 10

	// Rows is where the rows are: a gjson path, empty where the answer itself is the list; a CSS selector.
	Rows string `json:"rows,omitempty"`
	// Fields maps the names of registry.SaidNames. OneRoster and files need none: what is named here comes on top.
	Fields map[string]Field `json:"fields,omitempty"`
	// Scope is what the source speaks for, where it lists a part of the district.
	Scope registry.Scope `json:"scope,omitzero"`
	// Good tells an answer from an error that a server sends with status 200.
	Good Good `json:"good"`
	// Detail is the selector of the link, within a row, to the page with the rest of it. HTML only.
	Detail string `json:"detail,omitempty"`

	Folder string `json:"folder,omitempty"` // below Limits.Folder; empty for a source of uploads
	Files  string `json:"files,omitempty"`  // pattern of names: *.xlsx; empty is every .csv and .xlsx
	Sheet  string `json:"sheet,omitempty"`  // of a workbook; empty is the first
	Titles int    `json:"titles,omitempty"` // line of the titles; 0 looks for it
}

// Field is where one field of a school comes from. Of From, Param and Const one is given.
type Field struct {
	// From are gjson paths within the row, CSS selectors within the row (empty: the row itself), or titles of columns.
	// What they find is joined with Join.
	From   []string `json:"from,omitempty"`
	Join   string   `json:"join,omitempty"`
	Attr   string   `json:"attr,omitempty"`   // HTML: this attribute, not the text
	Detail bool     `json:"detail,omitempty"` // HTML: from the page that Config.Detail leads to
	Param  string   `json:"param,omitempty"`  // the value of this request parameter that the row was asked with
	Const  string   `json:"const,omitempty"`  // the same for all rows
	Match  string   `json:"match,omitempty"`  // regular expression; its first group, or all of it, is the value
	// Values are the words of the source and ours. A value that is neither is a problem of its row. Parts of a list
	// (小学、初中) are looked up one by one.
	Values map[string]string `json:"values,omitempty"`
}

// Param is a parameter of the request. With several values the source is asked once with each; of several such
// parameters with all combinations.
type Param struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// Way is how one comes from page to page.
type Way string

// Ways.
const (
	OnePage    Way = ""       // everything is in one answer
	ByPage     Way = "page"   // Param counts pages
	ByOffset   Way = "offset" // Param counts rows
	ByCursor   Way = "cursor" // Param takes what Next found in the page before; the last page has none
	ByNextLink Way = "link"   // the address that Next finds (a path, or a selector of a link), or the Link header (RFC 8288)
)

// Paging is how one comes from page to page. Without Total pages are read until one is empty, so that a server which
// gives fewer rows a page than it was asked for loses none.
type Paging struct {
	Way         Way    `json:"way,omitempty"`
	Param       string `json:"param,omitempty"`
	First       int    `json:"first"` // number of the first page, or of the first row
	Size        int    `json:"size,omitempty"`
	SizeParam   string `json:"size_param,omitempty"`
	Next        string `json:"next,omitempty"`
	Total       string `json:"total,omitempty"`        // path, or selector of a text whose last number it is: 共 312 条
	TotalHeader string `json:"total_header,omitempty"` // X-Total-Count
}

// Good is how an answer says that it is one.
type Good struct {
	Path   string   `json:"path,omitempty"` // of JSON; empty asks nothing
	Values []string `json:"values,omitempty"`
	Reason string   `json:"reason,omitempty"` // path of what it says otherwise
}

// Since is how a source is asked only for what has changed. Only JSON and OneRoster.
type Since struct {
	Param string `json:"param,omitempty"` // empty: the source cannot
	// Layout is rfc3339, date (2026-09-01), datetime (2026-09-01 08:00:00) in the district's time, unix or unixms.
	Layout string `json:"layout,omitempty"`
	// Template has {since} where the time goes; empty is the time alone.
	Template string `json:"template,omitempty"`
}

// Sign is how the reader says who it is.
type Sign string

// Signs.
const (
	Unsigned Sign = ""
	ByHeader Sign = "header" // Name: Prefix + secret
	ByQuery  Sign = "query"  // ?Name=secret
	ByBasic  Sign = "basic"  // User and secret
	ByOAuth2 Sign = "oauth2" // client credentials: User is the client, TokenURL gives tokens for the secret
)

// Auth is how the reader says who it is, without the secret.
type Auth struct {
	Sign     Sign     `json:"sign,omitempty"`
	Name     string   `json:"name,omitempty"`
	Prefix   string   `json:"prefix,omitempty"` // "Bearer "
	User     string   `json:"user,omitempty"`
	TokenURL string   `json:"token_url,omitempty"`
	Scopes   []string `json:"scopes,omitempty"`
}

// Secrets is what only the source and this server know: token, password or client secret, by the Sign of the Config.
type Secrets struct {
	Secret string `json:"secret"`
}

// String hides the secret from whatever prints it.
func (s Secrets) String() string { return "***" }

// GoString hides the secret from %#v.
func (s Secrets) GoString() string { return "***" }
