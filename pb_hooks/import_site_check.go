package pb_hooks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
)

// siteCheck turns items of an old site into drafts, or says why they do not come.
type siteCheck struct {
	*articleCheck
	old      oldSite
	site     *movein.Site
	school   *records.School             // of items that name none; nil for a table
	articles map[movein.Address]string   // ids of what comes along, by where it was
	leads    map[string][]movein.Address // the other way round
	first    map[string]string           // where the first item of a key, or of a text, is
}

// siteDraft is a draft to be written, or why there is none.
type siteDraft struct {
	newArticle
	item    movein.Item
	files   []siteFile
	left    string
	known   bool
	waiting bool // its column is to be decided
}

// siteFile is a file that comes along with a draft.
type siteFile struct{ name, shown, id string }

func (d siteDraft) isFresh() bool { return d.left == "" && !d.known }

// newSiteCheck holds the mapping against the school: a column that it does not have
// is the mapping's fault, not that of a thousand pages.
func (p *platform) newSiteCheck(old oldSite) (*siteCheck, error) {
	plain, err := p.newArticleCheck(nil)
	if err != nil {
		return nil, err
	}
	c := &siteCheck{articleCheck: plain, old: old, site: movein.NewSite(old.mapping, old.tree), articles: map[movein.Address]string{},
		leads: map[string][]movein.Address{}, first: map[string]string{}}
	var keys []string
	if err := p.app.ConcurrentDB().Select("key").From(records.ImportItems).Column(&keys); err != nil {
		return nil, fmt.Errorf("read what came along: %w", err)
	}
	for _, k := range keys {
		c.known[k] = true
	}
	if old.mapping.School == "" {
		return c, nil
	}
	school, ok := plain.directory.ByCode(old.mapping.School)
	if !ok {
		return nil, fmt.Errorf("没有代码为“%s”的学校，请检查对应关系里的 school", old.mapping.School)
	}
	c.school = school
	for _, code := range old.mapping.CodesOfColumns() {
		if why := c.columnProblem(school, code); why != "" {
			return nil, errors.New("对应关系里的栏目：" + why)
		}
	}
	return c, nil
}

// columnProblem says why a school cannot have drafts in a column.
func (c *siteCheck) columnProblem(school *records.School, code string) string {
	v := verdict{}
	c.place(articleRow{School: school.Code, Column: code}, &newArticle{}, &v)
	if len(v.problems) > 0 {
		return v.problems[0].reason
	}
	return ""
}

// siteKey tells an item from every other: by where it was, else by what it says.
func (c *siteCheck) siteKey(it movein.Item) string {
	raw := it.Address.String()
	if c.school != nil {
		raw = c.school.Code + "\n" + raw
	}
	if it.IsRow {
		raw = "table\n" + strings.Join([]string{it.School, it.Column, it.Title, it.Date, said(it)}, "\n")
	}
	sum := sha256.Sum256([]byte("site\n" + raw))
	return hex.EncodeToString(sum[:])
}

// holds reports whether the old site has the item of a key, once all were learned.
func (c *siteCheck) holds(key string) bool { return c.first[key] != "" }

// said is the text of an item, by which the same page under two addresses is known.
func said(it movein.Item) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{it.School, it.Title, it.Date, it.Text()}, it.Files...), "\n")))
	return hex.EncodeToString(sum[:])
}

// learn notes where an item will be, so that others can link to it, and which item is
// the first of those that are the same.
func (c *siteCheck) learn(it movein.Item) {
	if it.Left != "" {
		return
	}
	key := c.siteKey(it)
	if c.first[key] == "" {
		c.first[key] = it.Where
	}
	if !it.IsRow {
		same := said(it)
		if c.first[same] == "" {
			c.first[same] = key
		}
		key = c.first[same]
	}
	id := idOf(records.Articles, key)
	for _, a := range append(slices.Clone(it.Also), it.Address) {
		if c.articles[a] == "" && a.Host != "" && (it.IsRow || c.site.IsOurs(a)) {
			c.articles[a] = id
			c.leads[id] = append(c.leads[id], a)
		}
	}
}

// twice says that an item is there already; "" if it is the first.
func (c *siteCheck) twice(it movein.Item, key string) string {
	if first := c.first[key]; first != it.Where {
		return "与“" + first + "”是同一条，只迁入一次"
	}
	if it.IsRow {
		return ""
	}
	if first := c.first[said(it)]; first != key {
		return "与“" + c.first[first] + "”内容相同，只迁入一次"
	}
	return ""
}

// fileTaker takes a file along. Why says in Chinese why it does not come; the error is
// one after which nothing can go on.
type fileTaker func(d *siteDraft, f siteFile, data []byte) (why string, err error)

