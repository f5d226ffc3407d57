package scan_test

import (
	"fmt"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// wordXML is a part of a Word file with this root.
func wordXML(root, inside string) string {
	return header + `<w:` + root + ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + inside + `</w:` + root + `>`
}

// look is a run with these properties.
func look(props, text string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t>` + text + `</w:t></w:r>`
}

const wordPeople = header + `<w15:people xmlns:w15="x"><w15:person w15:author="张小明"><w15:presenceInfo w15:userId="zhang"/></w15:person></w15:people>`

func external(kind, target string) string {
	return header + `<Relationships><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `" TargetMode="External"/></Relationships>`
}

// wordFiles are what a Word file may carry unseen.
func wordFiles(t *testing.T) []fileCase {
	id := identity("31011220140305012")
	text := para("正文")
	white := `<w:color w:val="FFFFFF"/>`
	file := func(body string, more ...part) []byte { return docx(t, body, more...) }
	is := func(classes ...scan.Class) []scan.Class { return classes }
	return []fileCase{
		{"a photo in a Word file that tells where", "a.docx", file(text, part{"word/media/image1.jpg", string(photo(true))}), is(scan.Location), "a.docx：图片（image1.jpg）"},
		{"a photo in a Word file that does not", "a.docx", file(text, part{"word/media/image1.jpg", string(photo(false))}), nil, ""},
		{"a PNG that tells where", "a.docx", file(text, part{"word/media/image1.png", string(png("eXIf", placeTag))}), is(scan.Location), "a.docx：图片（image1.png）"},
		{"a TIFF that tells who", "a.docx", file(text, part{"word/media/image1.tiff", string(exif(0x013B))}), is(scan.DocumentAuthor), "a.docx：图片属性（image1.tiff）"},
		{"who commented", "a.docx", file(text, part{"word/people.xml", wordPeople}), is(scan.DocumentAuthor), "a.docx：批注和修订的作者"},
		{"data of its own", "a.docx", file(text, part{"customXml/item1.xml", `<a b="` + id + `"><c>` + id + `</c></a>`}), is(scan.IdentityCard), "a.docx：自定义数据"},
		{"a property of its own", "a.docx", file(text, part{"docProps/custom.xml", `<Properties><property name="x"><vt:lpwstr>张小明</vt:lpwstr></property></Properties>`}), is(scan.DocumentAuthor), "a.docx：自定义属性"},
		{"a piece of another format", "a.docx", file(`<w:altChunk r:id="rId9"/>`, part{"word/afchunk.mht", "身份证" + id}), is(scan.Embedded, scan.IdentityCard), "a.docx"},
		{"a diagram", "a.docx", file(text, part{"word/diagrams/data1.xml", `<a:t>身份证` + id + `</a:t>`}), is(scan.IdentityCard), "a.docx：智能图形"},
		{"a chart", "a.docx", file(text, part{"word/charts/chart1.xml", `<c:pt><c:v>` + id + `</c:v></c:pt>`}), is(scan.IdentityCard), "a.docx：图表"},
		{"a number in the runs of a drawing", "a.docx", file(text, part{"word/diagrams/data1.xml", `<x><a:p><a:r><a:t>` + id[:9] + `</a:t></a:r><a:r><a:t>` + id[9:] + `</a:t></a:r></a:p></x>`}), is(scan.IdentityCard), "a.docx：智能图形"},
		{"what a picture is said to show", "a.docx", file(`<w:p><w:r><w:drawing><wp:docPr id="1" name="图片 1" descr="` + id + `"/></w:drawing></w:r></w:p>`), is(scan.IdentityCard), "a.docx：图片说明"},
		{"a template somewhere else", "a.docx", file(text, part{"word/_rels/settings.xml.rels", external("attachedTemplate", "file:///D:/x.dotm")}), is(scan.Embedded), "a.docx：外部链接"},
		{"a link is nothing", "a.docx", file(text, part{"word/_rels/document.xml.rels", external("hyperlink", "https://www.shmh.gov.cn/")}), nil, ""},
		{"a link that is an address", "a.docx", file(text, part{"word/_rels/document.xml.rels", external("hyperlink", "mailto:zhang@qq.com")}), is(scan.Email), "a.docx：链接"},
		{"data for a mail merge", "a.docx", file(text, part{"word/settings.xml", wordXML("settings", `<w:mailMerge/>`)}), is(scan.Embedded), "a.docx：邮件合并"},
		{"a changed format", "a.docx", file(`<w:p><w:r><w:rPr><w:b/><w:rPrChange w:author="张小明"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>正文</w:t></w:r></w:p>`), is(scan.TrackedChanges), "a.docx"},
		{"changes under another prefix", "a.docx", packed(t, part{"word/document.xml", `<x:document><x:body><x:p><x:ins><x:r><x:t>加上</x:t></x:r></x:ins></x:p></x:body></x:document>`}), is(scan.TrackedChanges), "a.docx"},
		{"hidden by a style", "a.docx", file(`<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>看不见</w:t></w:r></w:p>`, part{"word/styles.xml", wordXML("styles", `<w:style w:styleId="b"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>`)}), is(scan.HiddenText), "a.docx"},
		{"a hidden mark of a paragraph is nothing", "a.docx", file(`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>看得见</w:t></w:r></w:p>`), nil, ""},
		{"white on white", "a.docx", file(`<w:p>` + look(white, "看不见") + `</w:p>`), is(scan.HiddenText), "a.docx"},
		{"as small as a dot", "a.docx", file(`<w:p>` + look(`<w:sz w:val="2"/>`, "看不见") + `</w:p>`), is(scan.HiddenText), "a.docx"},
		{"white on blue", "a.docx", file(`<w:p>` + look(white+`<w:shd w:fill="4472C4"/>`, "看得见") + `</w:p>`), nil, ""},
		{"white in a blue cell", "a.docx", file(`<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="4472C4"/></w:tcPr><w:p>` + look(white, "姓名") + `</w:p></w:tc></w:tr></w:tbl>`), nil, ""},
		{"white in a box", "a.docx", file(`<w:p><w:r><w:txbxContent><w:p>` + look(white, "看得见") + `</w:p></w:txbxContent></w:r></w:p>`), nil, ""},
		{"a paragraph around a text box", "a.docx", file(`<w:p><w:r><w:t>` + id[:9] + `</w:t></w:r><w:r><w:txbxContent>` + para("框") + `</w:txbxContent></w:r><w:r><w:t>` + id[9:] + `</w:t></w:r></w:p>`), is(scan.IdentityCard), "a.docx：第2段"},
		{"UTF-16", "a.docx", packed(t, part{"word/document.xml", utf16XML(`<w:document><w:p><w:r><w:t>` + id + `</w:t></w:r></w:p></w:document>`)}), is(scan.IdentityCard), "a.docx：第1段"},
		{"a text under another name", "a.docx", packed(t, part{"_rels/.rels", relations("officeDocument", "word/document2.xml")}, part{"word/document2.xml", wordXML("document", para(id))}), is(scan.IdentityCard), "a.docx：第1段"},
		{"two texts", "a.docx", file(text, part{"word/Document.xml", wordXML("document", para(id))}), is(scan.Unreadable), "a.docx"},
		{"a part nobody knows", "a.docx", file(text, part{"word/unknown.xml", `<x>` + id + `</x>`}), is(scan.IdentityCard), "a.docx：其他内容"},
		{"a control", "a.docx", file(text, part{"word/activeX/activeX1.bin", "x"}), is(scan.Macro), "a.docx"},
	}
}

// sheetFiles are what a workbook may carry unseen.
func sheetFiles(t *testing.T) []fileCase {
	id := identity("31011220140305012")
	is := func(classes ...scan.Class) []scan.Class { return classes }
	plain := grid([][]string{{"项目", "金额"}, {"校服", "180"}}, nil)
	file := func(sheet string, more ...part) []byte { return book(t, [][3]string{{"表", "", sheet}}, more...) }
	cell := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	sparse := `<sheetData><row r="1">` + cell("A1", "序号") + cell("B1", "姓名") + cell("C1", "备注") + cell("D1", "成绩") + `</row>`
	for i, n := range people(3) {
		sparse += fmt.Sprintf(`<row r="%d"><c r="A%d"><v>%d</v></c>%s<c r="D%d"><v>9%d</v></c></row>`, i+2, i+2, i, cell(fmt.Sprintf("B%d", i+2), n), i+2, i)
	}
	unused := part{"xl/sharedStrings.xml", header + `<sst><si><t>项目</t></si><si><t>` + id + `</t></si></sst>`}
	return []fileCase{
		{"cells left out", "a.xlsx", file(sparse + `</sheetData>`), is(scan.Scores), "a.xlsx：表!D2"},
		{"a drawing", "a.xlsx", file(plain, part{"xl/drawings/drawing1.xml", `<xdr:wsDr><a:p><a:r><a:t>` + id + `</a:t></a:r></a:p></xdr:wsDr>`}), is(scan.IdentityCard), "a.xlsx：图形"},
		{"a photo in a workbook", "a.xlsx", file(plain, part{"xl/media/image1.jpeg", string(photo(true))}), is(scan.Location), "a.xlsx：图片（image1.jpeg）"},
		{"a header of a sheet", "a.xlsx", file(plain + `<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;12 秘密★一年</oddHeader></headerFooter>`), is(scan.SecrecyMark), "a.xlsx：表!页眉页脚"},
		{"the name of a sheet", "a.xlsx", book(t, [][3]string{{"身份证" + id, "", plain}}), is(scan.IdentityCard), "a.xlsx：工作表名称"},
		{"a sheet that is not listed", "a.xlsx", file(plain, part{"xl/worksheets/sheet9.xml", `<worksheet>` + plain + `</worksheet>`}), is(scan.HiddenSheet), "a.xlsx：sheet9"},
		{"a connection", "a.xlsx", file(plain, part{"xl/connections.xml", `<connections><connection name="学籍库" connection="Server=10.0.0.1;Pwd=1"/></connections>`}), is(scan.Embedded), "a.xlsx：数据连接"},
		{"values of another workbook", "a.xlsx", file(plain, part{"xl/externalLinks/externalLink1.xml", `<externalLink><cell r="A1"><v>` + id + `</v></cell></externalLink>`}), is(scan.Embedded, scan.IdentityCard), "a.xlsx"},
		{"a name for a value", "a.xlsx", packed(t, part{"xl/workbook.xml", `<workbook><sheets/><definedNames><definedName name="x" hidden="1">"` + id + `"</definedName></definedNames></workbook>`}, part{"xl/_rels/workbook.xml.rels", relations()}), is(scan.IdentityCard), "a.xlsx：名称"},
		{"rows hidden by default", "a.xlsx", file(`<sheetFormatPr defaultRowHeight="14" zeroHeight="1"/>` + plain), is(scan.HiddenRows), "a.xlsx：表"},
		{"a column without width", "a.xlsx", file(`<cols><col min="2" max="2" width="0.0" customWidth="1"/></cols>` + plain), is(scan.HiddenRows), "a.xlsx：表"},
		{"columns without width by default", "a.xlsx", file(`<sheetFormatPr defaultColWidth="0"/>` + plain), is(scan.HiddenRows), "a.xlsx：表"},
		{"a row without height", "a.xlsx", file(grid([][]string{{"项目"}, {"校服"}}, map[int]string{2: ` ht="0.0" customHeight="1"`})), is(scan.HiddenRows), "a.xlsx：表"},
		{"a hidden column without data is nothing", "a.xlsx", file(`<cols><col min="9" max="9" width="0" hidden="1"/></cols>` + plain), nil, ""},
		{"a text no cell shows", "a.xlsx", file(`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`, unused), is(scan.IdentityCard), "a.xlsx：已删除但仍保存的文字"},
		{"words in a formula", "a.xlsx", file(`<sheetData><row r="1"><c r="A1" t="str"><f>IF(1,"无","` + id + `")</f><v>无</v></c></row></sheetData>`), is(scan.IdentityCard), "a.xlsx：表!公式"},
		{"what may be chosen", "a.xlsx", file(plain + `<dataValidations><dataValidation prompt="填` + id + `"><formula1>A1</formula1></dataValidation></dataValidations>`), is(scan.IdentityCard), "a.xlsx：表!提示"},
		{"comments of today, and by whom", "a.xlsx", file(plain, part{"xl/threadedComments/threadedComment1.xml", `<ThreadedComments><threadedComment ref="B2"><text>` + id + `</text></threadedComment></ThreadedComments>`},
			part{"xl/persons/person.xml", `<personList><person displayName="张小明" userId="1"/></personList>`}), is(scan.Comments, scan.DocumentAuthor, scan.IdentityCard), "a.xlsx"},
		{"what a pivot table remembers", "a.xlsx", file(plain, part{"xl/pivotCache/pivotCacheDefinition1.xml", `<x><s v="` + id + `"/></x>`}), is(scan.PivotCache, scan.IdentityCard), "a.xlsx"},
	}
}

// slideFiles are what a presentation may carry unseen.
func slideFiles(t *testing.T) []fileCase {
	id := identity("31011220140305012")
	is := func(classes ...scan.Class) []scan.Class { return classes }
	row := func(cells ...string) string {
		s := "<a:tr>"
		for _, c := range cells {
			s += `<a:tc><a:txBody><a:p><a:r><a:t>` + c + `</a:t></a:r></a:p></a:txBody></a:tc>`
		}
		return s + "</a:tr>"
	}
	table := header + `<p:sld><a:tbl>` + row("姓名", "总分") + row("张小明", "290") + row("李晓雨", "288") + `</a:tbl></p:sld>`
	file := func(more ...part) []byte { return deck(t, []string{slide("", "一")}, more...) }
	return []fileCase{
		{"a table on a slide", "a.pptx", deck(t, []string{table}), is(scan.Scores), "a.pptx：第1页表格1第2行第2列"},
		{"who commented on slides", "a.pptx", file(part{"ppt/commentAuthors.xml", `<p:cmAuthorLst><p:cmAuthor name="张小明" initials="Z"/></p:cmAuthorLst>`}), is(scan.DocumentAuthor), "a.pptx：批注和修订的作者"},
		{"comments on slides", "a.pptx", file(part{"ppt/comments/comment1.xml", `<p:cmLst><p:cm><p:text>` + id + `</p:text></p:cm></p:cmLst>`}), is(scan.Comments, scan.IdentityCard), "a.pptx"},
		{"comments of today on slides", "a.pptx", file(part{"ppt/comments/modernComment_1.xml", `<p188:cmLst><p188:cm><p188:txBody><a:p><a:r><a:t>改</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>`}), is(scan.Comments), "a.pptx"},
		{"a number of a page is no note", "a.pptx", file(part{"ppt/notesSlides/notesSlide1.xml", slide("", "1")}), nil, ""},
		{"a photo on a slide", "a.pptx", file(part{"ppt/media/image1.jpg", string(photo(true))}), is(scan.Location), "a.pptx：图片（image1.jpg）"},
		{"a master", "a.pptx", file(part{"ppt/slideMasters/slideMaster1.xml", slide("", "秘密★一年")}), is(scan.SecrecyMark), "a.pptx：母版"},
		{"a diagram on a slide", "a.pptx", file(part{"ppt/diagrams/data1.xml", `<x><a:p><a:r><a:t>` + id + `</a:t></a:r></a:p></x>`}), is(scan.IdentityCard), "a.pptx：智能图形"},
	}
}

// otherFiles are archives and texts.
func otherFiles(t *testing.T) []fileCase {
	id := identity("31011220140305012")
	is := func(classes ...scan.Class) []scan.Class { return classes }
	masked := id[:3] + "************" + id[15:]
	return []fileCase{
		{"a name in an archive that is personal", "资料.zip", packed(t, part{id + ".doc", "x"}), is(scan.Unreadable, scan.IdentityCard), "资料.zip：" + masked + ".doc"},
		{"a name that says of whom", "资料.zip", packed(t, part{"学生张小明患有哮喘.doc", "x"}), is(scan.Unreadable, scan.Health), "资料.zip：文件（名称已隐去）.doc"},
		{"a name of the file itself", id + ".docx", docx(t, para("正文"), core("张小明")), is(scan.DocumentAuthor), masked + ".docx：作者"},
		{"a field left out", "a.csv", []byte("姓名,备注,成绩\n张小明,,92\n"), is(scan.Scores), "a.csv：第2行"},
		{"a field with a comma", "a.csv", []byte("姓名,备注,成绩\n张小明,\"好,很好\",92\n"), is(scan.Scores), "a.csv：第2行"},
		{"lines of UTF-16", "a.txt", []byte(utf16XML("身份证" + id + "\n")), is(scan.IdentityCard), "a.txt：第1行"},
		{"a photo in an OFD", "a.ofd", packed(t, part{"OFD.xml", "<OFD/>"}, part{"Doc_0/Res/a.jpg", string(photo(true))}), is(scan.Location), "a.ofd：图片（a.jpg）"},
	}
}
