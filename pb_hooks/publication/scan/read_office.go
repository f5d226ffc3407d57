package scan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// officeParts reads every part of an office file that nothing read before: what
// all three formats may carry, and what nobody thought of.
func (f *reader) officeParts(z *zip.Reader) error {
	for _, e := range z.File {
		if f.seen[e] || strings.HasSuffix(e.Name, "/") {
			continue
		}
		if err := f.officePart(e); err != nil {
			return fmt.Errorf("read %s: %w", e.Name, err)
		}
	}
	return nil
}

func (f *reader) officePart(e *zip.File) error {
	name := strings.ToLower(e.Name)
	ext := strings.TrimPrefix(path.Ext(name), ".")
	folder := ""
	if i := strings.IndexByte(name, '/'); i >= 0 {
		folder = name[i+1:]
	}
	switch {
	case strings.HasPrefix(folder, "embeddings/"), strings.HasPrefix(folder, "externallinks/"):
		f.add(Embedded, Block, f.name, "文件中嵌入了其他文件或链接，请删除嵌入对象后重新上传")
	case strings.HasSuffix(name, "vbaproject.bin"), strings.HasPrefix(folder, "activex/"), strings.HasPrefix(folder, "macrosheets/"):
		f.add(Macro, Block, f.name, "文件带有宏，请另存为不带宏的格式")
	case strings.HasPrefix(folder, "pivotcache/"):
		f.add(PivotCache, Block, f.name, "数据透视表缓存了原始数据，请把透视表复制为数值后另存")
	case folder == "connections.xml", strings.HasPrefix(folder, "querytables/"), strings.HasPrefix(folder, "model/"):
		f.add(Embedded, Block, f.name+"：数据连接", "文件带有到数据库或其他数据的连接，请在“数据”中删除连接后重新上传")
	case strings.HasPrefix(name, "docprops/") && ext == "xml":
		return f.properties(e)
	case isPeople(folder):
		return f.people(e)
	}
	switch {
	case ext == "rels":
		return f.relations(e)
	case ext == "xml", ext == "vml", ext == "svg":
		return f.other(e, folder)
	case isPicture(ext):
		return f.media(e)
	case foreign[ext]:
		f.add(Embedded, Block, f.name, "文件中嵌入了其他文件或链接，请删除嵌入对象后重新上传")
		if plainText[ext] {
			return f.foreignText(e)
		}
	}
	return nil
}

// foreign are kinds of files that are a document of their own.
var foreign = func() map[string]bool {
	m := map[string]bool{}
	for _, ext := range strings.Fields("doc docx docm dotx dotm rtf xls xlsx xlsm xlsb ppt pptx pptm pdf ofd wps et dps zip rar 7z eml msg exe dll js vbs swf html htm mht mhtml txt csv json") {
		m[ext] = true
	}
	return m
}()

var plainText = map[string]bool{"html": true, "htm": true, "mht": true, "mhtml": true, "txt": true, "csv": true, "rtf": true, "json": true}

func (f *reader) foreignText(e *zip.File) error {
	r, err := f.budget.open(e)
	if err != nil {
		return err
	}
	defer r.Close()
	return f.plain(r)
}

// properties reads who made a file.
func (f *reader) properties(e *zip.File) error {
	return f.elements(e, func(name, text string) error {
		text = strings.TrimSpace(text)
		switch known := propertyNames[name]; {
		case text == "":
		case known != "":
			f.clean(DocumentAuthor, Warn, f.name+"："+known, maskName(text), "文件属性中有作者或单位信息，可一键清理")
		case strings.HasSuffix(strings.ToLower(e.Name), "custom.xml"):
			f.clean(DocumentAuthor, Warn, f.name+"：自定义属性", mask("", text), "文件属性中有自定义内容，可一键清理")
		case propertyText[name]:
			return f.say("文件属性", text)
		}
		return nil
	})
}

var (
	propertyNames = map[string]string{"creator": "作者", "lastModifiedBy": "最后修改者", "Company": "单位", "Manager": "管理者"}
	propertyText  = map[string]bool{"title": true, "subject": true, "description": true, "keywords": true, "category": true, "contentStatus": true, "HyperlinkBase": true, "lpstr": true}
)

// isPeople are the parts that list who wrote comments or changes.
func isPeople(folder string) bool {
	return folder == "people.xml" || folder == "commentauthors.xml" || folder == "authors.xml" || strings.HasPrefix(folder, "persons/") && strings.HasSuffix(folder, ".xml")
}

