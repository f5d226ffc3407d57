package registry

import (
	"cmp"
	"slices"
	"strings"
)

// correct notes which values were put right here.
func (p *plan) correct(corrections []Correction) {
	for _, c := range corrections {
		for _, t := range p.stored.id[c.School] {
			t.corrections = append(t.corrections, c)
		}
	}
}

func (t *target) correction(field string) *Correction {
	for i := range t.corrections {
		if t.corrections[i].Field == field {
			return &t.corrections[i]
		}
	}
	return nil
}

// hearCorrections says what has become of the local corrections: taken over by the register, still to be offered to it,
// or overtaken by a value that nobody has seen yet.
func (p *plan) hearCorrections(set *Set) {
	for _, t := range p.targets {
		if t.by == nil || len(t.by.allProblems()) > 0 {
			continue
		}
		for _, c := range t.corrections {
			for _, f := range p.fieldsNamed(c.Field) {
				if t.by.Given[f.name] {
					p.hear(set, t, c, f)
				}
			}
		}
	}
	slices.SortStableFunc(set.Feedback, func(a, b Feedback) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(a.Field, b.Field))
	})
	slices.SortStableFunc(set.Agreed, func(a, b Correction) int {
		return cmp.Or(strings.Compare(a.School, b.School), strings.Compare(a.Field, b.Field))
	})
}

func (p *plan) hear(set *Set, t *target, c Correction, f field) {
	theirs := f.show(t.by.School)
	if agrees(f, c.Value, t.by.School) {
		set.Agreed = append(set.Agreed, c)
		return
	}
	set.Feedback = append(set.Feedback, Feedback{c, t.before.RegistryID, t.before.Code, t.before.Name, theirs})
	l := t.by.line(Conflict, "本地更正为“"+c.Value+"”，名单中现在是“"+theirs+"”；请决定采用哪一个")
	if l.Known = agrees(f, c.Was, t.by.School); l.Known {
		l.Reason = "本地更正为“" + c.Value + "”，名单中仍是“" + theirs + "”；保留本地更正，已列入反馈"
	}
	if f.name == "status" { // a school ends and begins again by acts of its own
		l.Known, l.Reason = true, "本平台是“"+StatusLabel(c.Value)+"”，名单中是“"+StatusLabel(theirs)+"”；如以名单为准，请在学校资料里办理"
	}
	l.Fields = []FieldChange{{f.name, c.Value, theirs}}
	f.take(&l.After, t.by.School)
	set.Lines = append(set.Lines, l)
}

// agrees reports whether a value as text is that of the school, however it is written.
func agrees(f field, value string, s School) bool {
	if value == "" || f.show(s) == value {
		return f.show(s) == value
	}
	var other School
	return ReadField(&other, f.name, value) == "" && sameValue(f, other, s)
}
