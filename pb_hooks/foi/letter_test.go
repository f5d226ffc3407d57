package foi_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
)

func TestEachLetterSaysWhatItMust(t *testing.T) {
	for kind, parts := range map[foi.LetterKind][]string{
		foi.LetterReceipt:     {"申请人", "受理编号", "收到日期", "申请内容", "答复期限"},
		foi.LetterCorrection:  {"申请人", "受理编号", "补正事项", "补正期限", "补正截止日期", "第三十条", "视为放弃"},
		foi.LetterExtension:   {"申请人", "受理编号", "延期理由", "延长天数", "新答复期限", "第三十三条", "负责人同意"},
		foi.LetterThirdParty:  {"第三方", "信息名称", "回复截止日期", "□ 同意公开", "□ 不同意公开", "第三十二条", "15个工作日"},
		foi.LetterConsult:     {"单位名称", "信息名称", "征求事项", "逾期说明", "回复截止日期"},
		foi.LetterRightHolder: {"第三方", "公开内容", "公开理由", "救济途径", "第三十二条"},
		foi.LetterAbandoned:   {"申请人", "受理编号", "补正通知日期", "补正截止日期", "救济途径", "第三十条"},
		foi.LetterWithdrawn:   {"申请人", "受理编号", "撤回日期"},
		foi.LetterSupplement:  {"申请人", "受理编号", "原文号", "补充内容", "救济途径"},
		foi.LetterAssignment:  {"受理编号", "申请内容", "承办部门", "办理要求", "内部期限", "答复期限"},
		foi.LetterSupervision: {"学校名称", "受理编号", "督办事由", "督办要求", "办结期限"},
		foi.LetterDelivery:    {"送达文书", "受送达人", "送达方式", "送达地点", "送达人", "日期", "签名"},
		foi.LetterDossier:     {"案卷题名", "受理编号", "材料目录", "保管期限", "立卷人"},
	} {
		l, err := foi.FindLetter(kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(l.Text, part) {
				t.Errorf("%s does not say %s", l.Name, part)
			}
		}
	}
}

// §3.5: addressee, number, date of receipt, content, finding, article, reason (2–5),
// attachments or how to obtain, remedy, issuer, date, seal.
func TestEachAnswerHasItsParts(t *testing.T) {
	for _, o := range foi.Outcomes() {
		l, err := foi.FindLetter(o.Letter)
		if err != nil {
			t.Fatal(err)
		}
		must := []string{"文号", "申请人", "受理编号", "收到日期", "申请内容", "救济途径", "落款单位", "日期"}
		if o.Letter.IsAnswer() {
			must = append(must, "审查结论", "法律依据")
		}
		if o.Requires(foi.NeedReason) {
			must = append(must, "理由")
		}
		if o.Requires(foi.NeedOtherBody) {
			must = append(must, "其他单位")
		}
		if o.Requires(foi.NeedEarlier) {
			must = append(must, "以前答复")
		}
		for _, name := range must {
			if !slices.Contains(l.Required, name) {
				t.Errorf("%s: %s need not say %s", o.Code, l.Name, name)
			}
		}
		if o.Requires(foi.NeedWay) && !slices.Contains(l.Blankable, "获取方式") {
			t.Errorf("%s: %s has no place for the way to get it", o.Code, l.Name)
		}
		if o.MayCarryFiles() && !slices.Contains(l.Blankable, "附件清单") {
			t.Errorf("%s: %s has no place for attachments", o.Code, l.Name)
		}
		if !l.Sealed {
			t.Errorf("%s: %s has no seal", o.Code, l.Name)
		}
	}
}

