package figures

import "fmt"

// Share is a part of a whole, and never shown without it.
type Share struct {
	Name        string
	Label       string
	Part, Whole string // figures
	Target      int    // per cent; 0 if there is none
	How         string
}

var shares = []Share{
	{"compliance", "栏目规范达标率", "columns_met", "columns_mandatory", 100, "达标栏目÷应达标栏目"},
	{"compliance_exist", "栏目设置率", "columns_exist", "columns_mandatory", 100, "已设置栏目÷应达标栏目"},
	{"compliance_filled", "栏目有内容率", "columns_filled", "columns_mandatory", 100, "有内容栏目÷应达标栏目"},
	{"compliance_fresh", "按期更新率", "columns_fresh", "columns_mandatory", 100, "按期更新栏目÷应达标栏目"},
	{"compliance_enough", "数量达标率", "columns_enough", "columns_mandatory", 100, "数量达标栏目÷应达标栏目"},
	{"items_punctual", "按时公开率", "items_on_time", "items_timed", 100, "按时公开信息÷有时限的公开信息"},
	{"requests_punctual", "申请按时办结率", "requests_on_time", "requests_answered", 100, "按时办结申请÷办结申请"},
	{"letters_punctual", "来信按时答复率", "letters_on_time", "letters_answered", 100, "按时答复来信÷答复来信"},
	{"satisfaction", "满意率", "ratings_satisfied", "ratings", 90, "满意评价÷评价；没有评价的来信不计入"},
	{"orders_punctual", "督办整改按时办结率", "orders_on_time", "orders_closed", 100, "按时办结督办整改÷办结督办整改"},
	{"visits_failing", "访问失败率", "visits_failed", "visits_probed", 0, "访问失败÷访问检查，7 天内达到 5% 为站点无法访问"},
}

// Shares are all shares in the order in which they are shown.
func Shares() []Share { return shares }

// Of reads a share of counts.
func (s Share) Of(c Counts) Ratio { return Ratio{Part: c[s.Part], Whole: c[s.Whole]} }

// Ratio is a part of a whole.
type Ratio struct {
	Part  int `json:"part"`
	Whole int `json:"whole"`
}

// Permille is the ratio in tenths of a per cent, rounded down so that 100 % is
// only what is whole; false if there is nothing to divide by.
func (r Ratio) Permille() (int, bool) {
	if r.Whole == 0 {
		return 0, false
	}
	return r.Part * 1000 / r.Whole, true
}

// Percent is the ratio in per cent with one decimal, as people read it: "97.2%",
// rounded down; "—" if there is nothing to divide by.
func (r Ratio) Percent() string {
	permille, ok := r.Permille()
	if !ok {
		return "—"
	}
	return fmt.Sprintf("%d.%d%%", permille/10, permille%10)
}