// people reads the names of who wrote comments or changes.
func (f *reader) people(e *zip.File) error {
	return f.starts(e, func(t *tag) error {
		for _, name := range []string{"author", "displayName", "name", "userId"} {
			if who := strings.TrimSpace(t.get(name)); who != "" {
				f.clean(DocumentAuthor, Warn, f.name+"：批注和修订的作者", maskName(who), "文件中记有批注、修订作者的姓名，可一键清理")
				return nil
			}
		}
		return nil
	})
}

// relations looks at what a part points to outside the file.
func (f *reader) relations(e *zip.File) error {
	return f.starts(e, func(t *tag) error {
		if !strings.EqualFold(t.get("TargetMode"), "External") {
			return nil
		}
		if strings.HasSuffix(t.get("Type"), "/hyperlink") { // what a reader may click is part of the text
			return f.say("链接", t.get("Target"))
		}
		f.add(Embedded, Block, f.name+"：外部链接", "文件引用了外部的模板、图片或数据，请改为嵌入或删除后重新上传")
		return f.say("外部链接", t.get("Target"))
	})
}

// dull parts say how a file looks, not what it says.
var dull = map[string]bool{"styles.xml": true, "styleswitheffects.xml": true, "fonttable.xml": true, "websettings.xml": true, "numbering.xml": true,
	"calcchain.xml": true, "tablestyles.xml": true, "presprops.xml": true, "viewprops.xml": true, "": true}

// partNames say where a person finds what another part holds.
var partNames = []struct{ prefix, place string }{{"diagrams/", "智能图形"}, {"charts/", "图表"}, {"chartex", "图表"}, {"drawings/", "图形"}, {"externallinks/", "外部数据"},
	{"pivotcache/", "透视表缓存"}, {"pivottables/", "透视表"}, {"tables/", "表格"}, {"item", "自定义数据"}, {"glossary/", "文档部件"}, {"slidemasters/", "母版"}, {"slidelayouts/", "版式"},
	{"notesmasters/", "备注母版"}, {"handoutmasters/", "讲义母版"}, {"workbook.xml", "名称"}, {"settings.xml", "文档设置"}, {"connections.xml", "数据连接"}, {"media/", "图片"}}

// other reads a part that has no reader of its own: its paragraphs, the text of
// its elements, and what its attributes say.
func (f *reader) other(e *zip.File, folder string) error {
	if dull[folder] && !strings.HasPrefix(strings.ToLower(e.Name), "customxml/") || strings.HasPrefix(folder, "theme/") {
		return nil
	}
	place := "其他内容"
	for _, p := range partNames {
		if strings.HasPrefix(folder, p.prefix) {
			place = p.place
			break
		}
	}
	all := place == partNames[8].place
	var text []byte
	inside, layout := 0, false // a paragraph, which is made of runs; numbers that place a picture
	say := func() error {
		err := f.say(place, string(text))
		text = text[:0]
		return err
	}
	err := f.tokens(e, func(t *tag) error {
		layout = strings.HasPrefix(t.name, "pos") || strings.HasPrefix(t.name, "pct")
		if inside == 0 {
			if err := say(); err != nil {
				return err
			}
		}
		switch t.name {
		case "p":
			inside++
		case "br", "tab":
			text = append(text, ' ')
		case "mailMerge":
			f.add(Embedded, Block, f.name+"：邮件合并", "文件带有邮件合并的数据源，请改为普通文档后重新上传")
		case "sheet": // was read
			return nil
		}
		for _, a := range t.attrs {
			if !tells(a, all) {
				continue
			}
			if err := f.say(place, string(a.value)); err != nil {
				return err
			}
		}
		return nil
	}, func(b []byte) (err error) {
		if !layout && (len(text) > 0 || len(bytes.TrimSpace(b)) > 0) {
			text, err = grow(text, b)
		}
		return err
	}, func(name string) error {
		layout = false
		if name == "p" {
			inside--
		} else if inside > 0 {
			return nil
		}
		return say()
	})
	if err != nil {
		return err
	}
	return say()
}

// tells reports whether an attribute may say something to a person.
func tells(a attr, all bool) bool {
	if len(a.value) < 2 || string(a.name) == "typeface" || string(a.name) == "style" {
		return false
	}
	switch string(a.name) {
	case "v", "descr", "title", "connection", "command", "author", "refersTo":
		return true
	}
	if all || bytes.IndexByte(a.value, '@') >= 0 {
		return true
	}
	for rest := a.value; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r >= 0x2E80 && unicode.Is(unicode.Han, r) {
			return true
		}
		rest = rest[n:]
	}
	return false
}
