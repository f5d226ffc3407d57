package responsibility

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/workday"
)

// Refusal is why something cannot be, at a field of a form.
type Refusal struct{ Field, code, sentence string }

func (r Refusal) Error() string { return r.sentence }

// Code is the machine's name of the refusal.
func (r Refusal) Code() string { return r.code }

// Bounds, in characters and days.
const (
	MostName  = 30
	MostPost  = 40
	MostPhone = 30
	mostAhead = 60 // from today until the day on which somebody takes a role
)

const firstDay workday.Date = "1980-01-01" // before it nobody took a role that they still hold

// officePhone is a telephone of an office: area code, number, extension.
var officePhone = regexp.MustCompile(`^(0\d{2,3}-)?\d{7,8}(-\d{1,6})?$`)

var otherWays = strings.NewReplacer(" ", "", "转", "-", "－", "-", "—", "-", "（", "", "）", "-", "(", "", ")", "-")

// OfficePhone is a telephone as it is published, however it was written.
func OfficePhone(text string) string { return otherWays.Replace(text) }

// Check lists what is wrong with what is to be published of somebody, by field;
// the errors are Refusals. A private mobile number is refused by the rule that
// the scanner has for texts.
func Check(p Person, today workday.Date) map[string]error {
	problems := map[string]error{}
	wrong := func(field, code, sentence string) {
		if problems[field] == nil {
			problems[field] = Refusal{field, "responsibility_" + code, sentence}
		}
	}
	if p.Role.Name() == "" {
		wrong("role", "role", "请选择角色")
	}
	switch {
	case p.Name == "":
		wrong("name", "name", "请填写姓名")
	case utf8.RuneCountInString(p.Name) < 2 || utf8.RuneCountInString(p.Name) > MostName || !isName(p.Name):
		wrong("name", "name", "姓名只能有文字，2 至 30 个字")
	}
	switch {
	case p.Post == "":
		wrong("post", "post", "请填写职务，例如“副校长”")
	case utf8.RuneCountInString(p.Post) > MostPost:
		wrong("post", "post", "职务最多 40 个字")
	}
	for _, f := range scan.Text("", p.Post, nil) {
		wrong("post", "personal", f.Hint)
	}
	switch {
	case p.Phone == "":
		wrong("phone", "phone", "请填写办公电话")
	case isMobile(p.Phone):
		wrong("phone", "mobile", "不能公布个人手机号，请填学校的办公电话")
	case !officePhone.MatchString(p.Phone):
		wrong("phone", "phone", "请填办公电话，例如 021-64120000 或 64120000-801")
	}
	latest := today
	for range mostAhead {
		latest = latest.Next()
	}
	switch {
	case !p.From.IsValid():
		wrong("from", "from", "请填写开始担任的日期")
	case p.From < firstDay:
		wrong("from", "from", "开始担任的日期太早，请核对")
	case p.From > latest:
		wrong("from", "from", "开始担任的日期最晚到今天以后 60 天")
	}
	return problems
}

// isMobile asks the scanner, with nothing beside the number that would excuse it.
func isMobile(phone string) bool {
	for _, f := range scan.Text("", phone, nil) {
		if f.Class == scan.Mobile {
			return true
		}
	}
	return false
}

func isName(text string) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) && r != '·' && r != ' ' {
			return false
		}
	}
	return true
}
