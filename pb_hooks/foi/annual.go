package foi

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/workday"
)

// Period is what a table is about: whole days, both ends included. The annual
// report takes a calendar year; any other period counts the same way.
type Period struct {
	From workday.Date `json:"from"`
	To   workday.Date `json:"to"`
}

// YearOf is the period of an annual report, 1 January to 31 December.
func YearOf(year int) Period {
	return Period{workday.Date(fmt.Sprintf("%04d-01-01", year)), workday.Date(fmt.Sprintf("%04d-12-31", year))}
}

func (p Period) check() error {
	if !p.From.IsValid() || !p.To.IsValid() || p.From > p.To {
		return BadPeriod{p}
	}
	return nil
}

// BadPeriod is a period that is none.
type BadPeriod struct{ Period Period }

func (e BadPeriod) Error() string {
	return fmt.Sprintf("统计期间“%s 至 %s”不正确", e.Period.From, e.Period.To)
}

// Code is the machine's name of the error.
func (e BadPeriod) Code() string { return "annual_bad_period" }

// Params are the words a page may need.
func (e BadPeriod) Params() map[string]any {
	return map[string]any{"from": e.Period.From, "to": e.Period.To}
}

// ApplicantClass is who applied, as table 3 divides applicants.
type ApplicantClass string

// Classes of applicants; all but the first are 法人或其他组织.
const (
	ClassPerson   ApplicantClass = "person"   // 自然人
	ClassBusiness ApplicantClass = "business" // 商业企业
	ClassResearch ApplicantClass = "research" // 科研机构
	ClassCharity  ApplicantClass = "charity"  // 社会公益组织
	ClassLegal    ApplicantClass = "legal"    // 法律服务机构
	ClassOther    ApplicantClass = "other"    // 其他
)

var applicantClassNames = map[ApplicantClass]string{ClassPerson: "自然人", ClassBusiness: "商业企业", ClassResearch: "科研机构",
	ClassCharity: "社会公益组织", ClassLegal: "法律服务机构", ClassOther: "其他"}

// ApplicantClasses are all classes in the order of the columns of table 3.
func ApplicantClasses() []ApplicantClass {
	return []ApplicantClass{ClassPerson, ClassBusiness, ClassResearch, ClassCharity, ClassLegal, ClassOther}
}

// Name is the class in words.
func (c ApplicantClass) Name() string { return applicantClassNames[c] }

// AnnualCase is an application as the annual report sees it. One application is one
// case however many items it asks for.
type AnnualCase struct {
	ID         string
	ReceivedOn workday.Date // the first 收到日; a correction restarts the clock, not the count
	ClosedOn   workday.Date // answered, abandoned or withdrawn; "" while open
	Outcome    OutcomeCode  // of a closed case
	Class      ApplicantClass
	Void       bool // 无效件: counted nowhere
}

func (c AnnualCase) problem() string {
	switch {
	case c.ID == "":
		return "没有编号"
	case !c.ReceivedOn.IsValid():
		return "没有收到日期"
	case c.Class.Name() == "":
		return "没有申请人类别"
	case c.ClosedOn == "" && c.Outcome != "":
		return "有答复类型而没有办结日期"
	case c.ClosedOn == "":
		return ""
	case !c.ClosedOn.IsValid() || c.ClosedOn < c.ReceivedOn:
		return "办结日期不正确"
	}
	if _, err := FindOutcome(c.Outcome); err != nil {
		return "没有答复类型"
	}
	return ""
}

// Uncountable names cases that no honest table can be made of: better no figure
// than a wrong one.
type Uncountable struct{ Problems map[string]string } // sentence by id

func (e Uncountable) Error() string {
	var parts []string
	for id, sentence := range e.Problems {
		parts = append(parts, id+sentence)
	}
	slices.Sort(parts)
	return "有 " + fmt.Sprint(len(parts)) + " 件申请无法计入统计：" + strings.Join(parts, "；")
}

// Code is the machine's name of the error.
func (e Uncountable) Code() string { return "annual_uncountable" }

// Params are the words a page may need.
func (e Uncountable) Params() map[string]any { return map[string]any{"cases": e.Problems} }

// Figure is one number of a table and the cases behind it.
type Figure struct {
	Count int      `json:"count"`
	Cases []string `json:"cases,omitempty"`
}

func (f *Figure) add(ids ...string) {
	f.Count += len(ids)
	f.Cases = append(f.Cases, ids...)
}

func (f Figure) plus(other Figure) Figure {
	return Figure{f.Count + other.Count, slices.Concat(f.Cases, other.Cases)}
}
