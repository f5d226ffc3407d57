package paper_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/paper"
)

var keep = flag.String("keep", "", "also write the sample document to this path, to look at it in a word processor")

var beijing = time.FixedZone("CST", 8*3600)

func at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, beijing)
}

const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

// sample is a text that was returned once, reviewed by a stand-in, cleared by
// the bureau with an override, and published.
func sample() paper.Register {
	allOf := publication.Check{Examined: publication.ReviewPoints()}
	return paper.Register{
		PrintedOn: "2026-11-27", School: "示范区晨光小学", Column: "信息公开 › 学校管理 › 通知公告", Title: "关于2026学年第一学期食堂供餐时间和收费标准调整的通知",
		IndexNumber: "9999990001-A0308-2026-0007", Source: "示范区晨光小学总务处", DocNumber: "晨光〔2026〕12号", Writers: []string{"张文", "陈丽"},
		CreatedOn: "2026-11-20", ValidUntil: "2027-01-31", Version: 2, Hash: hash, Intact: true, Form: publication.Extended,
		Attachments: []paper.Attachment{{Name: "食堂收费标准（2026年11月）.xlsx", Size: "18.4 KB", SHA256: hash},
			{Name: "供餐时间表.pdf", Size: "236 KB", SHA256: strings.Repeat("0123456789abcdef", 4)}},
		Findings: paper.Findings{Block: 1, Warn: 2, Note: 1, Later: 1, Overridden: []paper.Override{{What: "涉密标记", Place: "正文第2段",
			Reason: "密级标记是所引用的旧文件格式，原件已于2024年公开发布。", By: "王保密", At: at(24, 15, 2)}}},
		Steps: []paper.Step{
			{Stage: publication.Returned, Do: publication.Submit, At: at(23, 9, 12), By: "张文", Duty: publication.Editor},
			{Stage: publication.Reviewing, Do: publication.Approve, At: at(23, 10, 40), By: "赵明", For: "李审核", Duty: publication.Reviewer, Check: allOf},
			{Stage: publication.SecondReviewing, Do: publication.Approve, At: at(24, 8, 5), By: "周校长", Duty: publication.Principal, Check: allOf},
			{Stage: publication.SecrecyReviewing, Do: publication.Refer, At: at(24, 15, 4), By: "王保密", Duty: publication.SecrecyReviewer, Reason: "收费明细是否属于过程性信息，本校拿不准",
				Check: publication.Check{Examined: []publication.Point{publication.StateSecret, publication.WorkSecret}, Found: []publication.Point{publication.ProcessInfo}, Result: publication.AskAbove}},
			{Stage: publication.Referred, Do: publication.Clear, At: at(25, 9, 30), By: "钱区级", Duty: publication.SecrecyReviewer, AtBureau: true,
				Check: publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish, Basis: "《政府信息公开条例》第十九条"}},
			{Stage: publication.Released, Do: publication.Publish, At: at(25, 9, 30)},
		},
		Earlier: []paper.Round{{Version: 1, Form: publication.Extended, Steps: []paper.Step{
			{Stage: publication.Drafting, Do: publication.Submit, At: at(20, 16, 0), By: "张文", Duty: publication.Editor},
			{Stage: publication.Reviewing, Do: publication.Return, At: at(20, 17, 20), By: "李审核", Duty: publication.Reviewer, Reason: "请写明收费依据和监督电话"},
		}}},
	}
}

// unzip reads every part and checks that it is XML.
func unzip(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(raw)
		textOf(t, all[f.Name])
	}
	return all
}

// textOf is the text of a part, one line for each paragraph.
func textOf(t *testing.T, part string) string {
	t.Helper()
	var text strings.Builder
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch token := token.(type) {
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			if token.Name.Local == "p" {
				text.WriteByte('\n')
			}
		}
	}
}

func made(t *testing.T, r paper.Register) map[string]string {
	t.Helper()
	data, err := paper.Docx(r)
	if err != nil {
		t.Fatal(err)
	}
	return unzip(t, data)
}

