package compliance

import (
	"fmt"
	"strconv"
	"strings"
)

// Mark is how a snapshot keeps what was measured of a column.
type Mark struct {
	Exempt, Mandatory             bool
	Exists, Filled, Fresh, Enough bool
}

// Met reports whether the column met the standard.
func (m Mark) Met() bool { return m.Exists && m.Filled && m.Fresh && m.Enough }

// Counted reports whether the column was part of the 栏目规范达标率.
func (m Mark) Counted() bool { return m.Mandatory && !m.Exempt }

// Encode writes what was measured as a snapshot keeps it: "A0101=2f A0102=0b", a
// code and two hexadecimal digits: 1 exists, 2 filled, 4 fresh, 8 enough; 1 exempt,
// 2 mandatory before them.
func (s School) Encode() string {
	var b strings.Builder
	for i, r := range s.Results {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%s=%x%x", r.Column.Code, bits(r.Exempt, r.Column.Mandatory), bits(r.Exists, r.Filled, r.Fresh, r.Enough))
	}
	return b.String()
}

func bits(flags ...bool) (n int) {
	for i, f := range flags {
		if f {
			n |= 1 << i
		}
	}
	return n
}

// Decode reads what Encode wrote and hands each column to use, in order.
func Decode(text string, use func(code string, m Mark)) error {
	for _, field := range strings.Fields(text) {
		code, digits, found := strings.Cut(field, "=")
		n, err := strconv.ParseUint(digits, 16, 8)
		if !found || err != nil {
			return fmt.Errorf("%q is no column of a snapshot", field)
		}
		use(code, Mark{Exempt: n&0x10 != 0, Mandatory: n&0x20 != 0, Exists: n&1 != 0, Filled: n&2 != 0, Fresh: n&4 != 0, Enough: n&8 != 0})
	}
	return nil
}
