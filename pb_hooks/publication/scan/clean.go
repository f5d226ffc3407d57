package scan

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// CannotClean is a file whose unseen parts are for its author to remove.
type CannotClean struct{ Ext string }

func (e CannotClean) Error() string {
	return "这种文件不能自动清理，请修改后重新上传"
}

// Code is the machine's name of the error.
func (e CannotClean) Code() string { return "scan_cannot_clean" }

// Params are the words a page may need.
func (e CannotClean) Params() map[string]any { return map[string]any{"ext": e.Ext} }

// maxRewritten is how large a part may be that is written anew: more than the
// text of any document.
const maxRewritten = 64 << 20

// Clean writes an office file again without its properties, its comments with
// their authors, and the metadata of its pictures; a reader sees the same. It
// returns what was removed.
func Clean(ext string, r io.ReaderAt, size int64) (cleaned []byte, removed []Class, err error) {
	if !slices.Contains([]string{"docx", "xlsx", "pptx"}, ext) {
		return nil, nil, CannotClean{ext}
	}
	z, err := zip.NewReader(r, size)
	if err != nil || len(z.File) > maxEntries || hasTwins(z) {
		return nil, nil, CannotClean{ext}
	}
	var out bytes.Buffer
	c := &cleaner{zip: zip.NewWriter(&out), budget: newBudget(context.Background())}
	for _, e := range z.File {
		if err := c.part(e); err != nil {
			return nil, nil, fmt.Errorf("clean %s: %w: %w", e.Name, CannotClean{ext}, err)
		}
	}
	if err := c.zip.Close(); err != nil {
		return nil, nil, fmt.Errorf("clean: %w", err)
	}
	return out.Bytes(), c.removed, nil
}

type cleaner struct {
	zip     *zip.Writer
	budget  *budget
	removed []Class
}

func (c *cleaner) took(class Class) {
	if !slices.Contains(c.removed, class) {
		c.removed = append(c.removed, class)
	}
}

// part writes one part: empty, without what it says unseen, or as it is.
func (c *cleaner) part(e *zip.File) error {
	name := strings.ToLower(e.Name)
	if instead, class := emptied(name); instead != "" {
		data, err := c.budget.whole(e, maxRewritten)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "ppt/") && bytes.Contains(data, []byte("/powerpoint/2018/8/main")) {
			instead = modern[instead]
		}
		c.took(class)
		return c.write(e.Name, []byte(xmlHead+instead))
	}
	switch {
	case isWordText(name), strings.HasPrefix(name, "xl/drawings/vmldrawing"):
		return c.rewrite(e, withoutMarks)
	case isPicture(strings.TrimPrefix(path.Ext(name), ".")):
		return c.picture(e)
	}
	return c.zip.Copy(e)
}

// picture writes a picture without its metadata, where it has any to hide.
func (c *cleaner) picture(e *zip.File) error {
	if e.UncompressedSize64 > maxNested {
		return c.zip.Copy(e)
	}
	return c.rewrite(e, func(data []byte) []byte {
		place, author := aboutPicture(data)
		if !place && !author {
			return data
		}
		stripped, ok := stripPicture(data)
		if !ok {
			return data
		}
		if place {
			c.took(Location)
		}
		if author {
			c.took(DocumentAuthor)
		}
		return stripped
	})
}

// rewrite writes a part through fn; one that fn leaves alone is copied.
func (c *cleaner) rewrite(e *zip.File, fn func([]byte) []byte) error {
	data, err := c.budget.whole(e, maxRewritten)
	if err != nil {
		return err
	}
	changed := fn(data)
	if bytes.Equal(changed, data) {
		return c.zip.Copy(e)
	}
	return c.write(e.Name, changed)
}

func (c *cleaner) write(name string, data []byte) error {
	to, err := c.zip.Create(name)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}