func TestLettersHoldTogether(t *testing.T) {
	suffixes := map[string]string{}
	for _, l := range foi.Letters() {
		if other := suffixes[l.Suffix]; other != "" || l.Suffix == "" {
			t.Errorf("%s and %s are numbered in one series", l.Name, other)
		}
		suffixes[l.Suffix] = l.Name
		slots, err := foi.Slots(l.Text)
		if err != nil {
			t.Errorf("%s: %v", l.Name, err)
		}
		head := []string{"文号", "落款单位", "日期"} // drawn around the text
		for _, s := range slots {
			if !slices.Contains(l.Fields(), s.Name) {
				t.Errorf("%s uses %s, which it does not know", l.Name, s.Name)
			}
		}
		for _, name := range slices.Concat(l.Required, l.Blankable) {
			if !foi.IsLetterField(name) {
				t.Errorf("%s requires %s, which no letter knows", l.Name, name)
			}
			if !strings.Contains(l.Text, "{{"+name+"}}") && !slices.Contains(head, name) {
				t.Errorf("%s requires %s and does not say it", l.Name, name)
			}
		}
		seals := 0
		for _, line := range l.Lines() {
			if n := len(line.Cells); line.Style == foi.LineRow && n != 2 && n != 4 {
				t.Errorf("%s has a row of %d cells: %q", l.Name, n, line.Cells)
			}
			if line.Style == foi.LineSeal {
				seals++
			}
		}
		if (seals == 1) != l.Sealed {
			t.Errorf("%s is sealed %d times", l.Name, seals)
		}
		if strings.Contains(l.Text, "复议") || strings.Contains(l.Text, "诉讼") {
			t.Errorf("%s sends people to 复议 or 诉讼", l.Name)
		}
	}
}

// What does not need to know the applicant is not told (PIPL art. 6), and cannot be
// told by an edited template either.
func TestThirdPartiesAndDepartmentsAreNotToldWhoApplied(t *testing.T) {
	for _, kind := range []foi.LetterKind{foi.LetterThirdParty, foi.LetterConsult, foi.LetterRightHolder, foi.LetterAssignment, foi.LetterSupervision} {
		l, _ := foi.FindLetter(kind)
		err := l.CheckTemplate(append(slices.Concat(l.Required, l.Blankable), "申请人"))
		var unknown foi.UnknownPlaceholder
		if !errors.As(err, &unknown) || !slices.Equal(unknown.Names, []string{"申请人"}) {
			t.Errorf("%s may name the applicant: %v", l.Name, err)
		}
	}
}

// 条例 2019 art. 32: silence is no refusal, as old templates had it.
func TestSilenceOfAThirdPartyIsNoRefusal(t *testing.T) {
	l, _ := foi.FindLetter(foi.LetterThirdParty)
	if !strings.Contains(l.Text, "逾期未提出意见的，由{{本单位}}依照有关规定决定是否公开") || strings.Contains(l.Text, "视为不同意") {
		t.Errorf("the letter says: %s", l.Text)
	}
}

func TestLetterNumber(t *testing.T) {
	for _, tt := range []struct {
		district, school string
		year, serial     int
		suffix           string
		want             string
	}{
		{"闵教", "晨光", 2026, 12, "收", "闵教晨光信〔2026〕12号-收"},
		{"闵教", "晨光", 2026, 1, "非申告", "闵教晨光信〔2026〕1号-非申告"},
		{"闵教", "", 2026, 3, "督", "闵教信〔2026〕3号-督"},
	} {
		if got, err := foi.LetterNumber(tt.district, tt.school, tt.year, tt.serial, tt.suffix); err != nil || got != tt.want {
			t.Errorf("got %s, %v, want %s", got, err, tt.want)
		}
	}
	for _, tt := range []struct {
		district, school string
		year, serial     int
		suffix, field    string
	}{
		{"", "晨光", 2026, 1, "收", "district"},
		{"闵教", "A", 2026, 1, "收", "school"},
		{"闵教", "晨光小学东校区分部", 2026, 1, "收", "school"},
		{"闵教", "〔〕", 2026, 1, "收", "school"},
		{"闵教", "晨光", 26, 1, "收", "year"},
		{"闵教", "晨光", 2026, 0, "收", "serial"},
		{"闵教", "晨光", 2026, 1, "没有", "suffix"},
	} {
		_, err := foi.LetterNumber(tt.district, tt.school, tt.year, tt.serial, tt.suffix)
		var bad foi.BadLetterNumber
		if !errors.As(err, &bad) || bad.Field != tt.field {
			t.Errorf("%v: %v", tt, err)
		}
	}
}

