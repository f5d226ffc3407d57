package inquiry

import (
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Capacity is as what somebody writes.
type Capacity string

// Capacities.
const (
	Parent   Capacity = "parent"   // 家长
	Student  Capacity = "student"  // 学生
	Teacher  Capacity = "teacher"  // 教职工
	Resident Capacity = "resident" // 社会公众
)

var capacityNames = map[Capacity]string{Parent: "家长", Student: "学生", Teacher: "教职工", Resident: "社会公众"}

// Capacities are all capacities.
func Capacities() []Capacity { return []Capacity{Parent, Student, Teacher, Resident} }

// Name is the capacity in words.
func (c Capacity) Name() string { return capacityNames[c] }

const (
	nameMost    = 50  // characters
	contactMost = 100 // a mail address; no telephone number is longer
)

// Letter is what somebody writes, before it is a case. Name and contact stay inside (内部实名、对外保密).
type Letter struct {
	Channel    ChannelCode
	Category   CategoryCode
	Fields     map[string]string // by the codes of the channel's form
	Capacity   Capacity
	Anonymous  bool
	Name       string
	Contact    string // mobile or e-mail
	Guardian   string // contact of a student's guardian, may be empty
	MayPublish bool
}

var mobile = regexp.MustCompile(`^1[3-9]\d{9}$`)

// IsContact reports whether somebody can be reached there: a mobile number of the mainland or an e-mail address.
func IsContact(text string) bool {
	if mobile.MatchString(text) {
		return true
	}
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

// Problems lists what is wrong with a letter, by field; none if it can be submitted. 意见征集 asks for no name and is
// held to its own question by [CallForOpinions.Check].
func (l Letter) Problems() map[string]error {
	problems := map[string]error{}
	channel, err := FindChannel(l.Channel)
	if err != nil {
		return map[string]error{"channel": err}
	}
	for _, f := range channel.Fields {
		text := strings.TrimSpace(l.Fields[f.Code])
		switch n := utf8.RuneCountInString(text); {
		case n == 0 && f.Required:
			problems[f.Code] = missing(f.Code, norm, "请填写"+f.Name)
		case n > f.Most:
			problems[f.Code] = Refusal{Why: OutOfRange, Field: f.Code, Sentence: fmt.Sprintf("%s最多 %d 个字，现在有 %d 个", f.Name, f.Most, n), Law: norm}
		}
	}
	for code := range l.Fields {
		if !slices.ContainsFunc(channel.Fields, func(f Field) bool { return f.Code == code }) {
			problems[code] = malformed(code, norm, channel.Name+"没有这一项")
		}
	}
	if !channel.IsAnswered() {
		return problems
	}
	if err := channel.checkCategory(l.Category); err != nil {
		problems["category"] = err
	}
	l.checkWriter(problems)
	if l.MayPublish && channel.Visibility != Selected {
		problems["may_publish"] = malformed("may_publish", norm, channel.Name+"的来信不公开")
	}
	return problems
}

// checkWriter asks who writes: by name, or without one where that is allowed.
func (l Letter) checkWriter(problems map[string]error) {
	category, err := FindCategory(l.Category)
	if l.Capacity.Name() == "" {
		problems["capacity"] = missing("capacity", norm, "请选择您是谁")
	}
	for _, f := range []struct {
		field, name, text string
		most              int
	}{{"name", "姓名", l.Name, nameMost}, {"contact", "联系方式", l.Contact, contactMost}, {"guardian", "监护人的联系方式", l.Guardian, contactMost}} {
		if n := utf8.RuneCountInString(f.text); n > f.most {
			problems[f.field] = Refusal{Why: OutOfRange, Field: f.field, Sentence: fmt.Sprintf("%s最多 %d 个字，现在有 %d 个", f.name, f.most, n), Law: norm}
		}
	}
	if l.Guardian != "" && problems["guardian"] == nil && !IsContact(l.Guardian) {
		problems["guardian"] = malformed("guardian", norm, "请填写监护人的手机号码或者电子邮箱")
	}
	switch {
	case l.Anonymous && err == nil && !category.Anonymous:
		problems["anonymous"] = malformed("anonymous", norm, "只有反映侵害未成年人、学生欺凌和师德师风问题可以匿名，请填写姓名和联系方式，单位会保密")
	case l.Anonymous && l.MayPublish:
		problems["may_publish"] = malformed("may_publish", norm, "匿名来信不公开")
	case !l.Anonymous && isBlank(l.Name):
		problems["name"] = missing("name", norm, "请填写姓名，单位会保密")
	case !l.Anonymous && isBlank(l.Contact):
		problems["contact"] = missing("contact", norm, "请填写手机号码或者电子邮箱，单位会保密")
	case !l.Anonymous && problems["contact"] == nil && !IsContact(l.Contact):
		problems["contact"] = malformed("contact", norm, "请填写有效的手机号码或者电子邮箱")
	}
}

// DisplayName is the only form in which a writer's name is ever shown to others: 王**家长. However long the name is, as
// many stars stand for it.
func DisplayName(name string, as Capacity) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(name))
	if first == utf8.RuneError {
		return "匿名"
	}
	return string(first) + "**" + as.Name()
}
