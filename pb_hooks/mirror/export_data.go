package mirror

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// data adds the open data of what the export shows, as /open/v1 gives it out.
func (x *exporting) data(ctx context.Context) error {
	if err := x.label(); err != nil {
		return err
	}
	files := [][2]string{{"openapi.json", "/open/v1/openapi.json"}, {"columns.json", "/open/v1/columns"}}
	if x.School == "" {
		files = append(files, [2]string{"district.json", "/open/v1/district"}, [2]string{"figures.json", "/open/v1/figures"}, [2]string{"schools.json", "/open/v1/schools"})
	}
	for _, f := range files {
		if err := x.add("data/"+f[0], func(w io.Writer) error { return x.open(ctx, f[1], w) }); err != nil {
			return err
		}
	}
	var schools []string
	for address := range x.seen {
		if parts := strings.Split(address, "/"); len(parts) == 3 && parts[1] == "s" {
			schools = append(schools, "/open/v1/schools/"+parts[2])
		}
	}
	if err := x.lines(ctx, "data/schools.jsonl", slices.Sorted(slices.Values(schools)), func() {}); err != nil {
		return err
	}
	articles := make([]string, 0, len(x.Articles))
	for _, address := range x.Articles {
		articles = append(articles, "/open/v1/articles/"+strings.TrimPrefix(address, "/a/"))
	}
	return x.lines(ctx, "data/articles.jsonl", articles, x.advance)
}

// Format is how the data of an export is laid out; it changes when a reader would have
// to (docs/leaving.md).
const Format = 1

// label says to programs what the export is.
func (x *exporting) label() error {
	text, err := json.MarshalIndent(map[string]any{"format": Format, "site": x.Live, "school": x.School, "about": x.About,
		"made_at": x.Made.UTC().Format(time.RFC3339), "articles": len(x.Articles)}, "", "  ")
	if err != nil {
		return err
	}
	return x.text("data/export.json", append(text, '\n'))
}

// lines adds a file with one JSON value in each line, and tells before each.
func (x *exporting) lines(ctx context.Context, name string, addresses []string, told func()) error {
	return x.add(name, func(w io.Writer) error {
		for _, address := range addresses {
			told()
			var body bytes.Buffer
			if err := x.open(ctx, address, &body); err != nil {
				return err
			}
			if body.Len() == 0 {
				continue // withdrawn meanwhile
			}
			if _, err := w.Write(append(bytes.TrimSpace(body.Bytes()), '\n')); err != nil {
				return err
			}
		}
		return nil
	})
}

func (x *exporting) open(ctx context.Context, address string, w io.Writer) error {
	a, err := x.answer(ctx, address, w)
	if err == nil && a.Status != http.StatusOK && a.Status != http.StatusNotFound {
		err = fmt.Errorf("%s answers %d", address, a.Status)
	}
	return err
}

// readme says to people what the package is. Notepad needs the byte order mark.
func (x *exporting) readme(context.Context) error {
	return x.text("README.txt", []byte("\ufeff"+strings.ReplaceAll(readme(x.Export), "\n", "\r\n")))
}

// manifest lists the files with their sums, as sha256sum -c checks them.
func (x *exporting) manifest(context.Context) error {
	return x.to.Add(Manifest, func(w io.Writer) error {
		for _, s := range x.sums {
			if _, err := fmt.Fprintf(w, "%x  %s\n", s.sum, s.name); err != nil {
				return err
			}
		}
		return nil
	})
}
