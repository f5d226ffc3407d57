package foi_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func TestEachOutcomeHasItsRowArticleAndLetter(t *testing.T) {
	for _, tt := range []struct {
		code    foi.OutcomeCode
		kind    string
		article string
		row     int
		suffix  string
	}{
		{"1.1", "予以公开", "第三十六条第（二）项", 3, "答"},
		{"1.2", "予以公开", "第三十六条第（一）项", 3, "答"},
		{"2", "部分公开", "第三十七条", 4, "部答"},
		{"3.1", "不予公开", "第十四条", 5, "秘答"},
		{"3.2", "不予公开", "第十四条", 6, "不答"},
		{"3.3", "不予公开", "第十四条", 7, "不答"},
		{"3.4", "不予公开", "第十五条、第三十二条", 8, "征答"},
		{"3.5", "不予公开", "第十六条第一款", 9, "不答"},
		{"3.6", "不予公开", "第十六条第二款", 10, "不答"},
		{"3.7", "不予公开", "第十六条第二款", 11, "不答"},
		{"3.8", "不予公开", "第三十六条第（七）项", 12, "不答"},
		{"4.1.1", "无法提供", "第三十六条第（四）项", 13, "不存答"},
		{"4.1.2", "无法提供", "第三十六条第（五）项", 13, "非答"},
		{"4.2", "无法提供", "第三十八条", 14, "无答"},
		{"4.3", "无法提供", "第三十条", 15, "无答"},
		{"5.1", "不予处理", "第三十九条第一款", 16, "非申告"},
		{"5.2", "不予处理", "第三十六条第（六）项", 17, "重"},
		{"5.3", "不予处理", "第三十九条第二款", 18, "不处"},
		{"5.4", "不予处理", "第三十五条", 19, "不处"},
		{"5.5", "不予处理", "", 20, "不处"},
		{"6.1", "其他处理", "第三十条", 21, "弃"},
		{"6.2", "其他处理", "第四十二条", 22, "他答"},
		{"6.3", "其他处理", "", 23, "他答"},
	} {
		o, err := foi.FindOutcome(tt.code)
		if err != nil {
			t.Fatal(err)
		}
		if o.Kind.Name() != tt.kind || o.Article != tt.article || o.Row != tt.row || o.Suffix() != tt.suffix {
			t.Errorf("%s: %s, %s, row %d, %s", tt.code, o.Kind.Name(), o.Article, o.Row, o.Suffix())
		}
	}
	if n := len(foi.Outcomes()); n != 23 {
		t.Errorf("%d outcomes, the test knows 23", n)
	}
}

func TestOutcomesHoldTogether(t *testing.T) {
	rows, codes := map[int]bool{}, map[foi.OutcomeCode]bool{}
	for _, o := range foi.Outcomes() {
		if codes[o.Code] {
			t.Errorf("%s is there twice", o.Code)
		}
		codes[o.Code], rows[o.Row] = true, true
		if o.Finding == "" || o.FullName() == "" || o.Letter.Name() == "" {
			t.Errorf("%s lacks finding, name or letter", o.Code)
		}
		if o.Article == "" && !o.Requires(foi.NeedBasis) {
			t.Errorf("%s has no article of 条例, so the answer must name its basis", o.Code)
		}
		// §3.5: a reason for 2 to 5
		first := o.Code[0]
		if first >= '2' && first <= '5' && (!o.Requires(foi.NeedReason) || o.Hint == "") {
			t.Errorf("%s needs a reason and says what kind", o.Code)
		}
		if o.Remedy != foi.RemedyAppeal {
			t.Errorf("%s has the remedy %q", o.Code, o.Remedy)
		}
	}
	for row := 3; row <= 23; row++ {
		if !rows[row] {
			t.Errorf("row r%02d counts nothing", row)
		}
	}
	if _, err := foi.FindOutcome("7"); !errors.Is(err, foi.UnknownOutcome{OutcomeCode: "7"}) {
		t.Errorf("7: %v", err)
	}
}

// complete is an answer of an outcome that has all it needs.
func complete(code foi.OutcomeCode) foi.Reply {
	r := foi.Reply{Outcome: code, Content: "2025年食堂账目"}
	switch code {
	case foi.OutcomeProvided:
		r.Files = []foi.ReplyFile{{ID: "f1", Name: "账目.pdf"}}
	case foi.OutcomePublished:
		r.Link = "https://xxgk.example.edu.cn/a/1"
	case foi.OutcomePartial:
		r.Files, r.Withheld, r.Reason = []foi.ReplyFile{{ID: "f2", Name: "账目（公开部分）.pdf", RedactedOf: "f1"}}, []foi.OutcomeCode{foi.OutcomeThirdParty}, "第三页涉及供应商的商业秘密"
		r.Consulted = true
	case foi.OutcomeAbandoned:
	default:
		r.Reason = "理由充分"
	}
	o, _ := foi.FindOutcome(code)
	if o.Requires(foi.NeedBasis) {
		r.Basis = "《中华人民共和国学前教育法》第二十一条"
	}
	if o.Requires(foi.NeedConsulted) {
		r.Consulted = true
	}
	if o.Requires(foi.NeedOtherBody) {
		r.OtherBody, r.OtherContact = "示范区市场监督管理局", "021-64000000"
	}
	if o.Requires(foi.NeedEarlier) {
		r.Earlier = "示教晨光信〔2026〕3号-答"
	}
	if code == foi.OutcomePublication {
		r.Obtain = "区图书馆借阅"
	}
	return r
}

