package foi

import (
	"fmt"
	"maps"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/pb_hooks/workday"
)

// Application is what an applicant writes (art. 29). No purpose is asked for: the law gave that up in 2019.
type Application struct {
	Class ApplicantClass // ClassPerson for a natural person, any other for an organisation

	Name     string // 姓名, or 名称 of the organisation
	WorkUnit string // 工作单位, may be empty
	IDKind   IDKind // of a natural person
	IDNumber string // of a natural person
	Proofs   int    // files that show the identity: 证件影印件, or 营业执照等

	CreditCode string // 统一社会信用代码 of an organisation
	LegalRep   string // 法定代表人
	Contact    string // 联系人 of an organisation

	Address, Postcode, Phone, Email, Fax string

	Agent Agent

	Subject  string // 所需信息的名称、文号或者其他特征性描述
	Details  string // more about it, may be empty
	IndexNo  string // 索取号, may be empty
	Purpose  string // never required
	Forms    []DeliveryForm
	Ways     []DeliveryWay
	AnyWay   bool // 若无法按指定方式提供，可按现有方式提供
	Help     bool // needs help with reading, seeing or hearing (art. 43)
	Promised bool // 承诺填报属实

	AppliedOn workday.Date // 申请时间
}

// Agent files for somebody else. Name is "" if there is none.
type Agent struct {
	Name     string
	IDKind   IDKind
	IDNumber string
	Mandates int // files: 授权委托书
}

// DeliveryForm is 指定提供方式, DeliveryWay is 获取方式.
type (
	DeliveryForm string
	DeliveryWay  string
)

// Forms and ways of delivery.
const (
	OnPaper   DeliveryForm = "paper"      // 纸面
	AsFile    DeliveryForm = "file"       // 电子邮件
	OnDisc    DeliveryForm = "disc"       // 光盘
	Collected DeliveryWay  = "collected"  // 自行领取或者当场阅读、抄录
	ByPost    DeliveryWay  = "by_post"    // 邮寄
	ByCourier DeliveryWay  = "by_courier" // 快递
	ByEmail   DeliveryWay  = "by_email"   // 电子邮件
	ByFax     DeliveryWay  = "by_fax"     // 传真
)

var (
	formNames = map[DeliveryForm]string{OnPaper: "纸面", AsFile: "电子邮件", OnDisc: "光盘"}
	wayNames  = map[DeliveryWay]string{Collected: "自行领取或者当场阅读、抄录", ByPost: "邮寄", ByCourier: "快递", ByEmail: "电子邮件", ByFax: "传真"}
)

// DeliveryForms are all forms, DeliveryWays all ways, in the order of the form.
func DeliveryForms() []DeliveryForm { return []DeliveryForm{OnPaper, AsFile, OnDisc} }

// DeliveryWays are all ways in the order of the form.
func DeliveryWays() []DeliveryWay {
	return []DeliveryWay{Collected, ByPost, ByCourier, ByEmail, ByFax}
}

// Name is the form in words.
func (f DeliveryForm) Name() string { return formNames[f] }

// Name is the way in words.
func (w DeliveryWay) Name() string { return wayNames[w] }

// Problems lists what an application lacks (Missing) and what cannot be right (Malformed), by the name of the field.
// Online both stand in the way. What comes on paper is received all the same: what is malformed is typed again, what
// is missing goes into the notice to correct; see Lacks.
func (a Application) Problems(today workday.Date) map[string]error {
	p := problems{}
	if !slices.Contains(ApplicantClasses(), a.Class) {
		p.say("class", missing("class", art29, "请选择申请人是自然人还是法人、其他组织的哪一类"))
	}
	if a.Class == ClassPerson {
		p.ask("name", a.Name, "请填写姓名")
		p.identity("", a.IDKind, a.IDNumber, today)
		p.ask("address", a.Address, "请填写通信地址")
		p.when(a.Proofs < 1, missing("proofs", art29, "请上传身份证件的影印件"))
	} else {
		p.ask("name", a.Name, "请填写法人或者其他组织的名称")
		p.ask("credit_code", a.CreditCode, "请填写统一社会信用代码")
		p.when(!isBlank(a.CreditCode) && !IsCreditCode(NormalNumber(a.CreditCode)), malformed("credit_code", art29, "统一社会信用代码不正确，请核对 18 位代码"))
		p.ask("legal_rep", a.LegalRep, "请填写法定代表人")
		p.ask("contact", a.Contact, "请填写联系人")
		p.when(a.Proofs < 1, missing("proofs", art29, "请上传营业执照等登记证照的影印件"))
	}
	p.reach(a)
	if a.Agent != (Agent{}) {
		p.ask("agent_name", a.Agent.Name, "请填写代理人姓名")
		p.identity("agent_", a.Agent.IDKind, a.Agent.IDNumber, today)
		p.when(a.Agent.Mandates < 1, missing("agent_mandates", art29, "请上传授权委托书"))
	}
	p.ask("subject", a.Subject, "请填写所需信息的名称、文号或者其他特征")
	p.delivery(a)
	p.when(!a.Promised, missing("promised", art29, "请确认填报的内容属实"))
	p.when(a.AppliedOn != "" && !a.AppliedOn.IsValid(), malformed("applied_on", art29, "请填写有效的日期"))
	p.when(a.AppliedOn.IsValid() && a.AppliedOn > today, malformed("applied_on", art29, "申请日期不能晚于今天"))
	p.lengths(a)
	return p
}

