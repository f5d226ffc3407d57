package pb_hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// articleCheck turns lines into articles, or says what is wrong with them.
type articleCheck struct {
	directory *records.Directory
	byName    map[string]*records.School
	columns   map[string]string // code by name; "" where two have it
	known     map[string]bool   // keys in the database
	seen      map[string]int    // line by key
	folder    *os.Root          // of the file, which attachments do not leave
	now       time.Time
}

// verdict is what becomes of a line.
type verdict struct {
	problems []articleProblem
	known    bool // in the database
	sameAs   int  // an earlier line of the file; 0 none
}

type articleProblem struct{ field, reason string }

func (v verdict) isFresh() bool { return len(v.problems) == 0 && !v.known && v.sameAs == 0 }

func (v *verdict) bad(field, format string, args ...any) {
	v.problems = append(v.problems, articleProblem{field, fmt.Sprintf(format, args...)})
}

func (p *platform) newArticleCheck(folder *os.Root) (*articleCheck, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	c := &articleCheck{directory: d, byName: map[string]*records.School{}, columns: map[string]string{}, known: map[string]bool{}, seen: map[string]int{},
		folder: folder, now: p.options.Now()}
	for _, s := range d.Schools {
		c.byName[s.Name] = s
	}
	for _, leaf := range d.Leaves {
		if _, double := c.columns[leaf.Name]; double {
			c.columns[leaf.Name] = ""
			continue
		}
		c.columns[leaf.Name] = leaf.Code
	}
	var keys []string
	if err := p.app.ConcurrentDB().Select("import_key").From(records.Articles).Where(dbx.NewExp("import_key != ''")).Column(&keys); err != nil {
		return nil, fmt.Errorf("read what is imported: %w", err)
	}
	for _, k := range keys {
		c.known[k] = true
	}
	return c, nil
}

// again begins the second reading.
func (c *articleCheck) again() { c.seen = map[string]int{} }

// check reads one line. The article is whole where there is no problem, but for its attachments' records.
func (c *articleCheck) check(row articleRow) (a newArticle, v verdict) {
	if row.Broken != "" {
		v.bad("", "%s", row.Broken)
		return a, v
	}
	if row.OldAddress != "" {
		v.bad("旧地址", "只在迁入草稿时使用，请改用 gongkai import site，或去掉这一列")
	}
	c.place(row, &a, &v)
	c.words(row, &a, &v)
	c.days(row, &a, &v)
	if len(v.problems) > 0 {
		return a, v
	}
	a.Key = articleKey(a, row.Attachments)
	v.known, v.sameAs = c.known[a.Key], c.seen[a.Key]
	if v.sameAs == 0 {
		c.seen[a.Key] = row.Line
	}
	if v.isFresh() {
		c.files(row, &v)
	}
	return a, v
}

func (c *articleCheck) place(row articleRow, a *newArticle, v *verdict) {
	name := strings.TrimSpace(row.School)
	school, ok := c.directory.ByCode(name)
	if !ok {
		school, ok = c.byName[name]
	}
	switch {
	case name == "":
		v.bad("school", "没有填写")
	case !ok:
		v.bad("school", "没有学校“%s”，请填学校代码或全称", name)
	}
	a.School = school
	code := strings.TrimSpace(row.Column)
	if named, found := c.columns[code]; found {
		if named == "" {
			v.bad("column", "有几个栏目都叫“%s”，请填栏目代码", code)
			return
		}
		code = named
	}
	column, found := c.directory.Node(code)
	switch {
	case code == "":
		v.bad("column", "没有填写")
	case !found || !column.Leaf:
		v.bad("column", "没有栏目“%s”", row.Column)
	case !column.Kind.IsWritten():
		v.bad("column", "“%s”由系统生成，不能导入", column.Name)
	case school != nil && !column.AppliesTo(standard.School{Stages: school.Stages, Ownership: school.Ownership, Meals: school.Meals, Boarding: school.Boarding}):
		v.bad("column", "%s没有栏目“%s”", school.ShortName, column.Name)
	}
	a.Column = code
}