func TestACompleteAnswerOfEachOutcomeIsValid(t *testing.T) {
	for _, code := range foi.OutcomeCodes() {
		if problems := complete(code).Validate(); len(problems) > 0 {
			t.Errorf("%s: %v", code, problems)
		}
	}
}

func TestWhatAnAnswerLacks(t *testing.T) {
	for _, tt := range []struct {
		name    string
		code    foi.OutcomeCode
		change  func(*foi.Reply)
		field   string
		article string
		why     foi.Why
	}{
		{"nothing asked", "1.1", func(r *foi.Reply) { r.Content = " 　\n" }, "content", "条例第二十九条", foi.Missing},
		{"provided without file or way", "1.1", func(r *foi.Reply) { r.Files = nil }, "files", "条例第三十六条第（二）项", foi.Missing},
		{"published without a place", "1.2", func(r *foi.Reply) { r.Link = "" }, "obtain", "条例第三十六条第（一）项", foi.Missing},
		{"a link that is none", "1.2", func(r *foi.Reply) { r.Link = "javascript:alert(1)" }, "link", "", foi.Malformed},
		{"a link with a password in it", "1.2", func(r *foi.Reply) { r.Link = "https://a:b@example.edu.cn/" }, "link", "", foi.Malformed},
		{"partial without a redacted copy", "2", func(r *foi.Reply) { r.Files = nil }, "files", "条例第三十七条", foi.Missing},
		{"partial with a file that is not redacted", "2", func(r *foi.Reply) { r.Files[0].RedactedOf = "" }, "files", "条例第三十七条", foi.Missing},
		{"partial with the original beside it", "2", func(r *foi.Reply) {
			r.Files = append(r.Files, foi.ReplyFile{ID: "f1", Name: "账目.pdf", Covered: true})
		}, "files", "条例第三十七条", foi.Malformed},
		{"partial without saying what is withheld", "2", func(r *foi.Reply) { r.Withheld = nil }, "withheld", "条例第三十七条", foi.Missing},
		{"partial withholding something that is disclosed", "2", func(r *foi.Reply) { r.Withheld = []foi.OutcomeCode{"1.1"} }, "withheld", "条例第三十七条", foi.Malformed},
		{"partial withholding something unknown", "2", func(r *foi.Reply) { r.Withheld = []foi.OutcomeCode{"9"} }, "withheld", "", foi.Malformed},
		{"partial for a third party not asked", "2", func(r *foi.Reply) { r.Consulted = false }, "consulted", "条例第三十二条", foi.Missing},
		{"partial under another law not named", "2", func(r *foi.Reply) { r.Withheld = []foi.OutcomeCode{"3.2"} }, "basis", "条例第十四条", foi.Missing},
		{"the rest of something whole", "1.1", func(r *foi.Reply) { r.Withheld = []foi.OutcomeCode{"3.2"} }, "withheld", "条例第三十七条", foi.Malformed},
		{"refused without reason", "3.5", func(r *foi.Reply) { r.Reason = "" }, "reason", "条例第十六条第一款", foi.Missing},
		{"refused with the file attached", "3.1", func(r *foi.Reply) { r.Files = []foi.ReplyFile{{ID: "x", Name: "密.pdf"}} }, "files", "条例第三十七条", foi.Malformed},
		{"forbidden by a law not named", "3.2", func(r *foi.Reply) { r.Basis = "" }, "basis", "条例第十四条", foi.Missing},
		{"third party not asked", "3.4", func(r *foi.Reply) { r.Consulted = false }, "consulted", "条例第三十二条", foi.Missing},
		{"search not described", "4.1.1", func(r *foi.Reply) { r.Reason = "" }, "reason", "条例第三十六条第（四）项", foi.Missing},
		{"other body not named", "4.1.2", func(r *foi.Reply) { r.OtherBody = "" }, "other_body", "条例第三十六条第（五）项", foi.Missing},
		{"other body without contact", "4.1.2", func(r *foi.Reply) { r.OtherContact = "" }, "other_body", "条例第三十六条第（五）项", foi.Missing},
		{"repeated without the earlier answer", "5.2", func(r *foi.Reply) { r.Earlier = "" }, "earlier", "条例第三十六条第（六）项", foi.Missing},
		{"publication without a place", "5.3", func(r *foi.Reply) { r.Obtain = "" }, "obtain", "条例第三十九条第二款", foi.Missing},
		{"no article and no basis", "5.5", func(r *foi.Reply) { r.Basis = "" }, "basis", "", foi.Missing},
		{"too long", "3.5", func(r *foi.Reply) { r.Reason = strings.Repeat("长", 5001) }, "reason", "", foi.Malformed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := complete(tt.code)
			tt.change(&r)
			problems := r.Validate()
			var refusal foi.Refusal
			if len(problems) != 1 || !errors.As(problems[tt.field], &refusal) {
				t.Fatalf("got %v, want a refusal of %s only", problems, tt.field)
			}
			if refusal.Law != tt.article || refusal.Why != tt.why || refusal.Field != tt.field || refusal.Sentence == "" {
				t.Errorf("got %+v", refusal)
			}
		})
	}
}

