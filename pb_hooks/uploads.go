package pb_hooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/records"
)

const (
	// maxUpload is what one file may weigh, in bytes.
	maxUpload = 10 << 20
	// maxPapers is what a form with all its files may weigh. It leaves room to say
	// of a file that is too large which one it is.
	maxPapers = 200 << 20
	// maxTyped is what the typed part of a form may weigh: every field at its
	// longest is a third of it.
	maxTyped = 64 << 10
)

// mostParts is how many fields and files a form may have: ours have a few, and a
// little more leaves room to say which field has too many.
const mostParts = 60

// paperForm is a form that people send with files.
type paperForm struct {
	typed      string         // its part that is JSON
	name       string         // in words
	collection string         // whose record the files are sealed for
	most       map[string]int // how many files each field takes; others are passed over
}

var (
	applicationForm = paperForm{"application", "申请", records.FOIApplications, map[string]int{"proofs": 5, "mandates": 3}}
	// enteredForm is what the clerk enters: papers are what came by post.
	enteredForm = paperForm{"application", "申请", records.FOIApplications, map[string]int{"proofs": 5, "mandates": 3, "papers": 10}}
	letterForm  = paperForm{"letter", "来信", records.InquiryLetters, map[string]int{"papers": 5}}
)

// uploads are the papers that came with a form, sealed as they were read: nothing
// of them lies in a file as it is. They belong to one record of the form's
// collection, which is to be made with the id Record.
type uploads struct {
	Record  string
	files   map[string][]sealedUpload // by the field that they are stored in
	tooMany []string                  // fields
}

// sealedUpload is one file. What is too large is not kept.
type sealedUpload struct {
	name   string // as the person called it; it is not stored
	size   int64
	head   []byte // its first bytes, which tell what it is
	stored string // its name in the storage
	sealed []byte // its sealed bytes, or
	path   string // where they wait, if they are many
}

// takesPapers lets a form with files in: as much as they may weigh, and read
// once. The router would keep a copy of all that is read, in memory and then as
// plain text on the disk.
func takesPapers() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{Id: apis.DefaultBodyLimitMiddlewareId, Priority: apis.DefaultBodyLimitMiddlewarePriority,
		Func: func(e *core.RequestEvent) error {
			if e.Request.ContentLength > maxPapers {
				return tooHeavy()
			}
			body := e.Request.Body
			if copied, ok := body.(*router.RereadableReadCloser); ok {
				body = copied.ReadCloser
			}
			e.Request.Body = http.MaxBytesReader(e.Response, body, maxPapers)
			return e.Next()
		}}
}

func tooHeavy() error {
	return router.NewApiError(http.StatusRequestEntityTooLarge, "上传的文件一共超过 200 MB，请减少文件或者压缩后再提交。", nil)
}

// readForm reads a form of several parts into into, and its files. Whoever reads a
// form discards its uploads in the end. It fails with sealed.MissingKey if there
// are files and no key.
func (p *platform) readForm(e *core.RequestEvent, form paperForm, into any) (u uploads, err error) {
	defer func() {
		if err != nil {
			u.discard()
		}
	}()
	incomplete := func(err error) error {
		if errors.As(err, new(*http.MaxBytesError)) {
			return tooHeavy()
		}
		return e.BadRequestError("没有收到完整的"+form.name+"，请重试。", err)
	}
	parts, err := e.Request.MultipartReader()
	if err != nil {
		return u, incomplete(err)
	}
	u = uploads{Record: core.GenerateDefaultRandomId(), files: map[string][]sealedUpload{}}
	var typed []byte
	for n := 0; ; n++ {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if n == mostParts {
			return u, e.BadRequestError("上传的文件太多，请合并后再提交。", nil)
		}
		if err != nil {
			return u, incomplete(err)
		}
		field := part.FormName()
		switch most := form.most[field]; {
		case most > 0 && part.FileName() == "": // nothing was chosen
		case field == form.typed:
			if typed, err = io.ReadAll(io.LimitReader(part, maxTyped+1)); err != nil {
				return u, incomplete(err)
			}
		case most == 0: // read past by the next part
		case len(u.files[field]) == most:
			u.tooMany = append(u.tooMany, field)
		default:
			one, err := p.readUpload(part, form.collection, u.Record)
			u.files[field] = append(u.files[field], one)
			if read := (cutShort{}); errors.As(err, &read) {
				return u, incomplete(read.error)
			}
			if err != nil {
				return u, keyProblem(err)
			}
		}
	}
	if len(typed) > maxTyped {
		return u, e.BadRequestError("填写的内容太多，请缩短后再提交。", nil)
	}
	if err := json.Unmarshal(typed, into); err != nil {
		return u, e.BadRequestError(form.name+"的格式不对。", err)
	}
	return u, nil
}