func TestTheFormSaysEverything(t *testing.T) {
	data, err := paper.Docx(sample())
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(*keep, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	parts := unzip(t, data)
	text := textOf(t, parts["word/document.xml"])
	for _, want := range []string{"信息发布审核登记表", "示范区晨光小学", "信息公开 › 学校管理 › 通知公告", "供餐时间和收费标准调整", "9999990001-A0308-2026-0007",
		"总务处", "张文、陈丽", "晨光〔2026〕12号", "2026年11月20日", "2027年1月31日", "第 2 版", "四人制", hash, "与送审时一致",
		"食堂收费标准（2026年11月）.xlsx", "18.4 KB", hash[:16] + "\n", "必须处理 1 处，请核对 2 处，提示 1 处", "其中 1 处是公开后重新检查时发现",
		"涉密标记", "正文第2段", "原件已于2024年公开发布", "王保密\n2026-11-24 15:02", "赵明\n（代李审核）", "初审", "复审", "上级确定", "☑事实、数据准确",
		"2026-11-23\n10:40", "区级保密审查员", "系统\n（按设定）", "☑可公开", "☐不予公开", "☑提请上级确定", "过程性信息\n☑\n☑\n", "《政府信息公开条例》第十九条", "本校拿不准",
		"已公开", "2026年11月25日 09:30", "本条信息以前各轮送审", "第 1 版", "退回修改", "请写明收费依据和监督电话", "赵明（代李审核）", "单位（盖章）"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	if strings.Contains(text, "演示数据") || strings.Contains(text, "不一致，请联系") {
		t.Error("a real form says that it is a demonstration, or that the text was changed")
	}
	foot := textOf(t, parts["word/footer.xml"])
	if !strings.Contains(foot, "打印日期：2026年11月27日") || !strings.Contains(foot, hash) || !strings.Contains(foot, "第 1 页，共 1 页　办理记录不能更改") {
		t.Errorf("the footer: %s", foot)
	}
	if !strings.Contains(parts["word/document.xml"], `<w:pgSz w:w="11906" w:h="16838">`) || !strings.Contains(parts["word/styles.xml"], `w:eastAsia="仿宋"`) {
		t.Error("it is not A4, or its font is not named")
	}
}

func TestTheSameDataGiveTheSameBytes(t *testing.T) {
	a, err := paper.Docx(sample())
	if err != nil {
		t.Fatal(err)
	}
	b, err := paper.Docx(sample())
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two printings differ (%v)", err)
	}
}

func TestEachGroundIsTickedByItself(t *testing.T) {
	r := sample()
	r.Steps[4] = paper.Step{Stage: publication.Referred, Do: publication.Withhold, At: at(25, 9, 30), By: "钱区级", Duty: publication.SecrecyReviewer, AtBureau: true, Reason: "涉及未成年人",
		Check: publication.Check{Examined: publication.SecrecyPoints(), Found: []publication.Point{publication.Minors}, Result: publication.NotPublic, Basis: "条例第十五条"}}
	r.Steps = r.Steps[:5]
	text := textOf(t, made(t, r)["word/document.xml"])
	for _, want := range []string{"国家秘密\n☑\n☐\n工作秘密\n☑\n☐\n", "未成年人信息\n☑\n☑\n", "个人隐私\n☑\n☐\n", "☑不予公开", "原因\n涉及未成年人\n", "办理结果\n不公开\n", "公开时间\n—\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
}

func TestOutcomes(t *testing.T) {
	all := sample().Steps
	withdrawn := append(sample().Steps, paper.Step{Stage: publication.Drafting, Do: publication.Withdraw, At: at(26, 9, 0), By: "张文", Duty: publication.Editor, Reason: "有误"})
	for _, tt := range []struct {
		want     string
		steps    []paper.Step
		replaced bool
	}{
		{"待初审", all[:1], false}, {"待复审", all[:2], false}, {"待保密审查", all[:3], false}, {"待上级确定", all[:4], false}, {"待公开", all[:5], false},
		{"已公开", all, false}, {"已公开（已由新版本替换）", all, true}, {"已撤回", withdrawn, false},
		{"撤回送审", []paper.Step{all[0], {Stage: publication.Reviewing, Do: publication.Recall, At: at(23, 9, 30), By: "张文", Duty: publication.Editor}}, false},
		{"退回修改", sample().Earlier[0].Steps, false},
	} {
		r := sample()
		r.Steps, r.Replaced = tt.steps, tt.replaced
		if text := textOf(t, made(t, r)["word/document.xml"]); !strings.Contains(text, "办理结果\n"+tt.want+"\n") {
			t.Errorf("the outcome is not %s", tt.want)
		}
	}
}

// A form can be printed for the way: what is not yet done is empty.
func TestBeforeTheReviewsTheirPlacesAreEmpty(t *testing.T) {
	r := sample()
	r.Steps, r.Earlier, r.Attachments, r.Findings = r.Steps[:1], nil, nil, paper.Findings{}
	text := textOf(t, made(t, r)["word/document.xml"])
	for _, want := range []string{"尚未审查", "☐可公开", "国家秘密\n☐\n☐\n", "无附件。", "自动检查没有发现", "初审人\n\n\n", "复审人\n\n\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the form does not say %q", want)
		}
	}
	if strings.Contains(text, "以前各轮") || strings.Contains(text, "☑\n") {
		t.Error("it lists rounds that were not, or ticks what nobody did")
	}
}

func TestADemonstrationSaysSoOnEveryPage(t *testing.T) {
	r := sample()
	r.Demo = true
	parts := made(t, r)
	if !strings.Contains(textOf(t, parts["word/header.xml"]), "演示数据") || !strings.Contains(textOf(t, parts["word/document.xml"]), "演示数据") {
		t.Error("it can be taken for a real one")
	}
}

func TestHostileTextStaysText(t *testing.T) {
	const hostile = "</w:t><w:p>&amp;<!--\x00\x07\x1b" + "\u202e" + "\ufffe" + "]]>\"'\xff 第一行\r\n第二行\t末"
	const shown = "</w:t><w:p>&amp;<!--]]>\"' 第一行\n第二行 末"
	r := sample()
	r.Title, r.School, r.DocNumber, r.Hash, r.Writers = hostile, hostile, hostile, hostile, []string{hostile}
	r.Steps[0].By, r.Steps[0].Reason = hostile, hostile
	r.Attachments[0] = paper.Attachment{Name: hostile, Size: hostile, SHA256: "短"}
	r.Findings.Overridden[0].Reason, r.PrintedOn = hostile, hostile
	parts := made(t, r)
	text := textOf(t, parts["word/document.xml"])
	if n := strings.Count(text, shown); n < 7 {
		t.Errorf("the text is shown %d times as it was written", n)
	}
	for name, part := range parts {
		if strings.ContainsAny(part, "\x00\x07\x1b\u202e\ufffe\ufffd") || strings.Contains(part, "<w:p>&amp;<") {
			t.Errorf("%s holds what must not be there", name)
		}
	}
}

func TestALongTitleIsWhole(t *testing.T) {
	r := sample()
	r.Title = strings.Repeat("长标题", 1667)[:3*5000]
	if text := textOf(t, made(t, r)["word/document.xml"]); !strings.Contains(text, r.Title) {
		t.Error("the title was cut")
	}
}
