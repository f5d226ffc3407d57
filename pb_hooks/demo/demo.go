// Package demo makes up a district that does not exist: schools, people and what they publish, the same for the same seed.
// It knows the column standard and the calendar it is given; it stores nothing, asks no clock and no network.
package demo

import (
	"fmt"
	"iter"
	"time"

	"gongkai/pb_hooks/standard"
)

// The fictional district.
const (
	DistrictCode = "999999"
	DistrictName = "示范区"
	// Phone is every telephone number of the district: nobody has it.
	Phone = "021-00000000"
	// Notice ends every text, so that nobody takes it for a real one.
	Notice = "（本文为演示数据，文中的学校、人员、电话和事项均为虚构。）"
)

// TextLength is how many characters an article has if a plan says nothing else.
const TextLength = 1500

// Plan is what the demonstration is made from.
type Plan struct {
	Schools  int
	Articles int // of each school
	Seed     uint64
	Until    time.Time // nothing is published later
	Length   int       // characters of a text; 0 is TextLength
	Columns  []standard.Column
	Location *time.Location
	Full     bool // schools that are not open publish as much as the others
	Days     int  // of which there are snapshots
}

// Latest is the last working hour that a demonstration shows, unless the clock has not come so far.
var Latest = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) // 17:00 in Shanghai, a Friday

// span is how far back the texts reach: three terms.
const span = 548 * 24 * time.Hour

// Article is a made-up disclosure.
type Article struct {
	Key         string // tells it from every other of any plan
	School      School
	Column      string
	Title       string
	DocNumber   string
	CreatedOn   string
	PublishedAt time.Time
	Body        string
	Facts       []map[string]string
	Files       []File
}

// All makes the articles of a school one after the other.
func (p Plan) All(s School) iter.Seq[Article] {
	return func(yield func(Article) bool) {
		for i, slot := range p.schedule(s) {
			if !yield(p.article(s, i, slot)) {
				return
			}
		}
	}
}

// Total is how many articles the plan makes.
func (p Plan) Total() (n int) {
	for _, s := range p.Made() {
		n += len(p.schedule(s))
	}
	return n
}

// KeyPrefix begins the keys of all articles of the plan and of no other plan.
func (p Plan) KeyPrefix() string { return fmt.Sprintf("demo/%d/%d/%d/", p.Seed, p.Schools, p.Articles) }

func (p Plan) article(s School, serial int, slot slot) Article {
	w := p.writer(s, serial, slot)
	a := Article{Key: fmt.Sprintf("%s%s/%d", p.KeyPrefix(), s.Code, serial), School: s, Column: slot.column.Code, PublishedAt: slot.at}
	created := slot.at.AddDate(0, 0, -w.IntN(4))
	a.CreatedOn = created.In(p.Location).Format(time.DateOnly)
	a.Title = w.title()
	a.Facts = w.facts(a.Title)
	a.Body = w.body()
	a.Files = w.files(a.Title)
	if w.hasDocNumber() {
		a.DocNumber = w.fill("{文号}")
	}
	return a
}
