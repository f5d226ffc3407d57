package foi_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

func TestIsIDNumber(t *testing.T) {
	for _, tt := range []struct {
		name, number string
		want         bool
	}{
		{"the example of the standard", "11010519491231002X", true},
		{"typed small, with spaces, in full width", "１１０１０５ 19491231 002x", true},
		{"one digit wrong", "11010519491231003X", false},
		{"two digits swapped", "11010519491213002X", false},
		{"a province that is none", "99010519491231002X", false},
		{"a month that is none", "110105194913310028", false},
		{"born tomorrow", idNumber("310112", "20261127", "001"), false},
		{"born today", idNumber("310112", "20261126", "001"), true},
		{"a pupil", idNumber("310112", "20140229", "001"), false}, // no leap year
		{"letters in between", "1101051949123100AX", false},
		{"too short", "11010519491231002", false},
		{"the old fifteen digits", "110105491231002", false},
		{"nothing", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := foi.IsIDNumber(foi.NormalNumber(tt.number), "2026-11-26"); got != tt.want {
				t.Errorf("%q: got %v", tt.number, got)
			}
		})
	}
}

// idNumber finds the check digit by trying: exactly one of eleven is right.
func idNumber(region, birth, serial string) string {
	for _, last := range "0123456789X" {
		sum := 0
		for i, r := range region + birth + serial + string(last) { // ISO 7064 MOD 11-2 over all 18 characters leaves 1
			value := int(r - '0')
			if r == 'X' {
				value = 10
			}
			weight := 1
			for range 17 - i {
				weight = weight * 2 % 11
			}
			sum += value * weight
		}
		if sum%11 == 1 {
			return region + birth + serial + string(last)
		}
	}
	return ""
}

func TestEveryOtherCheckDigitIsWrong(t *testing.T) {
	right := idNumber("310112", "19880808", "123")
	for i := range right {
		for _, r := range "0123456789X" {
			n := right[:i] + string(r) + right[i+1:]
			if got := foi.IsIDNumber(n, "2026-11-26"); got && n != right {
				t.Errorf("%s passes beside %s", n, right)
			}
		}
	}
}

func TestIsCreditCode(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		want       bool
	}{
		{"the example of the standard", "91350100M000100Y43", true},
		{"typed small", "91350100m000100y43", true},
		{"one character wrong", "91350100M000100Y44", false},
		{"two characters swapped", "91350010M000100Y43", false},
		{"a letter that the standard leaves out", "91350100I000100Y43", false},
		{"letters in the region", "9135A100M000100Y43", false},
		{"too long", "91350100M000100Y433", false},
		{"nothing", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := foi.IsCreditCode(foi.NormalNumber(tt.code)); got != tt.want {
				t.Errorf("%q: got %v", tt.code, got)
			}
		})
	}
	const right = "91350100M000100Y43"
	for i := range right {
		for _, r := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
			if code := right[:i] + string(r) + right[i+1:]; foi.IsCreditCode(code) && code != right {
				t.Errorf("%s passes beside %s", code, right)
			}
		}
	}
}

