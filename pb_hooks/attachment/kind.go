// Package attachment knows which files a school may publish, how to tell what a file really is, and how to make a
// picture fit to publish: upright, of bounded size, without the place and camera it was taken with. It knows nothing of
// articles, of where files are stored, or of personal data written inside a document.
package attachment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// MaxSize is the greatest size of an attachment, in bytes: 20 MiB.
const MaxSize = 20 << 20

// Kind is what a file is, decided by its content.
type Kind struct {
	Ext   string // without a dot, in lower case, one for each kind: "jpg" also for .jpeg
	MIME  string
	Label string // for people: "PDF 文档"
	Image bool   // to be normalised before it is published
}

// kinds are the allowed kinds by extension.
var kinds = map[string]Kind{
	"pdf":  {"pdf", "application/pdf", "PDF 文档", false},
	"ofd":  {"ofd", "application/ofd", "OFD 文档", false},
	"docx": {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档", false},
	"xlsx": {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 表格", false},
	"pptx": {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint 演示文稿", false},
	"doc":  {"doc", "application/msword", "Word 文档", false},
	"xls":  {"xls", "application/vnd.ms-excel", "Excel 表格", false},
	"ppt":  {"ppt", "application/vnd.ms-powerpoint", "PowerPoint 演示文稿", false},
	"jpg":  {"jpg", "image/jpeg", "图片", true},
	"jpeg": {"jpg", "image/jpeg", "图片", true},
	"png":  {"png", "image/png", "图片", true},
	"zip":  {"zip", "application/zip", "压缩包", false},
}

// Identify decides what the file is. The content decides, and the extension of name must agree with it; size is the
// size in bytes the sender announced. The errors for people are Empty, TooLarge, Forbidden and Mismatch; any other
// error means that r could not be read. r is left at its beginning.
func Identify(name string, r io.ReadSeeker, size int64) (Kind, error) {
	actual, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return Kind{}, fmt.Errorf("measure attachment: %w", err)
	}
	switch ext := extension(name); {
	case actual == 0:
		return Kind{}, Empty{}
	case max(size, actual) > MaxSize:
		return Kind{}, TooLarge{Size: max(size, actual)}
	case kinds[ext] == Kind{}:
		return Kind{}, Forbidden{Ext: ext}
	}
	content, err := look(r, actual)
	if _, seekErr := r.Seek(0, io.SeekStart); err == nil && seekErr != nil {
		err = seekErr
	}
	if err != nil {
		return Kind{}, fmt.Errorf("read attachment: %w", err)
	}
	kind := kinds[extension(name)]
	switch {
	case content.reason != "":
		return Kind{}, Forbidden{Ext: extension(name), Reason: content.reason}
	case content.ext != kind.Ext:
		return Kind{}, Mismatch{Ext: extension(name), Content: content.label}
	}
	return kind, nil
}

// content is what a look into a file found.
type content struct {
	ext    string // of the allowed kind it is, or ""
	label  string // what it is, for a person who named it otherwise
	reason string // why it is refused whatever its name
}

func look(r io.ReadSeeker, size int64) (content, error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return content{}, err
	}
	head := make([]byte, min(size, 8192))
	if _, err := io.ReadFull(r, head); err != nil {
		return content{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return lookZip(r, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return lookOLE(r, size)
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return content{ext: "pdf", label: "PDF 文档"}, nil
	case bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		return content{ext: "jpg", label: "JPEG 图片"}, nil
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1A\n")):
		return content{ext: "png", label: "PNG 图片"}, nil
	}
	return content{label: foreign(mimetype.Detect(head))}, nil
}

// foreignLabels name what people try to upload under an allowed name, the narrowest first.
var foreignLabels = []struct{ mime, label string }{
	{"image/gif", "GIF 图片"}, {"image/webp", "WebP 图片"}, {"image/bmp", "BMP 图片"}, {"image/tiff", "TIFF 图片"},
	{"image/heic", "HEIC 图片"}, {"image/heif", "HEIC 图片"}, {"image/svg+xml", "SVG 图片"}, {"text/html", "网页"},
	{"text/rtf", "RTF 文档"}, {"text/csv", "CSV 文本"}, {"text/xml", "XML 文件"},
	{"application/vnd.microsoft.portable-executable", "可执行程序"}, {"application/x-elf", "可执行程序"}, {"application/x-mach-binary", "可执行程序"},
	{"application/x-rar-compressed", "RAR 压缩包"}, {"application/x-7z-compressed", "7z 压缩包"}, {"application/gzip", "gzip 压缩包"},
	{"video/mp4", "视频"}, {"audio/mpeg", "音频"}, {"text/plain", "纯文本"},
}

func foreign(found *mimetype.MIME) string {
	for m := found; m != nil; m = m.Parent() {
		for _, f := range foreignLabels {
			if m.Is(f.mime) {
				return f.label
			}
		}
	}
	return "无法识别的文件"
}

// extension returns the extension of name without the dot, in lower case.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(CleanName(name)), "."))
}

// readerAt lets formats with a table of contents be read from any io.ReadSeeker, by one reader at a time.
type readerAt struct{ io.ReadSeeker }

func (r readerAt) ReadAt(p []byte, off int64) (int, error) {
	if _, err := r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(r.ReadSeeker, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