func (c *articleCheck) words(row articleRow, a *newArticle, v *verdict) {
	a.Title, a.Source, a.DocNumber, a.Body = strings.Join(strings.Fields(row.Title), " "), strings.TrimSpace(row.Source), strings.TrimSpace(row.DocNumber), row.Body
	if a.Title == "" {
		v.bad("title", "没有填写")
	}
	for _, f := range []struct {
		name, text string
		limit      int
	}{{"title", a.Title, 200}, {"source", a.Source, 100}, {"doc_number", a.DocNumber, 100}} {
		if utf8.RuneCountInString(f.text) > f.limit {
			v.bad(f.name, "超过 %d 个字", f.limit)
		}
	}
	if strings.TrimSpace(a.Body) == "" && len(row.Attachments) == 0 {
		v.bad("body_html", "没有正文，也没有附件")
	}
	// cleaning may make a text longer, but not more than sixfold ("&" becomes "&amp;")
	if len(a.Body) > richtext.MaxText/6 {
		if _, err := richtext.Clean(a.Body); err != nil {
			v.bad("body_html", "%s", err)
		}
	}
	if a.Source == "" && a.School != nil {
		a.Source = a.School.Name
	}
}

var instantLayouts = []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", time.DateOnly}

func (c *articleCheck) days(row articleRow, a *newArticle, v *verdict) {
	text := strings.TrimSpace(row.PublishedAt)
	at, err := time.Time{}, errors.New("no layout")
	for _, layout := range instantLayouts {
		if at, err = time.ParseInLocation(layout, text, shanghai); err == nil {
			break
		}
	}
	switch {
	case text == "":
		v.bad("published_at", "没有填写")
	case err != nil:
		v.bad("published_at", "“%s”不是日期，请写成 2025-03-01 或 2025-03-01 09:30", text)
	case at.After(c.now):
		v.bad("published_at", "“%s”在将来", text)
	case at.Year() < 1990:
		v.bad("published_at", "“%s”早于 1990 年", text)
	}
	a.PublishedAt = at
	a.CreatedOn = strings.TrimSpace(row.CreatedOn)
	if a.CreatedOn == "" && err == nil {
		a.CreatedOn = string(workday.Today(at))
	}
	if created, cerr := time.Parse(time.DateOnly, a.CreatedOn); row.CreatedOn != "" && cerr != nil {
		v.bad("created_on", "“%s”不是日期，请写成 2025-03-01", row.CreatedOn)
	} else if cerr == nil && (created.Year() < 1949 || a.CreatedOn > string(workday.Today(c.now))) {
		v.bad("created_on", "“%s”太早或在将来", row.CreatedOn)
	}
}

// articleKey tells a line from every other by what it says.
func articleKey(a newArticle, files []string) string {
	raw, err := json.Marshal([]any{a.School.Code, a.Column, a.Title, a.Body, a.PublishedAt.UTC().Format(time.RFC3339), a.Source, a.DocNumber, a.CreatedOn, files})
	if err != nil {
		panic(err) // texts only
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// maxArticleFiles is what the field of a version holds.
const maxArticleFiles = 50

func (c *articleCheck) files(row articleRow, v *verdict) {
	if len(row.Attachments) > maxArticleFiles {
		v.bad("attachments", "超过 %d 个附件", maxArticleFiles)
	}
	for _, name := range row.Attachments {
		file, err := c.open(name)
		if err == nil {
			_, err = readUpload(file)
		}
		if err != nil {
			v.bad("attachments", "“%s”：%s", name, err)
		}
	}
}

// open reads an attachment from beside the file, and from nowhere else.
func (c *articleCheck) open(name string) (*filesystem.File, error) {
	local := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	info, err := c.folder.Stat(filepath.FromSlash(local))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("找不到文件")
	case err != nil || !filepath.IsLocal(filepath.FromSlash(local)):
		return nil, errors.New("只能是导入文件所在目录中的文件")
	case !info.Mode().IsRegular():
		return nil, errors.New("不是文件")
	case info.Size() > attachment.MaxSize:
		return nil, attachment.TooLarge{Size: info.Size()}
	case info.Size() == 0:
		return nil, attachment.Empty{}
	}
	data, err := c.folder.ReadFile(filepath.FromSlash(local))
	if err != nil {
		return nil, fmt.Errorf("读不出文件：%w", err)
	}
	return filesystem.NewFileFromBytes(data, path.Base(local))
}

// store takes the files of an article, in their order. A picture is described
// by its name, which is all that is known of it.
func (c *articleCheck) store(app core.App, a newArticle, names []string) (ids []string, err error) {
	for i, name := range names {
		file, err := c.open(name)
		if err != nil {
			return nil, fmt.Errorf("附件“%s”：%w", name, err)
		}
		alt := strings.TrimSuffix(file.OriginalName, path.Ext(file.OriginalName))
		id, err := storeAttachment(app, a.id(), fmt.Sprintf("%s/%d", a.Key, i), file, alt)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
