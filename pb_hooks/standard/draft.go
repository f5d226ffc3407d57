package standard

import (
	"fmt"
	"slices"
	"strings"
)

// Draft is a version in the making, with what it is held against.
type Draft struct {
	Columns []Column // in the standard's order
	Moves   []Move
	Before  []Column // the version in force
	Used    []string // codes of all versions that were ever in force
	// LowRisk tells which columns two people may review.
	LowRisk func(code string) bool
}

// Level is 1 for a branch, 2 for a group, 3 for a leaf, 0 for what is no code.
func Level(code string) int {
	for i, r := range code {
		if i == 0 && (r < 'A' || r > 'Z') || i > 0 && (r < '0' || r > '9') {
			return 0
		}
	}
	switch len(code) {
	case 1, 3, 5:
		return (len(code) + 1) / 2
	}
	return 0
}

// Find finds a column by its code.
func Find(columns []Column, code string) (Column, bool) {
	i := indexOf(columns, code)
	if i < 0 {
		return Column{}, false
	}
	return columns[i], true
}

func indexOf(columns []Column, code string) int {
	return slices.IndexFunc(columns, func(c Column) bool { return c.Code == code })
}

// written returns a leaf that people write into.
func written(columns []Column, code string) (Column, bool) {
	c, ok := Find(columns, code)
	return c, ok && c.Leaf && c.Kind.IsWritten()
}

// NextCode is the next code under a parent that was never used; empty if all 99 were.
func (d Draft) NextCode(parent string) string {
	last := 0
	for _, code := range slices.Concat(codesOf(d.Columns), codesOf(d.Before), d.Used) {
		if len(code) == len(parent)+2 && strings.HasPrefix(code, parent) {
			var n int
			if _, err := fmt.Sscanf(code[len(parent):], "%02d", &n); err == nil {
				last = max(last, n)
			}
		}
	}
	if last >= 99 {
		return ""
	}
	return fmt.Sprintf("%s%02d", parent, last+1)
}

func codesOf(columns []Column) []string {
	codes := make([]string, len(columns))
	for i, c := range columns {
		codes[i] = c.Code
	}
	return codes
}

// Add puts a column at the end of its parent, under the next free code.
func (d Draft) Add(c Column) (Draft, string) {
	c.Code = d.NextCode(c.Parent)
	c.Leaf = Level(c.Parent) == 2
	if parent, ok := Find(d.Columns, c.Parent); ok {
		c.Branch = parent.Branch
	}
	d.Columns = slices.Insert(slices.Clone(d.Columns), d.end(c.Parent), c)
	return d, c.Code
}

// end is the place behind a column and everything under it.
func (d Draft) end(parent string) int {
	last := len(d.Columns)
	for i, c := range d.Columns {
		if strings.HasPrefix(c.Code, parent) {
			last = i + 1
		}
	}
	return last
}

// Replace puts a changed column in the place of the one with its code.
func (d Draft) Replace(c Column) Draft {
	d.Columns = slices.Clone(d.Columns)
	d.Columns[indexOf(d.Columns, c.Code)] = c
	return d
}

// Remove takes out a leaf, or a group that has none.
func (d Draft) Remove(code string) Draft {
	d.Columns = slices.DeleteFunc(slices.Clone(d.Columns), func(c Column) bool { return c.Code == code })
	return d
}

// Place puts a column, with what stands under it, before the position-th child of
// its parent, counted from 0 without the column itself. In another group a leaf
// gets a new code; if the version in force has it, a move says where it went. It
// returns the code that the column then has.
func (d Draft) Place(code, parent string, position int) (Draft, string) {
	moving, rest := []Column{}, []Column{}
	for _, c := range d.Columns {
		if strings.HasPrefix(c.Code, code) {
			moving = append(moving, c)
		} else {
			rest = append(rest, c)
		}
	}
	after := code
	if moving[0].Parent != parent {
		after, d.Moves = d.recode(code, parent)
		moving[0].Code, moving[0].Parent = after, parent
		if p, ok := Find(d.Columns, parent); ok {
			moving[0].Branch = p.Branch
		}
	}
	left := Draft{Columns: rest}
	at := left.end(parent)
	for i, c := range rest {
		if c.Parent == parent {
			if position == 0 {
				at = i
				break
			}
			position--
		}
	}
	d.Columns = slices.Insert(rest, at, moving...)
	return d, after
}

// recode is the code that a leaf gets under another parent, with the moves that say
// so. Where it came from there, it takes its old code back.
func (d Draft) recode(code, parent string) (string, []Move) {
	after, moves := d.NextCode(parent), slices.Clone(d.Moves)
	back := slices.IndexFunc(moves, func(m Move) bool {
		_, taken := Find(d.Columns, m.From)
		return m.To == code && m.School == "" && len(m.Words) == 0 && !taken && strings.HasPrefix(m.From, parent)
	})
	if back >= 0 {
		after = moves[back].From
		moves = slices.Delete(moves, back, back+1)
	}
	for i := range moves {
		if moves[i].To == code {
			moves[i].To = after
		}
	}
	if _, known := Find(d.Before, code); known {
		moves = append(moves, Move{From: code, To: after, Words: []string{}})
	}
	return after, moves
}

// Restore takes back a column of the version in force that the draft took out, with
// no move from it: behind the ones that stood before it in its group.
func (d Draft) Restore(c Column) Draft {
	at := indexOf(d.Columns, c.Parent) + 1
	for _, old := range d.Before {
		if old.Code == c.Code {
			break
		}
		if i := indexOf(d.Columns, old.Code); i >= 0 && (old.Parent == c.Parent || strings.HasPrefix(old.Code, c.Parent) && len(old.Code) > len(c.Code)) {
			at = i + 1
		}
	}
	d.Columns = slices.Insert(slices.Clone(d.Columns), at, c)
	d.Moves = slices.DeleteFunc(slices.Clone(d.Moves), func(m Move) bool { return m.From == c.Code })
	return d
}
