package standard

import (
	"fmt"
	"slices"
	"strings"
)

const mostWords = 20

// moves checks every move by itself and the moves of one column together.
func (c *checker) moves() {
	for i, m := range c.Moves {
		c.at = m.From
		field := func(name string) string { return fmt.Sprintf("moves.%d.%s", i, name) }
		old, known := Find(c.Before, m.From)
		now, stays := written(c.Columns, m.From)
		switch {
		case !known || !old.Leaf || !old.Kind.IsWritten():
			c.fault(field("from"), "现行标准里没有可以发布信息的栏目“%s”", m.From)
		case stays && !narrower(old, now):
			c.fault(field("from"), "栏目“%s”仍然保留，不需要沿革", old.Name)
		}
		if _, ok := written(c.Columns, m.To); !ok {
			c.fault(field("to"), "“%s”不是新标准里可以发布信息的栏目", m.To)
		} else if m.To == m.From {
			c.fault(field("to"), "去处不能是它自己")
		}
		c.wordsOf(i, m, field("words"))
	}
}

func (c *checker) wordsOf(i int, m Move, field string) {
	same := func(other Move) bool { return other.From == m.From && other.School == m.School }
	last := !slices.ContainsFunc(c.Moves[i+1:], same)
	switch {
	case last && len(m.Words) > 0:
		c.fault(field, "同一栏目的最后一条沿革不写词语：其余信息都到那里")
	case !last && len(m.Words) == 0:
		c.fault(field, "拆分到几个栏目时，除最后一条外都要写明标题里含有的词语")
	case len(m.Words) > mostWords:
		c.fault(field, "最多 %d 个词语", mostWords)
	}
	for n, w := range m.Words {
		earlier := slices.ContainsFunc(c.Moves[:i], func(other Move) bool { return same(other) && slices.Contains(other.Words, w) })
		switch {
		case strings.TrimSpace(w) == "" || strings.TrimSpace(w) != w || strings.ContainsAny(w, "、；\n"):
			c.fault(field, "词语“%s”不能为空，不能含空格、顿号或分号", w)
		case earlier || slices.Contains(m.Words[:n], w):
			c.fault(field, "词语“%s”重复", w)
		}
	}
}

// narrower reports whether some school could lose the column.
func narrower(old, now Column) bool {
	stages := slices.ContainsFunc(old.Stages, func(s string) bool { return !slices.Contains(now.Stages, s) })
	return stages || now.Ownership != "" && now.Ownership != old.Ownership || now.Condition != "" && now.Condition != old.Condition
}
