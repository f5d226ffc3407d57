// Package dossier writes everything kept of one article into one zip file, with
// its proof, and checks such a file without the database. It knows no database
// and no clock: what is in the file comes in as plain values, a stream goes out;
// a file comes in, a report goes out.
//
// The proof is this: whoever has the file can compute the hash of each version
// anew from its text and files, finds that hash in each step that was taken on
// it, finds each step with all it says in a row of the audit, and finds that
// each row fits its own hash. Only where the rows fit the chain they were taken
// from must be asked of the server.
package dossier

import (
	"encoding/json"
	"io"
	"time"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/publication"
)

// Format is the number of the layout that Write writes. Check knows this one
// and those before it.
const Format = 1

// instant is how instants stand in the data: UTC, as stored.
const instant = "2006-01-02 15:04:05.000Z"

// Beijing is the time of the district; the times of the files in the zip are in it.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// Dossier is everything kept of one article, as far as its exporter may see it.
type Dossier struct {
	Article  Article
	Versions []Version // by number
	Steps    []Step    // oldest first
	Findings []Finding
	Audit    []audit.Entry // by number; the last one is the export itself
	Head     audit.Head    // the chain as it ended with the export
	Forms    []Form
}

// Article is 信息.json.
type Article struct {
	Format           int    `json:"format"`
	ID               string `json:"id"`
	IndexNumber      string `json:"index_number"`
	Title            string `json:"title"`
	SchoolCode       string `json:"school_code"`
	School           string `json:"school"`
	ColumnCode       string `json:"column_code"`
	Column           string `json:"column"` // with its branch and group
	State            string `json:"state"`
	StateName        string `json:"state_name"`
	Stage            string `json:"stage"`
	StageName        string `json:"stage_name"`
	Published        string `json:"published_version"` // id of the version that is or was public; "" none
	PublishedAt      string `json:"published_at"`
	FirstPublishedAt string `json:"first_published_at"`
	WithdrawnAt      string `json:"withdrawn_at"`
	WithdrawnReason  string `json:"withdrawn_reason"`
	ValidUntil       string `json:"valid_until"`
	PublicityUntil   string `json:"publicity_until"`
	CheckedOn        string `json:"checked_on"`
	Demo             bool   `json:"demo"` // fictional
	Export           Export `json:"export"`
}

// Export says who took the dossier out, and what was left out for them.
type Export struct {
	At            string `json:"at"`
	By            string `json:"by"`
	Unit          string `json:"unit"`
	SubmittedOnly bool   `json:"submitted_only"` // texts that were never submitted are the school's own
}

// Version is 版本.json.
type Version struct {
	ID                string          `json:"id"`
	Number            int             `json:"number"`
	Title             string          `json:"title"`
	Source            string          `json:"source"`
	DocNumber         string          `json:"doc_number"`
	CreatedOn         string          `json:"created_on"`
	OriginallyOn      string          `json:"originally_on,omitempty"`
	ValidUntil        string          `json:"valid_until"`
	PublicityWorkdays int             `json:"publicity_workdays"`
	ReleaseAt         string          `json:"release_at"`
	Facts             json.RawMessage `json:"facts"`
	Attachments       []Attachment    `json:"attachments"`
	Note              string          `json:"note"` // of the writer to the reviewers
	Writers           []Person        `json:"writers"`
	RestoredFrom      string          `json:"restored_from"`
	Submitted         bool            `json:"submitted"`
	SavedAt           string          `json:"saved_at"`
	Hash              string          `json:"hash"`    // as the platform keeps it
	HashOf            string          `json:"hash_of"` // how to compute it; Write fills it in
	Body              string          `json:"body"`
}

// Person is somebody of staff.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Attachment is a file of a version. Open is asked once, while the zip is written.
type Attachment struct {
	File   string `json:"file"` // its place in the zip; Write fills it in
	ID     string `json:"id"`
	Name   string `json:"name"`
	Alt    string `json:"alt"`
	MIME   string `json:"mime"`
	Size   int64  `json:"size"` // bytes
	SHA256 string `json:"sha256"`

	Open func() (io.ReadCloser, error) `json:"-"`
}

// Step is a line of 办理记录.
type Step struct {
	Number        int             `json:"number"` // 1, 2, 3 …
	ID            string          `json:"id"`
	At            string          `json:"at"`
	Stage         string          `json:"stage"` // at which it was taken
	StageName     string          `json:"stage_name"`
	Action        string          `json:"action"`
	ActionName    string          `json:"action_name"`
	Version       string          `json:"version"`
	VersionNumber int             `json:"version_number"`
	Hash          string          `json:"hash"` // of the version, as the server computed it then; "" where the step is about no text
	By            string          `json:"by"`
	ByName        string          `json:"by_name"`
	For           string          `json:"for"` // whom they stood in for
	ForName       string          `json:"for_name"`
	Duty          string          `json:"duty"`
	DutyName      string          `json:"duty_name"`
	AtBureau      bool            `json:"at_bureau"`
	Form          string          `json:"form"`
	FormName      string          `json:"form_name"`
	Writers       []string        `json:"writers"`
	Reason        string          `json:"reason"`
	Check         json.RawMessage `json:"check"`
}

// Finding is an entry of 自动检查.json.
type Finding struct {
	ID            string `json:"id"`
	Version       string `json:"version"`
	VersionNumber int    `json:"version_number"`
	Attachment    string `json:"attachment"`
	Class         string `json:"class"`
	ClassName     string `json:"class_name"`
	Level         string `json:"level"`
	LevelName     string `json:"level_name"`
	Place         string `json:"place"`
	Sample        string `json:"sample"` // masked
	Hint          string `json:"hint"`
	Found         string `json:"found"` // submit, rescan
	WordList      int    `json:"word_list"`
	State         string `json:"state"` // open, overridden, resolved
	Reason        string `json:"reason"`
	By            string `json:"by"`
	ByName        string `json:"by_name"`
	At            string `json:"at"`
}

// Form is a printed 审核登记表.
type Form struct {
	Version int
	Data    []byte
}

// Text is what the hash of the version covers, with these sums of its files.
func (v Version) Text(sums []string) publication.ExactText {
	t := publication.ExactText{Title: v.Title, Source: v.Source, DocNumber: v.DocNumber, CreatedOn: v.CreatedOn, OriginallyOn: v.OriginallyOn, ValidUntil: v.ValidUntil,
		Body: v.Body, Facts: v.Facts, PublicityWorkdays: v.PublicityWorkdays, ReleaseAt: v.ReleaseAt}
	for i, a := range v.Attachments {
		t.Files = append(t.Files, publication.ExactFile{SHA256: sums[i], Name: a.Name, Alt: a.Alt})
	}
	return t
}

func (v Version) sums() (list []string) {
	for _, a := range v.Attachments {
		list = append(list, a.SHA256)
	}
	return list
}
