package pb_hooks

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// attachments shows the files of a published version, in its order.
func (r reader) attachments(ids []string) ([]site.Attachment, error) {
	list := []site.Attachment{}
	if len(ids) == 0 {
		return list, nil
	}
	files, err := r.p.app.FindRecordsByIds(records.Attachments, ids)
	if err != nil {
		return nil, err
	}
	byID := map[string]*core.Record{}
	for _, f := range files {
		byID[f.Id] = f
	}
	for _, id := range ids {
		if f := byID[id]; f != nil {
			list = append(list, attachmentView(f))
		}
	}
	return list, nil
}

func attachmentView(f *core.Record) site.Attachment {
	return fileView(records.PublicFile{ID: f.Id, Name: f.GetString("name"), Label: f.GetString("label"), MIME: f.GetString("mime"), Size: int64(f.GetInt("size")),
		SHA256: f.GetString("sha256"), Alt: f.GetString("alt"), Width: f.GetInt("width"), Height: f.GetInt("height")})
}

func fileView(f records.PublicFile) site.Attachment {
	v := site.Attachment{ID: f.ID, Name: f.Name, URL: "/f/" + f.ID + "/" + url.PathEscape(f.Name), Label: f.Label,
		MIME: f.MIME, Size: f.Size, SHA256: f.SHA256, Human: attachment.HumanSize(f.Size), Alt: f.Alt, Width: f.Width, Height: f.Height}
	if v.Width > 0 {
		v.Image, v.Thumb = true, "/f/"+f.ID+"/thumb.jpg"
	}
	return v
}

// File implements site.Reader: a file is public while a published version of
// its article shows it, and a school's logo always.
func (r reader) File(ctx context.Context, id string, thumb bool) (site.File, error) {
	if d, err := r.p.directory(); err != nil {
		return site.File{}, err
	} else if s, ok := d.ByID(id); ok && s.Logo != "" && !thumb {
		return r.logo(s)
	}
	f, err := r.p.app.FindRecordById(records.Attachments, id)
	if errors.Is(err, sql.ErrNoRows) {
		return site.File{}, site.ErrNotFound
	}
	if err != nil {
		return site.File{}, err
	}
	public, err := r.isPublic(ctx, f)
	if err != nil {
		return site.File{}, err
	}
	if !public && thumb {
		return site.File{}, site.ErrNotFound
	}
	if !public {
		return site.File{}, r.moved(ctx, f)
	}
	open, err := r.attachment(f, thumb)
	if err != nil {
		return open, err
	}
	open.Form, err = r.formOf(ctx, f)
	return open, err
}

// formOf is the article whose downloads the file counts for, if any does.
func (r reader) formOf(ctx context.Context, f *core.Record) (string, error) {
	d, err := r.p.directory()
	if err != nil {
		return "", err
	}
	var code string
	err = r.p.app.ConcurrentDB().Select("column").From(records.Articles).Where(dbx.HashExp{"id": f.GetString("article")}).WithContext(ctx).Row(&code)
	if column, _ := d.Node(code); err != nil || column.Kind != standard.Attachment {
		return "", err
	}
	return f.GetString("article"), nil
}

// attachment opens a file or its small picture, whoever may see it.
func (r reader) attachment(f *core.Record, thumb bool) (site.File, error) {
	field, mime := "file", f.GetString("mime")
	if thumb {
		field, mime = "thumb", "image/jpeg"
	}
	stored := f.GetString(field)
	if stored == "" {
		return site.File{}, site.ErrNotFound
	}
	open, err := r.open(f.BaseFilesPath() + "/" + stored)
	if err != nil {
		return site.File{}, err
	}
	return site.File{ReadSeekCloser: open, Name: f.GetString("name"), MIME: mime, Modified: f.GetDateTime("created").Time(),
		Inline: strings.HasPrefix(mime, "image/") || mime == "application/pdf", ETag: `"` + f.GetString("sha256")[:16] + field + `"`}, nil
}

