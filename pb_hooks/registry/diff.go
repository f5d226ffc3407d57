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
	p := newPlan(existing, rows, d)
	p.place(rows)
	p.fillDerived()
	p.refuseDoubles()
	changes := make([]Change, len(rows))
	for i := range rows {
		changes[i] = p.change(rows[i])
	}
	return changes
}

// NextCode is the first free code of the form district and four-digit serial, for a school that came without one.
func NextCode(district string, taken map[string]bool) string {
	for serial := 1; ; serial++ {
		if code := fmt.Sprintf("%s%04d", district, serial); !taken[code] {
			return code
		}
	}
}

// change tells what the row did, once all are placed.
func (p *plan) change(row Row) Change {
	c := Change{Line: row.Line, Kind: Bad, School: row.School, Problems: row.Problems}
	if len(c.Problems) > 0 {
		return c
	}
	if c.Problems = p.refused[row.Line]; len(c.Problems) > 0 {
		return c
	}
	t := p.byLine[row.Line]
	if t.problem != nil {
		c.Problems = []Problem{{row.Line, t.problem.Field, t.problem.Reason}}
		return c
	}
	c.School = t.after
	if p.isCampus(row) {
		c.Fields = p.campusFields[row.Line]
		c.Kind = AddCampus
		if len(c.Fields) == 0 {
			c.Kind = Same
		}
		return c
	}
	if t.isNew {
		c.Kind = Create
		return c
	}
	c.Fields = differences(t.before, t.after)
	c.Kind = Update
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

// take writes what the row says over what is stored. A name is taken only by code: who was found by a name or alias is
// already known by it.
func take(to *School, row Row) {
	old := to.Name
	for _, f := range fields {
		if row.Given[f.name] && f.name != "name" {
			f.take(to, row.School)
		}
	}
	if row.Given["code"] && key(old) != key(row.School.Name) {
		to.Name = row.School.Name
		to.Aliases = addAliases(to.Aliases, old)
	}
	dropOwnName(to)
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
