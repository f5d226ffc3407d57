package audit

import "fmt"

// Kind is what happened to a chain.
type Kind string

// Kinds of break.
const (
	Changed    Kind = "changed"    // 内容被改动: the row does not fit its own hash
	Missing    Kind = "missing"    // 记录缺失
	Reordered  Kind = "reordered"  // 次序颠倒
	Duplicate  Kind = "duplicate"  // 编号重复: a row was put in
	Renumbered Kind = "renumbered" // 编号被改动: the row is another one of the chain
	Unlinked   Kind = "unlinked"   // 前后不衔接: a row was replaced together with its hash
	Cut        Kind = "cut"        // 末尾被删除, found by a head
	Rewritten  Kind = "rewritten"  // 整体改写, found by a head
)

// Break is a place where the chain does not hold.
type Break struct {
	Kind   Kind   `json:"kind"`
	Number int    `json:"number"`          // of the row, as stored; the first of several
	Until  int    `json:"until,omitempty"` // the last of several: Missing, Reordered, Cut, Rewritten
	Was    int    `json:"was,omitempty"`   // the number that fits: Renumbered
	At     string `json:"at,omitempty"`    // when the head was written down: Cut, Rewritten
}

// Sentence says what is wrong to whoever reads the report.
func (b Break) Sentence() string {
	rows := fmt.Sprintf("第 %d 条", b.Number)
	if b.Until > b.Number {
		rows = fmt.Sprintf("第 %d 条至第 %d 条", b.Number, b.Until)
	}
	switch b.Kind {
	case Changed:
		return rows + "的内容与它的校验值不符，内容或校验值被改动过"
	case Missing:
		return rows + "缺失，可能被删除"
	case Reordered:
		return rows + "不在它原来的位置，记录的次序被改动过"
	case Duplicate:
		return rows + "的编号重复，有记录是后来插入的"
	case Renumbered:
		return fmt.Sprintf("%s原为第 %d 条，编号被改动过", rows, b.Was)
	case Unlinked:
		return fmt.Sprintf("第 %d 条与前一条（第 %d 条）衔接不上，其中一条连同校验值被替换过", b.Number, b.Number-1)
	case Cut:
		return fmt.Sprintf("%s缺失：%s 留存校验值时这些记录已经存在，末尾的记录被删除", rows, b.At)
	case Rewritten:
		return fmt.Sprintf("%s与 %s 留存的校验值不符，这一段记录被改写后重新计算过校验值", rows, b.At)
	}
	return rows + "有异常"
}

// listed is how many breaks a report names one by one.
const listed = 100

// Report is what Verify found.
type Report struct {
	Count  int          `json:"count"`  // rows read
	Last   Head         `json:"last"`   // end of the chain; At is for the caller, who has the clock
	Breaks []Break      `json:"breaks"` // the first hundred, and the first of every kind
	Total  int          `json:"total"`
	Totals map[Kind]int `json:"totals"`
}

// IsIntact reports whether nothing was found.
func (r Report) IsIntact() bool { return r.Total == 0 }

func (r *Report) add(b Break) {
	if n := len(r.Breaks) - 1; n >= 0 && b.Kind == Reordered && r.Breaks[n].Kind == Reordered && max(r.Breaks[n].Number, r.Breaks[n].Until) == b.Number-1 {
		r.Breaks[n].Until = b.Number // rows that stayed together were moved, or passed, together
		return
	}
	r.Total++
	r.Totals[b.Kind]++
	// a flood of small breaks must not hide that the tail was cut
	if len(r.Breaks) < listed || r.Totals[b.Kind] == 1 {
		r.Breaks = append(r.Breaks, b)
	}
}