// Lacks lists the sentences of what is missing, for the notice that asks to correct it (art. 30), in a fixed order.
func Lacks(problems map[string]error) []string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(problems)) {
		if r, ok := problems[field].(Refusal); ok && r.Why == Missing {
			list = append(list, r.Sentence)
		}
	}
	return list
}

// problems holds one problem for each field: the first that was found.
type problems map[string]error

func (p problems) say(field string, err error) {
	if p[field] == nil {
		p[field] = err
	}
}

func (p problems) when(bad bool, err error) {
	if r := err.(Refusal); bad {
		p.say(r.Field, err)
	}
}

func (p problems) ask(field, value, sentence string) {
	p.when(isBlank(value), missing(field, art29, sentence))
}

// identity checks a document of a person; fields begin with prefix.
func (p problems) identity(prefix string, kind IDKind, number string, today workday.Date) {
	number = NormalNumber(number)
	p.when(kind.Name() == "", missing(prefix+"id_kind", art29, "请选择证件名称"))
	p.ask(prefix+"id_number", number, "请填写证件号码")
	p.when(kind.hasCheckDigit() && !IsIDNumber(number, today), malformed(prefix+"id_number", art29, "证件号码不正确，请核对 18 位号码"))
	p.when(!documentNumber.MatchString(number), malformed(prefix+"id_number", art29, "证件号码填写 5 至 30 位字母、数字或者汉字"))
}

var (
	documentNumber = regexp.MustCompile(`^[A-Z0-9\p{Han}()（）]{5,30}$`)
	phoneNumber    = regexp.MustCompile(`^(\+?86)?(1[3-9]\d{9}|(0\d{2,3})?[2-9]\d{6,7}(转\d{1,6})?|400\d{7})$`)
	postcode       = regexp.MustCompile(`^\d{6}$`)
)

// reach checks how the applicant can be reached.
func (p problems) reach(a Application) {
	p.ask("phone", a.Phone, "请填写联系电话")
	p.when(!isBlank(a.Phone) && !phoneNumber.MatchString(NormalNumber(a.Phone)), malformed("phone", art29, "电话号码不正确，固定电话请加区号"))
	p.when(!isBlank(a.Fax) && !phoneNumber.MatchString(NormalNumber(a.Fax)), malformed("fax", art29, "传真号码不正确，请加区号"))
	p.when(!isBlank(a.Postcode) && !postcode.MatchString(NormalNumber(a.Postcode)), malformed("postcode", art29, "邮政编码是 6 位数字"))
	p.when(!isBlank(a.Email) && !IsEmail(a.Email), malformed("email", art29, "电子邮箱不正确"))
}

// IsEmail reports whether a text is one address of electronic mail, without a name.
func IsEmail(text string) bool {
	text = strings.TrimSpace(text)
	addr, err := mail.ParseAddress(text)
	if err != nil || addr.Address != text {
		return false
	}
	_, host, _ := strings.Cut(text, "@")
	return strings.Contains(host, ".")
}

// delivery checks how the information is wanted, and that it can reach the applicant that way.
func (p problems) delivery(a Application) {
	p.when(len(a.Forms) == 0, missing("forms", art29, "请选择提供信息的形式"))
	p.when(len(a.Ways) == 0, missing("ways", art29, "请选择获取信息的方式"))
	for _, f := range a.Forms {
		p.when(f.Name() == "", malformed("forms", art29, "请从列出的形式中选择"))
	}
	for _, w := range a.Ways {
		p.when(w.Name() == "", malformed("ways", art29, "请从列出的方式中选择"))
	}
	has := func(w DeliveryWay) bool { return slices.Contains(a.Ways, w) }
	p.when(has(ByEmail) && isBlank(a.Email), missing("email", art40, "选择电子邮件的，请填写电子邮箱"))
	p.when(has(ByFax) && isBlank(a.Fax), missing("fax", art40, "选择传真的，请填写传真号码"))
	p.when((has(ByPost) || has(ByCourier)) && isBlank(a.Address), missing("address", art40, "选择邮寄、快递的，请填写通信地址"))
}

// lengths bounds what can be typed, in characters.
func (p problems) lengths(a Application) {
	for _, f := range []struct {
		field, text string
		most        int
	}{
		{"name", a.Name, 100}, {"work_unit", a.WorkUnit, 100}, {"legal_rep", a.LegalRep, 50}, {"contact", a.Contact, 50},
		{"address", a.Address, 200}, {"email", a.Email, 100}, {"agent_name", a.Agent.Name, 50}, {"subject", a.Subject, 200},
		{"details", a.Details, 2000}, {"index_no", a.IndexNo, 100}, {"purpose", a.Purpose, 500},
	} {
		if n := utf8.RuneCountInString(f.text); n > f.most {
			p[f.field] = malformed(f.field, art29, fmt.Sprintf("不能超过 %d 字，现在有 %d 字", f.most, n))
		}
	}
}
