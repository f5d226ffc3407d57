package registry

import (
	"fmt"
	"slices"
)

// Change is what one line does. School is the whole school afterwards, with all that other lines do to it, so that
// saving the School of every Create, Update and AddCampus once stores everything.
type Change struct {
	Line     int
	Kind     Kind
	School   School
	Fields   []FieldChange
	Problems []Problem
}

// Diff says what each row changes in the existing schools. A row is matched by code, else by name, else by alias;
// cells that are empty erase nothing, and a school renamed keeps its old name as an alias. A row 甲（乙校区） is a campus
// where 甲 is a school, unless it is itself stored as a school or has a code of its own.
func Diff(existing []School, rows []Row, d District) []Change {
	p := newPlan(existing, rows, d, true)
	p.place()
	p.fillDerived()
	p.refuseDoubles()
	changes := make([]Change, 0, len(rows))
	for _, s := range p.rows {
		changes = append(changes, change(s))
	}
	return changes
}

// NextCode is the first free code of the form district and four-digit serial, for a school that came without one.
func NextCode(district string, taken map[string]bool) string {
	code, _ := nextCode(district, taken, 1)
	return code
}

func nextCode(district string, taken map[string]bool, from int) (string, int) {
	for serial := from; ; serial++ {
		if code := fmt.Sprintf("%s%04d", district, serial); !taken[code] {
			return code, serial
		}
	}
}

// change tells what the row did, once all are placed.
func change(s *said) Change {
	c := Change{Line: s.Line, Kind: Bad, School: s.School, Problems: s.allProblems()}
	if len(c.Problems) > 0 {
		return c
	}
	c.School = s.target.after
	switch {
	case s.isCampus:
		c.Kind, c.Fields = AddCampus, s.campus
	case s.target.isNew:
		c.Kind = Create
		return c
	default:
		c.Kind, c.Fields = Update, differences(s.target.before, s.target.after)
	}
	if len(c.Fields) == 0 {
		c.Kind = Same
	}
	return c
}

// differences are the fields that change, campuses aside: they are lines of their own.
func differences(before, after School) []FieldChange {
	var changes []FieldChange
	for _, f := range fields {
		if from, to := f.show(before), f.show(after); from != to {
			changes = append(changes, FieldChange{f.name, from, to})
		}
	}
	return changes
}

// dropOwnName keeps the aliases other names than the name.
func dropOwnName(s *School) {
	s.Aliases = slices.DeleteFunc(s.Aliases, func(alias string) bool { return key(alias) == key(s.Name) })
}

// addCampus adds the campus to the school or completes the one of that name.
func addCampus(to *School, campus Campus) []FieldChange {
	i := slices.IndexFunc(to.Campuses, func(c Campus) bool { return key(c.Name) == key(campus.Name) })
	if i < 0 {
		to.Campuses = append(to.Campuses, campus)
		return []FieldChange{{"campuses", "", campus.text()}}
	}
	before := to.Campuses[i]
	after := before
	if campus.Address != "" {
		after.Address = campus.Address
	}
	if campus.Phone != "" {
		after.Phone = campus.Phone
	}
	if after == before {
		return nil
	}
	to.Campuses[i] = after
	return []FieldChange{{"campuses", before.text(), after.text()}}
}

func (c Campus) text() string {
	text := c.Name
	for _, more := range []string{c.Address, c.Phone} {
		if more != "" {
			text += "，" + more
		}
	}
	return text
}