func TestFillText(t *testing.T) {
	values := map[string]string{"申请人": "张三", "受理编号": "A1", "理由": "", "申请内容": "{{救济途径}} & <b>"}
	for _, tt := range []struct{ text, want string }{
		{"{{申请人}}：{{ 受理编号 }}", "张三：A1"},
		{"内容：{{申请内容}}", "内容：{{救济途径}} & <b>"}, // a value is not looked into
		{"{{理由}}", ""},
		{"没有", "没有"},
	} {
		if got, err := foi.FillText(tt.text, values); err != nil || got != tt.want {
			t.Errorf("%q: %q, %v", tt.text, got, err)
		}
	}
	for _, tt := range []struct {
		text, code string
		names      []string
	}{
		{"{{申请人}}{{没有这个}}{{也没有}}", "letter_unknown_placeholder", []string{"没有这个", "也没有"}},
		{"{{日期}}", "letter_missing_value", []string{"日期"}},
		{"{{申请人", "letter_broken_placeholder", nil},
		{"申请人}}", "letter_broken_placeholder", nil},
		{"{{}}", "letter_broken_placeholder", nil},
		{"{{{申请人}}}", "letter_broken_placeholder", nil},
		{"｛｛申请人｝｝", "letter_broken_placeholder", nil},
		{"{{申请人}} {{ {{受理编号}}", "letter_broken_placeholder", nil},
		{"{{申请\n人}}", "letter_broken_placeholder", nil},
	} {
		_, err := foi.FillText(tt.text, values)
		coded, ok := err.(interface {
			Code() string
			Params() map[string]any
		})
		if !ok || coded.Code() != tt.code {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		if names, _ := coded.Params()["names"].([]string); !slices.Equal(names, tt.names) {
			t.Errorf("%q names %v", tt.text, names)
		}
	}
}

func TestTemplatesMayNotLoseWhatTheLawAsksFor(t *testing.T) {
	for _, l := range foi.Letters() {
		all := slices.Concat(l.Required, l.Blankable)
		if err := l.CheckTemplate(all); err != nil {
			t.Errorf("%s: %v", l.Name, err)
		}
		for i, name := range all {
			var lacking foi.LackingPlaceholder
			err := l.CheckTemplate(slices.Delete(slices.Clone(all), i, i+1))
			if !errors.As(err, &lacking) || !slices.Equal(lacking.Names, []string{name}) {
				t.Errorf("%s without %s: %v", l.Name, name, err)
			}
		}
	}
}

var school = foi.Issuer{Name: "示范区晨光小学", Unit: "本校", Bureau: "示范区教育局", Contact: "陈老师", Phone: "021-64000001", Address: "示范路1号"}

func TestGrounds(t *testing.T) {
	for _, tt := range []struct {
		code   foi.OutcomeCode
		change func(*foi.Reply)
		want   string
	}{
		{"1.1", nil, "参照《中华人民共和国政府信息公开条例》第三十六条第（二）项"},
		{"3.2", nil, "根据《中华人民共和国学前教育法》第二十一条，参照《中华人民共和国政府信息公开条例》第十四条"},
		{"5.5", func(r *foi.Reply) { r.Basis = "某规定第三条" }, "根据某规定第三条"},
		{"2", nil, "参照《中华人民共和国政府信息公开条例》第三十七条、第十五条、第三十二条"},
		{"2", func(r *foi.Reply) { r.Withheld = []foi.OutcomeCode{"3.6", "3.7"} }, "参照《中华人民共和国政府信息公开条例》第三十七条、第十六条第二款"},
	} {
		r := complete(tt.code)
		if tt.change != nil {
			tt.change(&r)
		}
		values, err := r.Values(school, foi.DefaultRemedies[0])
		if err != nil || values["法律依据"] != tt.want {
			t.Errorf("%s: %s, %v", tt.code, values["法律依据"], err)
		}
	}
	bureau := foi.Issuer{Unit: "本局", Bureau: "示范区人民政府", Verb: "根据"}
	if values, _ := complete("1.1").Values(bureau, foi.DefaultRemedies[0]); !strings.HasPrefix(values["法律依据"], "根据《中华人民共和国政府信息公开条例》") {
		t.Errorf("of an organ: %s", values["法律依据"])
	}
}

func TestAnAnswerFillsItsLetter(t *testing.T) {
	remedy, err := foi.RemedyTextFor(nil, foi.RemedyAppeal, "310112", "2026-03-03")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range foi.Outcomes() {
		if !o.Letter.IsAnswer() {
			continue
		}
		values, err := complete(o.Code).Values(school, remedy)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{"文号": "1号", "日期": "2026年3月3日", "申请人": "张三", "受理编号": "A1", "收到日期": "2026年1月28日"} {
			values[name] = value
		}
		l, _ := foi.FindLetter(o.Letter)
		if err := l.CheckValues(values); err != nil {
			t.Errorf("%s: %v", o.Code, err)
		}
		if !strings.Contains(values["救济途径"], "向示范区教育局申诉") || !strings.Contains(values["救济途径"], "如认为本校未") {
			t.Errorf("%s: %s", o.Code, values["救济途径"])
		}
		delete(values, "收到日期")
		values["申请人"] = "　"
		var missing foi.MissingValue
		if err := l.CheckValues(values); !errors.As(err, &missing) || !slices.Equal(missing.Names, []string{"申请人", "收到日期"}) {
			t.Errorf("%s without applicant and date: %v", o.Code, err)
		}
	}
}

func TestWhatAnAnswerSays(t *testing.T) {
	say := func(r foi.Reply, name string) string {
		values, err := r.Values(school, foi.DefaultRemedies[0])
		if err != nil {
			t.Fatal(err)
		}
		return values[name]
	}
	partial, petition, unknown, gone, own := complete("2"), complete("5.1"), complete("4.1.2"), complete("3.4"), complete("1.1")
	petition.Obtain, petition.Link = "校长信箱", "https://example.edu.cn/mailbox"
	unknown.BodyUnknown = true
	gone.Consulted, gone.NotConsulted = false, "企业已注销"
	own.Remedy = "请向{{主管部门}}申诉。"
	for _, tt := range []struct{ got, want string }{
		{say(partial, "附件清单"), "附件：1. 账目（公开部分）.pdf（已作区分处理）"},
		{say(complete("3.5"), "附件清单"), ""},
		{say(complete("3.5"), "获取方式"), ""},
		{say(complete("3.5"), "审查结论"), "你（单位）申请公开的信息属于本校人事管理、后勤管理、内部工作流程等方面的内部事务信息，不予公开。"},
		{say(petition, "获取方式"), "有关事项可以通过下列渠道提出：校长信箱\n网址：https://example.edu.cn/mailbox"},
		{say(complete("4.1.2"), "其他单位"), "请向负责公开该信息的单位申请：示范区市场监督管理局，联系方式：021-64000000。"},
		{say(unknown, "其他单位"), "目前不能确定负责公开该信息的单位。"},
		{say(gone, "理由"), "理由充分\n未能征求第三方意见的原因：企业已注销"},
		{say(own, "救济途径"), "请向示范区教育局申诉。"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	own.Remedy = "请向{{某处}}申诉"
	if _, err := own.Values(school, foi.DefaultRemedies[0]); err == nil {
		t.Error("a remedy with an unknown placeholder is taken")
	}
}
