package dossier

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"gongkai/pb_hooks/audit"
)

// hashOf tells in 版本.json how the hash is computed.
const hashOf = "同一文件夹中“" + linesFile + "”的 SHA-256。其中每项一行：标题、来源、文号、生成日期、有效期至、正文、要素各为一行 JSON" +
	"（<、>、& 写作 \\u003c、\\u003e、\\u0026）；有公示期或定时公开的，再加 publicity_workdays=工作日数、release_at=时刻；" +
	"然后每个附件一行：文件的 SHA-256、名称、图片说明相连。换行均为 LF。"

// Write streams a dossier: the same values make the same bytes. Nothing but one
// attachment at a time is read, and that in pieces. The error is that of w, of
// an attachment that cannot be read, or of facts or checks that are no JSON;
// what was written until then is no zip file.
func Write(w io.Writer, d Dossier) error {
	d.Article.Format = Format
	p := &parcel{zip: zip.NewWriter(w), at: timesOf(d.Article.Export, d.Versions)}
	readme, err := readmeOf(d)
	if err != nil {
		return err
	}
	p.text(readmeFile, readme)
	p.json(articleFile, d.Article)
	for _, v := range d.Versions {
		p.version(v)
	}
	p.json(stepsFile, orEmpty(d.Steps))
	p.text(stepsTable, tableOf(d.Steps))
	p.json(findingsFile, orEmpty(d.Findings))
	p.audit(d.Audit, d.Head)
	for _, f := range d.Forms {
		p.text(formFile(f.Version), f.Data)
	}
	p.text(manifestFile, []byte(p.manifest.String()))
	if p.failed != nil {
		return p.failed
	}
	return p.zip.Close()
}

// parcel is a zip file that keeps the sums of what was put in. After a failure
// nothing more is put in.
type parcel struct {
	zip      *zip.Writer
	at       times
	manifest strings.Builder
	failed   error
}

func (p *parcel) add(name string, fill func(io.Writer) error) {
	if p.failed != nil {
		return
	}
	w, err := entry(p.zip, name, p.at.of(name))
	sum := sha256.New()
	if err == nil {
		err = fill(io.MultiWriter(w, sum))
	}
	if err != nil {
		p.failed = fmt.Errorf("write %s: %w", name, err)
		return
	}
	p.manifest.WriteString(hex.EncodeToString(sum.Sum(nil)) + "  " + name + "\n")
}

// entry begins a file of the zip. Files are stored as they are: then the bytes
// of the zip follow from names, times and contents alone, and a changed byte
// shows wherever it is.
func entry(w *zip.Writer, name string, at time.Time) (io.Writer, error) {
	return w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: at})
}

func (p *parcel) text(name string, data []byte) {
	p.add(name, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

func (p *parcel) json(name string, v any) {
	p.add(name, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(v)
	})
}

// copy puts in a stored file when its turn comes.
func (p *parcel) copy(name string, open func() (io.ReadCloser, error)) {
	p.add(name, func(w io.Writer) error {
		r, err := open()
		if err != nil {
			return err
		}
		_, err = io.Copy(w, r)
		return errors.Join(err, r.Close())
	})
}

func (p *parcel) version(v Version) {
	in := folder(v.Number)
	v.HashOf, v.Attachments = hashOf, named(v)
	lines, err := v.Text(v.sums()).Lines()
	if err != nil {
		p.failed = errors.Join(p.failed, fmt.Errorf("version %d: %w", v.Number, err))
		return
	}
	if len(v.Facts) == 0 {
		v.Facts = json.RawMessage("null")
	}
	page, err := pageOf(v)
	p.failed = errors.Join(p.failed, err)
	p.text(in+pageFile, page)
	p.json(in+versionFile, v)
	p.text(in+linesFile, lines)
	for _, a := range v.Attachments {
		p.copy(a.File, a.Open)
	}
}

// named are the attachments of a version with their places in the zip.
func named(v Version) []Attachment {
	var names []string
	for _, a := range v.Attachments {
		names = append(names, a.Name)
	}
	list := []Attachment{}
	for i, name := range safeNames(names) {
		a := v.Attachments[i]
		a.File = folder(v.Number) + filesFolder + name
		list = append(list, a)
	}
	return list
}

// audit writes a row a line, as the audit keeps it, and the end of the chain.
func (p *parcel) audit(rows []audit.Entry, head audit.Head) {
	p.add(auditFile, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		for _, row := range rows {
			if err := e.Encode(row); err != nil {
				return err
			}
		}
		return nil
	})
	p.text(headFile, []byte(head.String()+"\n"))
}

// orEmpty writes [] where there is none.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// lf is data with the line ends of this package.
func lf(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")) }
