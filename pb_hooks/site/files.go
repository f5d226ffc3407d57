package site

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v5"
)

// file gives out a published attachment under the name its author gave it. The
// name in the address is for people; only the id counts.
func (s *Site) file(c *echo.Context) error { return s.sendFile(c, false) }

// thumb gives out the small picture of a published image.
func (s *Site) thumb(c *echo.Context) error { return s.sendFile(c, true) }

func (s *Site) sendFile(c *echo.Context, thumb bool) error {
	f, err := s.reader.File(c.Request().Context(), c.Param("id"), thumb)
	h := c.Response().Header()
	h.Set("Cache-Control", "no-cache") // a withdrawn file must be gone at once
	var moved Moved
	if errors.As(err, &moved) {
		return c.Redirect(http.StatusFound, moved.path())
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if c.QueryParams().Has("download") {
		f.Inline = false
	}
	s.countDownload(c.Request(), f)
	h.Set("ETag", f.ETag)
	f.serve(c.Response(), c.Request())
	return nil
}

// serve gives a file out, harmlessly; who may keep it is the caller's to say.
func (f File) serve(w http.ResponseWriter, r *http.Request) {
	disposition := "attachment"
	if f.Inline {
		disposition = "inline"
	}
	h := w.Header()
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Disposition", disposition+"; filename*=UTF-8''"+url.PathEscape(f.Name))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", filePolicy(f.MIME))
	http.ServeContent(w, r, f.Name, f.Modified, f)
}

// filePolicy lets a file do nothing, and be framed by our own pages only. A
// browser shows no PDF in a sandbox; it gives one no origin anyway.
func filePolicy(mime string) string {
	const policy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
	if mime == "application/pdf" {
		return policy
	}
	return policy + "; sandbox"
}

// asset gives out a built file of the user interface. Vite puts a hash of the
// content into every name under /assets/, so those never change.
func (s *Site) asset(c *echo.Context) error {
	name := strings.TrimPrefix(c.Request().URL.Path, "/")
	return s.serve(c, "asset:"+name, func(context.Context) (*document, error) {
		body, err := s.assets.read(name)
		if err != nil {
			return nil, ErrNotFound
		}
		d := newDocument(http.StatusOK, assetType(name), body)
		if strings.HasPrefix(name, "assets/") {
			d.header.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			d.header.Set("Cache-Control", "public, max-age=86400")
		}
		return d, nil
	})
}

// read gives a built file, packed (ui/scripts/pack.mjs) or as Vite wrote it.
func (a assets) read(name string) ([]byte, error) {
	packed, err := a.files.Open(name + ".gz")
	if err != nil {
		return fs.ReadFile(a.files, name)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func assetType(name string) string {
	if strings.HasSuffix(name, ".js") {
		return "text/javascript; charset=utf-8" // not every system's MIME table says so
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// workbench gives out the shell of the staff app, which knows nobody until
// somebody signs in to PocketBase.
func (s *Site) workbench(c *echo.Context) error {
	return s.serve(c, "workbench", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		body, err := s.renderWorkbench(d)
		if err != nil {
			return nil, err
		}
		doc := newDocument(http.StatusOK, "text/html; charset=utf-8", body)
		doc.header.Set("X-Robots-Tag", "noindex")
		return doc, nil
	})
}

// health answers when the database answers.
func (s *Site) health(c *echo.Context) error {
	if _, err := s.reader.District(c.Request().Context()); err != nil {
		return err
	}
	return c.String(http.StatusOK, "ok")
}