// isPublic asks the view of what is public, as every other door does.
func (r reader) isPublic(ctx context.Context, f *core.Record) (bool, error) {
	var list string
	err := r.p.app.ConcurrentDB().Select("attachments").From(records.PublicArticles).
		Where(dbx.HashExp{"id": f.GetString("article")}).AndWhere(dbx.In("state", publicStates()...)).WithContext(ctx).Row(&list)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var ids []string
	if err := json.Unmarshal([]byte(list), &ids); err != nil {
		return false, err
	}
	for _, id := range ids {
		if id == f.Id {
			return true, nil
		}
	}
	return false, nil
}

// publicStates are those in which the text and its files are readable.
func publicStates() []any {
	var list []any
	for _, s := range publication.States() {
		if s.IsPublic() {
			list = append(list, string(s))
		}
	}
	return list
}

func (r reader) logo(s *records.School) (site.File, error) {
	f, err := r.p.app.FindRecordById(records.Schools, s.ID)
	if err != nil {
		return site.File{}, err
	}
	open, err := r.open(f.BaseFilesPath() + "/" + s.Logo)
	if err != nil {
		return site.File{}, err
	}
	mime := "image/png"
	if !strings.HasSuffix(strings.ToLower(s.Logo), ".png") {
		mime = "image/jpeg"
	}
	return site.File{ReadSeekCloser: open, Name: s.Logo, MIME: mime, Inline: true, ETag: `"` + s.Logo + `"`, Modified: time.Time{}}, nil
}

// stored is a file of the storage together with the connection it came through.
type stored struct {
	io.ReadSeekCloser
	storage io.Closer
}

// Close closes the file and the connection.
func (s stored) Close() error { return errors.Join(s.ReadSeekCloser.Close(), s.storage.Close()) }

func (r reader) open(key string) (io.ReadSeekCloser, error) {
	fsys, err := r.p.app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	file, err := fsys.GetReader(key)
	if err != nil {
		return nil, errors.Join(err, fsys.Close())
	}
	return stored{file, fsys}, nil
}

// Sitemap implements site.Reader: a school's pages, or ("") each school's home.
func (r reader) Sitemap(ctx context.Context, school string) ([]site.SitemapEntry, error) {
	d, err := r.p.directory()
	if err != nil {
		return nil, err
	}
	var list []site.SitemapEntry
	if school == "" {
		for _, s := range d.Schools {
			newest, err := r.p.public.InSchool(ctx, s.ID, 1, 0)
			if err != nil {
				return nil, err
			}
			entry := site.SitemapEntry{Path: "/s/" + s.Code}
			if len(newest) > 0 {
				entry.Modified = stamp(newest[0].PublishedAt)
			}
			list = append(list, entry)
		}
		return list, nil
	}
	s, ok := d.ByCode(school)
	if !ok {
		return nil, site.ErrNotFound
	}
	entries, err := r.p.public.Entries(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	newest := map[string]string{}
	for i := len(entries) - 1; i >= 0; i-- {
		newest[entries[i].Column] = entries[i].PublishedAt
	}
	list = append(list, site.SitemapEntry{Path: "/s/" + s.Code})
	if len(entries) > 0 {
		list[0].Modified = stamp(entries[0].PublishedAt)
	}
	if s.Status == "open" {
		for _, page := range []string{"/apply", "/ask", "/mailbox"} {
			list = append(list, site.SitemapEntry{Path: "/s/" + s.Code + page})
		}
	}
	for _, c := range s.Columns {
		list = append(list, site.SitemapEntry{Path: "/s/" + s.Code + "/" + c.Code, Modified: stamp(newest[c.Code])})
	}
	for _, e := range entries {
		list = append(list, site.SitemapEntry{Path: "/a/" + e.ID, Modified: stamp(e.PublishedAt)})
	}
	return list, nil
}

func stamp(stored string) time.Time {
	t, err := time.Parse(records.InstantLayout, stored)
	if err != nil {
		return time.Time{}
	}
	return t
}
