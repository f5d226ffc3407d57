package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
)

// inside is what the bytes of a file tell without their order: PDFium says
// nothing of actions and of XMP.
type inside struct {
	attached, scripts bool
	creators          []string
}

const (
	maxObjectStream  = 4 << 20
	maxObjectStreams = 48 << 20 // of all of them, unpacked
)

var (
	scripted = regexp.MustCompile(`/S\s*/JavaScript\b|/JavaScript\s*(?:<<|\d+\s+\d+\s+R)`)
	embedded = []byte("/EmbeddedFile")
	creator  = regexp.MustCompile(`<dc:creator>[^\x00]{0,1000}?</dc:creator>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
)

// inspect looks at a file and into its object streams, where they are not
// encrypted.
func inspect(file []byte) inside {
	var found inside
	found.look(file)
	for _, m := range creator.FindAll(file, 4) {
		found.creators = appendText(found.creators, string(tag.ReplaceAll(m, []byte(" "))))
	}
	left := int64(maxObjectStreams)
	for rest := file; left > 0; {
		_, after, ok := bytes.Cut(rest, []byte("/ObjStm"))
		if !ok {
			break
		}
		rest = after
		at := bytes.Index(rest[:min(len(rest), 1024)], []byte("stream"))
		if at < 0 {
			continue
		}
		r, err := zlib.NewReader(bytes.NewReader(bytes.TrimLeft(rest[at+len("stream"):], "\r\n")))
		if err != nil {
			continue
		}
		data, _ := io.ReadAll(io.LimitReader(r, min(maxObjectStream, left))) // what is broken is PDFium's to say
		left -= int64(len(data)) + 1024
		found.look(data)
	}
	return found
}

func (f *inside) look(data []byte) {
	f.attached = f.attached || bytes.Contains(data, embedded)
	f.scripts = f.scripts || scripted.Match(data)
}