// draft makes a draft of an item. It holds the item to all that a draft is held to.
func (c *siteCheck) draft(it movein.Item, take fileTaker) (d siteDraft, err error) {
	d = siteDraft{item: it, left: it.Left}
	if d.left != "" {
		return d, nil
	}
	d.Key, d.School = c.siteKey(it), c.school
	d.Title, d.Source, d.DocNumber, d.CreatedOn = it.Title, it.Source, it.DocNumber, it.Date
	c.placed(&d)
	if d.left == "" {
		d.left = c.twice(it, d.Key)
	}
	if d.left != "" {
		return d, nil
	}
	id := d.id()
	if at := it.Address; it.IsRow && at.Host != "" && c.articles[at] != id {
		d.item.Shared()
	}
	if d.known = c.known[d.Key]; d.known {
		return d, nil
	}
	var failed error // of a file, after which no other is taken
	d.Body, err = c.site.Rewrite(&d.item, movein.Links{
		Page: func(a movein.Address) string {
			if to := c.articles[a]; to != "" && to != id {
				return "/a/" + to
			}
			return ""
		},
		File: func(name, shown string) (href, why string) {
			if failed != nil {
				return "", "没有处理"
			}
			href, why, failed = c.takeAlong(&d, name, shown, take)
			return href, why
		},
	})
	if err := errors.Join(err, failed); err != nil {
		return d, err
	}
	if _, tooLong := richtext.Clean(d.Body); tooLong != nil {
		d.left = tooLong.Error()
	}
	return d, nil
}

// placed decides school and column.
func (c *siteCheck) placed(d *siteDraft) {
	if d.item.School != "" {
		v := verdict{}
		c.place(articleRow{School: d.item.School, Column: d.item.Column}, &d.newArticle, &v)
		if len(v.problems) > 0 {
			d.left = v.problems[0].reason
		}
		return
	}
	if d.School == nil {
		d.left = "没有写明学校"
		return
	}
	if d.Column = d.item.Column; d.Column == "" {
		d.Column, d.waiting = c.old.mapping.Otherwise, true
	}
	if d.Column == "" {
		d.left = "没有对上栏目，对应关系里也没有写 otherwise"
	}
}

// takeAlong takes a file of the old site once for each draft.
func (c *siteCheck) takeAlong(d *siteDraft, name, shown string, take fileTaker) (href, why string, err error) {
	for _, f := range d.files {
		if f.name == name {
			return fileAddress(f), "", nil
		}
	}
	if len(d.files) == maxArticleFiles {
		return "", fmt.Sprintf("一条信息最多 %d 个附件", maxArticleFiles), nil
	}
	data, err := c.old.tree.Read(name, attachment.MaxSize)
	switch {
	case errors.Is(err, movein.ErrTooLong):
		return "", fmt.Sprintf("超过 %s", attachment.HumanSize(attachment.MaxSize)), nil
	case errors.Is(err, fs.ErrNotExist):
		return "", "找不到文件", nil
	case err != nil:
		return "", "读不出文件，可能已损坏", nil
	case len(data) == 0: // which cannot even be handed to the storage
		return "", "文件是空的", nil
	}
	f := siteFile{name, shown, idOf(records.Attachments, d.Key+"/"+name)}
	if why, err = take(d, f, data); why != "" || err != nil {
		return "", why, err
	}
	d.files = append(d.files, f)
	return fileAddress(f), "", nil
}

func fileAddress(f siteFile) string {
	return "/f/" + f.id + "/" + url.PathEscape(attachment.CleanName(path.Base(f.name)))
}

// identify is what a preview does with a file: it looks what it is.
func (c *siteCheck) identify(_ *siteDraft, f siteFile, data []byte) (why string, err error) {
	_, err = attachment.Identify(path.Base(f.name), bytes.NewReader(data), int64(len(data)))
	return whyNot(err)
}

// whyNot parts what is wrong with a file from what is wrong with the machine: only
// what the rules for attachments say is the file's fault.
func whyNot(err error) (string, error) {
	var coded interface{ Code() string }
	if err == nil {
		return "", nil
	}
	if errors.As(err, &coded) && strings.HasPrefix(coded.Code(), "attachment_") {
		return err.Error(), nil
	}
	return "", err
}

// notesOf are the notes of an item as they are stored.
func notesOf(it movein.Item) (json.RawMessage, error) {
	notes := it.Notes
	if len(notes) > mostNotes {
		notes = append(slices.Clone(notes[:mostNotes]), fmt.Sprintf("还有 %d 处", len(it.Notes)-mostNotes))
	}
	for i, n := range notes {
		notes[i] = clip(n, 300)
	}
	return json.Marshal(notes)
}

const mostNotes = 30
