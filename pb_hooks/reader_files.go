package pb_hooks

import (
	"context"
	"slices"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// Files implements site.Reader: the files of what is published.
func (r reader) Files(ctx context.Context, f site.ArticleFilter) (site.FileList, error) {
	v := site.FileList{Items: []site.FileItem{}, Gone: []site.Gone{}}
	if !f.UpdatedSince.IsZero() {
		return r.changedFiles(ctx, f)
	}
	cursor := f.Cursor
	f.Cursor = ""
	q, err := r.openQuery(f, nil)
	if err != nil || q.none {
		return v, err
	}
	if cursor != "" {
		if q.filter.BeforeAt, q.filter.BeforeID, err = readCursor("files", cursor); err != nil {
			return v, err
		}
	}
	list, err := r.p.public.Files(ctx, q.filter)
	if err != nil {
		return v, err
	}
	if len(list) > q.limit {
		list = list[:q.limit]
		last := list[q.limit-1]
		v.Next = writeCursor("files", last.Created, last.ID)
	}
	for _, one := range list {
		v.Items = append(v.Items, fileItem(q.directory, one))
	}
	return v, nil
}

func fileItem(d *records.Directory, f records.PublicFile) site.FileItem {
	item := itemView(d, f.Article)
	return site.FileItem{Attachment: fileView(f), Article: site.ArticleLink{ID: item.ID, Title: item.Title},
		School: item.School, Column: item.Column, PublishedAt: item.PublishedAt}
}

// changedFiles are all files of the disclosures that changed, and what they showed once
// and do not any more.
func (r reader) changedFiles(ctx context.Context, f site.ArticleFilter) (site.FileList, error) {
	v := site.FileList{Items: []site.FileItem{}, Gone: []site.Gone{}}
	q, err := r.openQuery(f, nil)
	if err != nil || q.none {
		return v, err
	}
	list, next, err := r.changed(ctx, q)
	if err != nil {
		return v, err
	}
	v.Next = next
	var articles, shown []string
	for i, c := range list {
		articles = append(articles, c.ID)
		if !publication.State(c.State).IsPublic() {
			list[i].Attachments = "[]"
		}
		shown = append(shown, list[i].AttachmentIDs()...)
	}
	files, err := r.p.public.FilesByID(ctx, shown)
	if err != nil {
		return v, err
	}
	once, err := r.p.public.OnceShown(ctx, articles)
	for _, c := range list {
		still := c.AttachmentIDs()
		for _, id := range still {
			if file, ok := files[id]; ok {
				file.Article = c.PublicArticle
				v.Items = append(v.Items, fileItem(q.directory, file))
			}
		}
		for _, id := range once[c.ID] {
			if !slices.Contains(still, id) {
				v.Gone = append(v.Gone, site.Gone{ID: id, On: day(c.At)})
			}
		}
	}
	return v, err
}
