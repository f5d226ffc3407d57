package pb_hooks

import (
	"context"

	"gongkai/pb_hooks/site"
)

// Files implements site.Reader: the files of what is published.
func (r reader) Files(ctx context.Context, f site.ArticleFilter) (site.FileList, error) {
	v := site.FileList{Items: []site.FileItem{}}
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
		item := itemView(q.directory, one.Article)
		v.Items = append(v.Items, site.FileItem{Attachment: fileView(one), Article: site.ArticleLink{ID: item.ID, Title: item.Title},
			School: item.School, Column: item.Column, PublishedAt: item.PublishedAt})
	}
	return v, nil
}