func TestWhatMayBeSaidInstead(t *testing.T) {
	for _, tt := range []struct {
		name   string
		code   foi.OutcomeCode
		change func(*foi.Reply)
	}{
		{"provided by telling when and how", "1.1", func(r *foi.Reply) { r.Files, r.Obtain = nil, "3月10日起到校查阅" }},
		{"published, told in words", "1.2", func(r *foi.Reply) { r.Link, r.Obtain = "", "学校公告栏" }},
		{"third party that cannot be reached", "3.4", func(r *foi.Reply) { r.Consulted, r.NotConsulted = false, "企业已注销" }},
		{"body that cannot be determined", "4.1.2", func(r *foi.Reply) { r.OtherBody, r.OtherContact, r.BodyUnknown = "", "", true }},
	} {
		r := complete(tt.code)
		tt.change(&r)
		if problems := r.Validate(); len(problems) > 0 {
			t.Errorf("%s: %v", tt.name, problems)
		}
	}
	if problems := (foi.Reply{Outcome: "9.9"}).Validate(); !slices.Equal(slices.Collect(maps.Keys(problems)), []string{"outcome"}) {
		t.Errorf("an unknown outcome: %v", problems)
	}
}

func TestTheRemedyAgainstASchoolIsAComplaintToTheBureau(t *testing.T) {
	for _, key := range foi.RemedyKeys() {
		r, err := foi.RemedyTextFor(nil, key, "310112", "2026-03-03")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(r.Text, "申诉") || !strings.Contains(r.Text, "第五十五条第二款") || strings.Contains(r.Text, "复议") || strings.Contains(r.Text, "诉讼") {
			t.Errorf("%s: %s", key, r.Text)
		}
		if caution := foi.RemedyCaution(r.Text); caution != "" {
			t.Errorf("%s: %s", key, caution)
		}
	}
	if foi.RemedyCaution("可以自收到本答复之日起60日内申请行政复议") == "" || foi.RemedyCaution("可以申诉") == "" {
		t.Error("a doubtful wording is taken without a word")
	}
}

func TestRemedyInForce(t *testing.T) {
	all := []foi.RemedyText{
		{Key: foi.RemedyAppeal, From: "2026-01-01", Text: "全国新"},
		{Key: foi.RemedyAppeal, District: "310112", From: "2025-01-01", Text: "闵行旧"},
		{Key: foi.RemedyAppeal, District: "310112", From: "2026-06-01", Text: "闵行新"},
		{Key: foi.RemedyAppeal, District: "310115", From: "2020-01-01", Text: "浦东"},
		{Key: foi.RemedyAppeal, District: "310112", From: "2026-07-01", Text: "  "},
	}
	for _, tt := range []struct {
		district string
		on       workday.Date
		want     string
	}{
		{"310112", "2024-12-31", foi.DefaultRemedies[0].Text},
		{"310112", "2025-01-01", "闵行旧"}, // of the district, though the general one is newer
		{"310112", "2026-05-31", "闵行旧"},
		{"310112", "2026-06-01", "闵行新"},
		{"310112", "2026-08-01", "闵行新"},
		{"310104", "2025-12-31", foi.DefaultRemedies[0].Text},
		{"310104", "2026-01-01", "全国新"},
	} {
		r, err := foi.RemedyTextFor(all, foi.RemedyAppeal, tt.district, tt.on)
		if err != nil || r.Text != tt.want {
			t.Errorf("%s on %s: %q, %v, want %q", tt.district, tt.on, r.Text, err, tt.want)
		}
	}
	if _, err := foi.RemedyTextFor(all, foi.RemedyAppeal, "310112", "2019-05-14"); !errors.Is(err, foi.NoRemedy{Key: foi.RemedyAppeal, On: "2019-05-14"}) {
		t.Errorf("before 条例 (2019): %v", err)
	}
}