// cutShort is the error of a body that ended too early.
type cutShort struct{ error }

func (e cutShort) Unwrap() error { return e.error }

// readUpload seals a file while it is read.
func (p *platform) readUpload(part *multipart.Part, collection, record string) (u sealedUpload, err error) {
	u = sealedUpload{name: part.FileName(), stored: sealedName()}
	field, err := sealedFieldOf(collection, part.FormName())
	if err != nil {
		return u, err
	}
	read, out := &measured{from: io.LimitReader(part, maxUpload+1)}, &spill{dir: filepath.Join(p.app.DataDir(), core.LocalTempDirName)}
	err = errors.Join(p.keyring().SealFile(out, read, field.filePlace(record, u.stored)), out.close())
	u.size, u.head, u.sealed, u.path = read.size, read.head, out.small.Bytes(), out.path
	if read.failed == nil && u.size > maxUpload {
		var rest int64
		rest, read.failed = io.Copy(io.Discard, part)
		u.size += rest
	}
	if read.failed != nil {
		err = cutShort{read.failed}
	}
	return u, err
}

// spill keeps what is written to it in memory, and from smallUpload on in a file.
type spill struct {
	dir, path string
	small     bytes.Buffer
	file      *os.File
}

const smallUpload = 1 << 20

func (s *spill) Write(b []byte) (int, error) {
	if s.file == nil && s.small.Len()+len(b) <= smallUpload {
		return s.small.Write(b)
	}
	if s.file == nil {
		err := os.MkdirAll(s.dir, 0o700)
		if err != nil {
			return 0, err
		}
		if s.file, err = os.CreateTemp(s.dir, "upload_*"); err != nil {
			return 0, err
		}
		s.path = s.file.Name()
		if _, err := s.small.WriteTo(s.file); err != nil {
			return 0, err
		}
	}
	return s.file.Write(b)
}

func (s *spill) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// measured passes on what it reads, counts it, and keeps its beginning.
type measured struct {
	from   io.Reader
	size   int64
	head   []byte
	failed error
}

const headOfUpload = 8192

func (m *measured) Read(b []byte) (int, error) {
	n, err := m.from.Read(b)
	m.size += int64(n)
	m.head = append(m.head, b[:min(n, headOfUpload-len(m.head))]...)
	if err != nil && err != io.EOF {
		m.failed = err
	}
	return n, err
}

// discard removes what waits. What was stored is elsewhere by then; what cannot
// be removed goes with the next start.
func (u uploads) discard() {
	for _, files := range u.files {
		for _, f := range files {
			if f.path != "" {
				_ = os.Remove(f.path)
			}
		}
	}
}

func (u uploads) count() (n int) {
	for _, files := range u.files {
		n += len(files)
	}
	return n
}

// put sets the uploads on the record that they were sealed for.
func (u uploads) put(r *core.Record) error {
	for field, files := range u.files {
		for _, f := range files {
			waiting := &filesystem.File{Name: f.stored, OriginalName: "sealed.bin", Size: int64(len(f.sealed)), Reader: &filesystem.BytesReader{Bytes: f.sealed}}
			if f.path != "" {
				info, err := os.Stat(f.path)
				if err != nil {
					return err
				}
				waiting.Size, waiting.Reader = info.Size(), &filesystem.PathReader{Path: f.path}
			}
			r.Set(field+"+", waiting)
		}
	}
	return nil
}

// problems says what is wrong with the uploads, by field. They are told by their
// content, and nothing is cleaned: they are evidence.
func (u uploads) problems() map[string]string {
	problems := map[string]string{}
	for field, files := range u.files {
		for _, f := range files {
			if sentence := f.problem(); sentence != "" {
				problems[field] = "“" + clip(cleanLine(f.name), 40) + "”" + sentence
			}
		}
	}
	for _, field := range u.tooMany {
		problems[field] = "文件太多，请合并后上传"
	}
	return problems
}

// uploadTypes are what may be uploaded with a form.
var uploadTypes = []string{"image/jpeg", "image/png", "application/pdf"}

func (f sealedUpload) problem() string {
	switch {
	case f.size > maxUpload:
		return "超过 10 MB，请压缩或者重新拍照后上传"
	case f.size == 0:
		return "是空文件，请重新上传"
	case len([]rune(f.name)) > 255:
		return "的文件名太长，请改短后上传"
	}
	kind, err := attachment.Identify(attachment.CleanName(f.name), bytes.NewReader(f.head), int64(len(f.head)))
	if err == nil {
		for _, t := range uploadTypes {
			if kind.MIME == t {
				return ""
			}
		}
	}
	return "不是 JPG、PNG 图片或者 PDF 文件"
}
