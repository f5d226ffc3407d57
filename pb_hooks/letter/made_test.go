package letter_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
)

const names = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// file is one part of a made template.
type file struct{ name, data string }

// packed writes parts as a zip.
func packed(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	for _, f := range files {
		to, err := w.Create(f.name)
		if err == nil {
			_, err = to.Write([]byte(f.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>`

// docx is a template with this body, and more parts.
func docx(t testing.TB, body string, more ...file) []byte {
	t.Helper()
	return packed(t, append([]file{{"[Content_Types].xml", types}, {"word/document.xml", xml.Header + `<w:document` + names + `><w:body>` + body + `</w:body></w:document>`}}, more...)...)
}

// para is a paragraph of runs; each text is one run.
func para(texts ...string) string {
	var b strings.Builder
	b.WriteString(`<w:p>`)
	for _, text := range texts {
		b.WriteString(`<w:r><w:t>` + text + `</w:t></w:r>`)
	}
	return b.String() + `</w:p>`
}

// unzip reads every part and checks that it is XML.
func unzip(t testing.TB, data []byte) map[string]string {
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
		if strings.HasSuffix(f.Name, ".xml") || strings.HasSuffix(f.Name, ".rels") {
			textOf(t, string(raw))
		}
	}
	return all
}

// textOf is the text of a part, one line for each paragraph and each line break.
func textOf(t testing.TB, part string) string {
	t.Helper()
	var text strings.Builder
	in := false
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatalf("not XML: %v in %s", err, part)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local == "t"
		case xml.CharData:
			if in {
				text.Write(token)
			}
		case xml.EndElement:
			in = false
			if token.Name.Local == "p" || token.Name.Local == "br" {
				text.WriteByte('\n')
			}
		}
	}
}

func filled(t testing.TB, template []byte, values map[string]string) string {
	t.Helper()
	data, err := letter.Fill(template, values)
	if err != nil {
		t.Fatal(err)
	}
	return unzip(t, data)["word/document.xml"]
}

// sample has a value for everything that letters know.
func sample() map[string]string {
	values := map[string]string{}
	for _, f := range foi.LetterFields() {
		values[f.Name] = "〔" + f.Name + "〕"
	}
	maps.Copy(values, map[string]string{
		"落款单位": "示范区晨光小学", "本单位": "本校", "主管部门": "示范区教育局", "联系人": "陈老师", "联系电话": "021-64000001", "联系地址": "示范区示范路1号，201100",
		"文号": "示教晨光信〔2026〕12号-答", "日期": "2026年3月3日", "申请人": "张三", "受理编号": "310199-0001-2026-00012", "收到日期": "2026年1月28日", "提交方式": "网上",
		"申请内容": "2025学年第一学期食堂伙食费收支明细，包括：\n1. 每月收取的伙食费总额\n2. 每月食材采购支出", "答复期限": "2026年3月3日",
		"查询方式": "办理情况可以在“示范区中小学信息公开平台”的“查询”中凭受理编号和查询码查询。",
		"补正事项": "1. 请写明需要哪一学期的收支明细\n2. 请写明需要纸质件还是电子件", "补正期限": "10", "补正截止日期": "2026年3月10日", "补正通知日期": "2026年2月12日",
		"延期理由": "所申请的信息涉及三个学期的账目，数量较多，需要逐页审查", "延长天数": "10", "原答复期限": "2026年3月3日", "新答复期限": "2026年3月17日",
		"第三方": "示范区某某食品有限公司", "信息名称": "2025学年食材采购合同", "信息概要": "合同含采购品种、单价、结算方式。", "回复截止日期": "2026年2月27日",
		"回复方式": "请将意见寄送或者发送至上述联系地址，也可以通过随附的链接在线填写。", "单位名称": "示范区教育局计财科", "征求事项": "上述信息是否可以公开，不能公开的请说明依据和理由。",
		"逾期说明": foi.JointMakerSilence, "征询情况": "本校曾于2026年2月3日书面征求你（单位）的意见，你（单位）不同意公开。", "公开内容": "采购品种、数量和单价", "公开理由": "食材价格关系全体学生家长的切身利益",
		"救济途径": "如认为本校未依照有关规定公开信息，可以依照《中华人民共和国政府信息公开条例》第五十五条第二款的规定，向示范区教育局申诉。",
		"审查结论": "你（单位）申请公开的信息可以公开，现予以公开。", "法律依据": "参照《中华人民共和国政府信息公开条例》第三十六条第（二）项",
		"理由": "合同第三至五页载有供应商的成本构成，属于商业秘密。\n经书面征求意见，供应商不同意公开，理由合理。", "获取方式": "获取的方式、途径：请于2026年3月5日起到校领取光盘。",
		"附件清单": "附件：1. 2025学年第一学期伙食费收支明细.pdf\n2. 食材采购汇总表.xlsx", "其他单位": "请向负责公开该信息的单位申请：示范区市场监督管理局，联系方式：021-64000000。",
		"以前答复": "示教晨光信〔2026〕3号-答", "原文号": "示教晨光信〔2026〕12号-答", "补充内容": "附件1第二页漏列11月的数据，现予补充。", "撤回日期": "2026年2月6日",
		"承办部门": "总务处", "办理要求": "请检索所申请的信息，就是否公开提出意见，说明依据和理由。", "内部期限": "2026年2月11日", "学校名称": "示范区晨光小学",
		"督办事由": "答复期限已于2026年3月3日届满，尚未答复。", "督办要求": "请立即答复申请人，并说明逾期的原因。", "办结期限": "2026年3月6日", "送达文书": "信息公开申请答复书\n示教晨光信〔2026〕12号-答",
		"受送达人": "张三", "送达方式": "挂号信（单号 XA12345678931）", "送达地点": "示范区示范路2号", "送达人": "李老师", "案卷题名": "张三申请公开食堂伙食费收支明细",
		"材料目录": "1. 信息公开申请表（2页）\n2. 收件回执（1页）\n3. 审查表（1页）\n4. 答复书（2页）\n5. 送达回证（1页）", "保管期限": "10年", "立卷人": "李老师",
		"办结日期": "2026年3月3日", "办理结果": "予以公开",
	})
	return values
}

var kinds = foi.LetterKinds()
