package letter_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
)

func TestFill(t *testing.T) {
	values := map[string]string{"申请人": "张三", "受理编号": "A1", "申请内容": "一\n二\n三", "理由": "", "获取方式": " \n "}
	for _, tt := range []struct{ name, body, want string }{
		{"in one run", para("{{申请人}}：你好"), "张三：你好\n"},
		{"twice in one paragraph", para("{{申请人}}和{{申请人}}，{{受理编号}}"), "张三和张三，A1\n"},
		{"spaces around the name", para("{{ 申请人 }}"), "张三\n"},
		{"split over runs", para("前{{申", "请", "人}}后"), "前张三后\n"},
		{"split between the braces", para("前{", "{申请人}", "}后"), "前张三后\n"},
		{"split, another right behind it", para("{{申请", "人}}{{受理", "编号}}。"), "张三A1。\n"},
		{"split by what spelling checks leave", `<w:p><w:r><w:t>{{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:lastRenderedPageBreak/><w:t>申请人</w:t></w:r><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>}}</w:t></w:r></w:p>`, "张三\n"},
		{"in an empty and a self-closing text", `<w:p><w:r><w:t></w:t></w:r><w:r><w:t/></w:r><w:r><w:t>{{申请人}}</w:t></w:r></w:p>`, "张三\n"},
		{"written as entities", para("&#123;&#x7b;申请人}}"), "张三\n"},
		{"in a CDATA section", para("<![CDATA[{{申请人}} & co]]>"), "张三 & co\n"},
		{"text that only looks escaped stays", para("a &amp;lt; b {{申请人}}"), "a &lt; b 张三\n"},
		{"nothing to fill", para("a &lt; b"), "a < b\n"},
		{"lines become paragraphs", para("内容：{{申请内容}}。"), "内容：一\n二\n三。\n"},
		{"lines in a link become lines", `<w:p><w:hyperlink r:id="x"><w:r><w:t>{{申请内容}}</w:t></w:r></w:hyperlink></w:p>`, "一\n二\n三\n"},
		{"lines where a section ends become lines", `<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{申请内容}}</w:t></w:r></w:p>`, "一\n二\n三\n"},
		{"in a cell", `<w:tbl><w:tr><w:tc>` + para("{{申请内容}}") + `</w:tc></w:tr></w:tbl>`, "一\n二\n三\n"},
		{"a paragraph of empty values goes", para("甲") + para(" {{理由}} ", "{{获取方式}}") + para("乙"), "甲\n乙\n"},
		{"a cell of empty values stays", `<w:tbl><w:tr><w:tc>` + para("{{理由}}") + `</w:tc></w:tr></w:tbl>`, "\n"},
		{"a label before an empty value stays", para("理由：{{理由}}"), "理由：\n"},
		{"a paragraph with a page break stays", `<w:p><w:r><w:t>{{理由}}</w:t><w:br w:type="page"/></w:r></w:p>`, "\n\n"},
		{"an empty paragraph for the seal stays", para() + para("{{申请人}}"), "\n张三\n"},
		{"in a text box in a paragraph", `<w:p><w:r><w:t>{{申</w:t></w:r><w:r><w:txbxContent>` + para("{{受理编号}}") + `</w:txbxContent></w:r><w:r><w:t>请</w:t></w:r></w:p>`, "BROKEN"},
		{"in a text box and around it", `<w:p><w:r><w:t>{{申请人}}</w:t></w:r><w:r><w:txbxContent>` + para("{{受理编号}}") + `</w:txbxContent></w:r></w:p>`, "张三A1\n\n"},
		{"a control around it", `<w:sdt><w:sdtContent>` + para("{{申请内容}}") + `</w:sdtContent></w:sdt>`, "一\n二\n三\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.want == "BROKEN" {
				_, err := letter.Fill(docx(t, tt.body), values)
				var broken foi.BrokenPlaceholder
				if !errors.As(err, &broken) {
					t.Fatalf("got %v", err)
				}
				return
			}
			if got := textOf(t, filled(t, docx(t, tt.body), values)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAValueLooksAsItsPlaceholderDid(t *testing.T) {
	body := `<w:p w:rsidR="00A1"><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{申请</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>内容}}尾</w:t></w:r></w:p>`
	got := filled(t, docx(t, body), map[string]string{"申请内容": "一\n二"})
	want := `<w:p w:rsidR="00A1"><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">一</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">二</w:t></w:r>` +
		`<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">尾</w:t></w:r></w:p>`
	if !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
}

func TestOtherPrefixesAndStrictFiles(t *testing.T) {
	for _, space := range []string{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"} {
		for _, prefix := range []string{"w:", "wp:", ""} {
			declare := "xmlns"
			if prefix != "" {
				declare += ":" + strings.TrimSuffix(prefix, ":")
			}
			body := strings.ReplaceAll(`<?xml version="1.0"?><#document `+declare+`="`+space+`"><#body><#p><#r><#t>{{申请内容}}</#t></#r></#p></#body></#document>`, "#", prefix)
			template := packed(t, file{"[Content_Types].xml", types}, file{"word/document.xml", body})
			if got := textOf(t, filled(t, template, map[string]string{"申请内容": "一\n二"})); got != "一\n二\n" {
				t.Errorf("%s %q: got %q", space, prefix, got)
			}
		}
	}
}

func TestHostileValuesStayText(t *testing.T) {
	for _, value := range []string{`</w:t></w:r></w:p><w:p><w:r><w:t>x`, `<w:instrText>DDEAUTO</w:instrText>`, `&#x3c;b&#x3e;`, `"'&<>`, `]]>`, `{{申请人}}`, `}}{{`, `=cmd|'/c calc'!A1`} {
		got := textOf(t, filled(t, docx(t, para("前{{理由}}后")), map[string]string{"理由": value}))
		if got != "前"+value+"后\n" {
			t.Errorf("%q became %q", value, got)
		}
	}
	// what no XML can hold, what turns a line around, what word processors take for a line
	got := textOf(t, filled(t, docx(t, para("{{理由}}")), map[string]string{"理由": "a\x00\x0b\x1bb\xff\uFFFE\u202Ec\u2028d\re\r\nf\tg\u3000\n\n\u3000\u3000h"}))
	if got != "a\nbc\nd\ne\nf g\nh\n" {
		t.Errorf("got %q", got)
	}
}

func TestFillSaysWhatIsMissingOrUnknown(t *testing.T) {
	template := docx(t, para("{{申请人}}{{不认识}}")+para("{{日期}}{{文号}}"))
	_, err := letter.Fill(template, map[string]string{"申请人": "张三", "不认识": "x"})
	var unknown foi.UnknownPlaceholder
	if !errors.As(err, &unknown) || strings.Join(unknown.Names, "") != "不认识" || unknown.Error() != "模板中有不认识的占位符：{{不认识}}" {
		t.Errorf("unknown: %v", err)
	}
	_, err = letter.Fill(docx(t, para("{{申请人}}{{日期}}{{文号}}")), map[string]string{"申请人": ""})
	var missing foi.MissingValue
	if !errors.As(err, &missing) || strings.Join(missing.Names, " ") != "文号 日期" {
		t.Errorf("missing: %v", err)
	}
	for _, body := range []string{para("{{申请人"), para("{{申请人") + para("}}"), para("｛｛申请人｝｝"), `<w:p><w:r><w:t>{{申请</w:t><w:br/><w:t>人}}</w:t></w:r></w:p>`} {
		var broken foi.BrokenPlaceholder
		if _, err := letter.Fill(docx(t, body), map[string]string{"申请人": "张三"}); !errors.As(err, &broken) || broken.Near == "" {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestHeadersAreFilledTooAndTheRestStays(t *testing.T) {
	more := []file{
		{"word/header1.xml", `<w:hdr` + names + `>` + para("{{文号}}") + `</w:hdr>`},
		{"word/media/image1.png", "\x89PNG not touched {{申请人}}"},
		{"word/custom.xml", `<x>{{没有这个}}</x>`}, // no part with text
		{"docProps/core.xml", `<cp:coreProperties xmlns:cp="x"><creator>王五</creator></cp:coreProperties>`},
	}
	template := docx(t, para("{{申请人}}"), more...)
	names, err := letter.Check(template)
	if err != nil || strings.Join(names, " ") != "申请人 文号" {
		t.Errorf("placeholders %v, %v", names, err)
	}
	data, err := letter.Fill(template, map[string]string{"申请人": "张三", "文号": "1号"})
	if err != nil {
		t.Fatal(err)
	}
	parts := unzip(t, data)
	if textOf(t, parts["word/header1.xml"]) != "1号\n" || parts["word/media/image1.png"] != more[1].data || parts["word/custom.xml"] != more[2].data {
		t.Errorf("parts: %v", parts)
	}
	if strings.Contains(parts["docProps/core.xml"], "王五") {
		t.Error("the letter names who drew the template")
	}
	again, err := letter.Fill(template, map[string]string{"申请人": "张三", "文号": "1号"})
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("the same values give other bytes (%v)", err)
	}
}
