// Package source reads the district's register of institutions (区机构查询平台), whose interface is not public: JSON or HTML
// over HTTP, OneRoster, or a file. What is where is configuration, tried on live rows before it is used. It stores
// nothing and has no clock of its own; what is to be remembered for the next reading is State.
//
// A reading is whole or it fails: with a Fault no rows come out. The other side is not trusted with anything: not with
// an address it leads to, the size of what it sends, the time it takes, or how many pages it has.
package source

import (
	"crypto/x509"
	"time"

	"gongkai/pb_hooks/registry"
)

// Answer is one whole reading of a source.
type Answer struct {
	Rows      []registry.Row // in the order of the source; Line counts from 1, in files it is the line of the file
	Unchanged bool           // the source says that nothing has changed: there are no Rows, and nothing has vanished
	Partial   bool           // only what has changed since the last reading: what is missing has not vanished
	State     State          // for the next reading
	Shape     Shape          // which fields came; compare it with that of the last whole reading

	Pages    int   // asked for
	Bytes    int64 // as read, after decompression
	Repeated int   // rows that came more than once, word for word, and stand in Rows once
	Left     int   // rows of a OneRoster source that are no schools
}

// State is what a source said about its answer, kept between two readings. The zero State reads everything. It is
// ignored once the Config has changed.
type State struct {
	Config       string `json:"config,omitempty"` // fingerprint of the configuration it belongs to
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	Since        string `json:"since,omitempty"` // instant of RFC 3339 from which on changes are to be asked for
	File         string `json:"file,omitempty"`  // fingerprint of the file
}

// Limits are what the administrator and the product allow a reading, whatever its Config says. A number that is 0 is
// the default named here.
type Limits struct {
	Private bool           // the host of the Config may have an address inside an office (10.…, 192.168.…)
	Roots   *x509.CertPool // who is trusted to certify a host; nil trusts whom the machine trusts
	Folder  string         // of the server, below which the folders of files lie; empty allows none

	PageBytes  int64         // of one answer, after decompression: 16 MiB
	TotalBytes int64         // 64 MiB
	Pages      int           // 1,000
	Rows       int           // 20,000
	Wait       time.Duration // for one answer, all of it: 30 s
	Longest    time.Duration // for the reading: 15 min
	Tries      int           // of one request: 4
	Pause      time.Duration // before the second try, doubled before each further one: 1 s

	Progress func(pages, rows int) // told after every page; may be nil
}

// Trial is what a mapping makes of the first page of a source.
type Trial struct {
	Samples   []Sample `json:"samples"`
	Shape     Shape    `json:"shape"`     // of the whole page
	Total     int      `json:"total"`     // rows the source says it has; -1 if it does not say
	More      bool     `json:"more"`      // there are further pages
	Beginning string   `json:"beginning"` // of the answer as text, also when the mapping finds nothing in it
	Lists     []string `json:"lists"`     // where rows could be: paths of JSON, selectors of a page
	Places    []Place  `json:"places"`    // what the first row offers
}

// Place is where a field could come from.
type Place struct {
	Name    string `json:"name"`    // path of JSON, selector of a page, or title of a file
	Title   string `json:"title"`   // what the source calls it
	Example string `json:"example"` // what stands there in a row
	Field   string `json:"field"`   // which its title says; empty for a title that nobody knows
}

// Sample is one row as it came, and what the mapping makes of it.
type Sample struct {
	Line     int                `json:"line"`
	Raw      string             `json:"raw"` // JSON, HTML or cells
	Values   []SampleValue      `json:"values"`
	Problems []registry.Problem `json:"problems"` // of no single field
}

// SampleValue is one field of a Sample.
type SampleValue struct {
	Field   string `json:"field"`
	Label   string `json:"label"`
	Raw     string `json:"raw"`     // what stands in the source
	Value   string `json:"value"`   // what is kept
	Problem string `json:"problem"` // why it cannot be kept; a sentence
}
