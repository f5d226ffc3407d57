package dossier

import (
	"fmt"

	"gongkai/pb_hooks/audit"
)

// Report is what Check found, in sentences for whoever reads it.
type Report struct {
	Title  string // what the file says it is about
	Holds  []string
	Breaks []string // at most listed, then Total says more

	Total int           // breaks found
	Rows  []audit.Entry // the rows of the audit in the file, to be held against those of the server
	Head  audit.Head
}

// listed is how many breaks a report names one by one.
const listed = 50

// IsIntact reports whether nothing was found.
func (r Report) IsIntact() bool { return r.Total == 0 }

// Break adds what does not hold.
func (r *Report) Break(sentence string, args ...any) {
	r.Total++
	if len(r.Breaks) < listed {
		r.Breaks = append(r.Breaks, fmt.Sprintf(sentence, args...))
	}
}

// Ask does one part of the check. What it says holds if it found no break.
func (r *Report) Ask(part func(*Report) (holds string)) {
	before := r.Total
	if holds := part(r); r.Total == before && holds != "" {
		r.Holds = append(r.Holds, holds)
	}
}