func TestApplication(t *testing.T) {
	const today = "2026-11-26"
	person := foi.Application{Class: foi.ClassPerson, Name: "王小明", IDKind: foi.ResidentCard, IDNumber: "11010519491231002X", Proofs: 1, Address: "莘庄镇1号", Phone: "138 0013 8000",
		Subject: "2026 年收费项目和标准", Forms: []foi.DeliveryForm{foi.OnPaper}, Ways: []foi.DeliveryWay{foi.ByPost}, Promised: true, AppliedOn: today}
	company := foi.Application{Class: foi.ClassBusiness, Name: "某某有限公司", CreditCode: "91350100M000100Y43", LegalRep: "李某", Contact: "张某", Proofs: 1, Phone: "021-54111111",
		Subject: "供餐合同", Forms: []foi.DeliveryForm{foi.AsFile}, Ways: []foi.DeliveryWay{foi.Collected}, Promised: true}
	by := func(a foi.Application, change func(*foi.Application)) foi.Application { change(&a); return a }
	for _, tt := range []struct {
		name  string
		a     foi.Application
		wrong string // fields, joined; a star where it cannot be right
	}{
		{"a person", person, ""},
		{"an organisation", company, ""},
		{"a purpose is never asked for", by(person, func(a *foi.Application) { a.Purpose = "" }), ""},
		{"nothing at all", foi.Application{}, "class contact credit_code forms legal_rep name phone promised proofs subject ways"},
		{"a person without anything", foi.Application{Class: foi.ClassPerson}, "address forms id_kind id_number name phone promised proofs subject ways"},
		{"an impossible identity number", by(person, func(a *foi.Application) { a.IDNumber = "110105194912310021" }), "id_number*"},
		{"a residence permit is numbered alike", by(person, func(a *foi.Application) { a.IDKind, a.IDNumber = foi.ResidencePermit, "830000199201300022" }), ""},
		{"a passport", by(person, func(a *foi.Application) { a.IDKind, a.IDNumber = foi.Passport, "E12345678" }), ""},
		{"a passport that is none", by(person, func(a *foi.Application) { a.IDKind, a.IDNumber = foi.Passport, "<script>" }), "id_number*"},
		{"a document of no kind", by(person, func(a *foi.Application) { a.IDKind = "library_card" }), "id_kind"},
		{"no copy of the document", by(person, func(a *foi.Application) { a.Proofs = 0 }), "proofs"},
		{"an organisation without code", by(company, func(a *foi.Application) { a.CreditCode = "" }), "credit_code"},
		{"an organisation with a wrong one", by(company, func(a *foi.Application) { a.CreditCode = "91350100M000100Y44" }), "credit_code*"},
		{"an organisation of no class", by(company, func(a *foi.Application) { a.Class = "club" }), "class"},
		{"no form of delivery", by(person, func(a *foi.Application) { a.Forms = nil }), "forms"},
		{"no way of delivery", by(person, func(a *foi.Application) { a.Ways = nil }), "ways"},
		{"a way that is not offered", by(person, func(a *foi.Application) { a.Ways = []foi.DeliveryWay{"dove"} }), "ways*"},
		{"by mail without an address", by(person, func(a *foi.Application) { a.Ways = []foi.DeliveryWay{foi.ByEmail} }), "email"},
		{"by fax without a number", by(person, func(a *foi.Application) { a.Ways = []foi.DeliveryWay{foi.ByFax} }), "fax"},
		{"by courier to an organisation without an address", by(company, func(a *foi.Application) { a.Ways = []foi.DeliveryWay{foi.ByCourier} }), "address"},
		{"a mail address that is none", by(person, func(a *foi.Application) { a.Email = "wang@" }), "email*"},
		{"a mail address with a name", by(person, func(a *foi.Application) { a.Email = "王 <a@b.cn>" }), "email*"},
		{"a telephone that is none", by(person, func(a *foi.Application) { a.Phone = "12345" }), "phone*"},
		{"a postcode that is none", by(person, func(a *foi.Application) { a.Postcode = "2000" }), "postcode*"},
		{"tomorrow", by(person, func(a *foi.Application) { a.AppliedOn = "2026-11-27" }), "applied_on*"},
		{"a date that is none", by(person, func(a *foi.Application) { a.AppliedOn = "2026-11-31" }), "applied_on*"},
		{"a subject of five thousand characters", by(person, func(a *foi.Application) { a.Subject = strings.Repeat("收", 5000) }), "subject*"},
		{"a subject of spaces", by(person, func(a *foi.Application) { a.Subject = " 　" }), "subject"},
		{"an agent without a mandate", by(person, func(a *foi.Application) {
			a.Agent = foi.Agent{Name: "赵某", IDKind: foi.ResidentCard, IDNumber: "11010519491231002X"}
		}), "agent_mandates"},
		{"an agent without a name", by(person, func(a *foi.Application) { a.Agent = foi.Agent{Mandates: 1} }), "agent_id_kind agent_id_number agent_name"},
		{"no promise that it is true", by(person, func(a *foi.Application) { a.Promised = false }), "promised"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			problems := tt.a.Problems(today)
			var got []string
			for _, field := range slices.Sorted(maps.Keys(problems)) {
				r, ok := problems[field].(foi.Refusal)
				if !ok || r.Field != field || r.Article() == "" {
					t.Fatalf("%s: got %#v", field, problems[field])
				}
				if r.Why == foi.Malformed {
					field += "*"
				}
				got = append(got, field)
			}
			if strings.Join(got, " ") != tt.wrong {
				t.Errorf("got %v, want %q", got, tt.wrong)
			}
		})
	}
}

// On paper something may be missing: it is asked for in one notice. What is there but cannot be right is not in it.
func TestLacks(t *testing.T) {
	a := foi.Application{Class: foi.ClassPerson, Name: "王小明", Subject: "收费", Phone: "1", Address: "1", Promised: true, IDKind: foi.Passport, IDNumber: "E12345678"}
	want := []string{"请选择提供信息的形式", "请上传身份证件的影印件", "请选择获取信息的方式"}
	if got := foi.Lacks(a.Problems("2026-11-26")); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := foi.Lacks(nil); got != nil {
		t.Errorf("got %q", got)
	}
}

func TestChoicesOfTheFormHaveNames(t *testing.T) {
	for _, k := range foi.IDKinds() {
		if k.Name() == "" {
			t.Errorf("document %s", k)
		}
	}
	for _, f := range foi.DeliveryForms() {
		if f.Name() == "" {
			t.Errorf("form %s", f)
		}
	}
	for _, w := range foi.DeliveryWays() {
		if w.Name() == "" {
			t.Errorf("way %s", w)
		}
	}
}
