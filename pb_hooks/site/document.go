package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// document is a finished answer: bytes, their type and what they show. It is
// compressed at most once per encoding, when first asked for.
type document struct {
	status int
	tags   []string
	body   []byte
	header http.Header // finished headers that do not depend on the request

	gzip, zstd encoding
}

type encoding struct {
	once   sync.Once
	body   []byte
	header []string // Content-Length
}

// smallest is the size below which compressing costs more than it saves.
const smallest = 1024

// contentPolicy lets a page use nothing from elsewhere.
const contentPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"

func newDocument(status int, contentType string, body []byte, tags ...string) *document {
	// The tag is weak: the same text has it in every encoding.
	sum := sha256.Sum256(body)
	etag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:9]) + `"`
	return &document{status: status, tags: tags, body: body, header: http.Header{
		"Content-Type":            {contentType},
		"Etag":                    {etag},
		"Cache-Control":           {"no-cache"},
		"Vary":                    {"Accept-Encoding"},
		"X-Content-Type-Options":  {"nosniff"},
		"Referrer-Policy":         {"strict-origin-when-cross-origin"},
		"Content-Security-Policy": {contentPolicy},
		"Content-Length":          {strconv.Itoa(len(body))},
	}}
}

// weight is what a document is charged in the cache: its text, and as much
// again for the compressed copies and the headers, which are smaller together.
func (d *document) weight() int64 { return int64(2*len(d.body) + 1024) }

func (d *document) write(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	for k, v := range d.header {
		h[k] = v
	}
	if d.status == http.StatusOK && matches(r.Header["If-None-Match"], d.header["Etag"][0]) {
		delete(h, "Content-Length")
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := d.body
	if name, enc := d.encoded(r.Header["Accept-Encoding"]); enc != nil {
		h["Content-Encoding"] = name
		h["Content-Length"] = enc.header
		body = enc.body
	}
	w.WriteHeader(d.status)
	_, err := w.Write(body)
	return err
}

// matches reports whether If-None-Match names the tag (RFC 9110 13.1.2, weak comparison).
func matches(header []string, etag string) bool {
	for _, line := range header {
		for part := range strings.SplitSeq(line, ",") {
			part = strings.TrimSpace(part)
			if part == "*" || strings.TrimPrefix(part, "W/") == strings.TrimPrefix(etag, "W/") {
				return true
			}
		}
	}
	return false
}

var (
	gzipName = []string{"gzip"}
	zstdName = []string{"zstd"}
)

func (d *document) encoded(accept []string) ([]string, *encoding) {
	if len(d.body) < smallest || len(accept) == 0 {
		return nil, nil
	}
	switch {
	case accepts(accept, "zstd"):
		return zstdName, d.zstd.make(d.body, packZstd)
	case accepts(accept, "gzip"):
		return gzipName, d.gzip.make(d.body, packGzip)
	}
	return nil, nil
}

// accepts reports whether the client takes an encoding; q=0 refuses it.
func accepts(accept []string, name string) bool {
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			coding, q, _ := strings.Cut(part, ";")
			if strings.TrimSpace(coding) != name {
				continue
			}
			v := strings.TrimPrefix(strings.TrimSpace(q), "q=")
			return strings.Trim(v, "0.") != "" || v == ""
		}
	}
	return false
}

func (e *encoding) make(body []byte, pack func([]byte) []byte) *encoding {
	e.once.Do(func() {
		e.body = pack(body)
		e.header = []string{strconv.Itoa(len(e.body))}
	})
	return e
}

var zstdEncoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2))

func packZstd(b []byte) []byte {
	return bytes.Clone(zstdEncoder.EncodeAll(b, make([]byte, 0, len(b)/2)))
}

// buffers are for drawing and packing; what is kept is copied out of them.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

var gzipPool = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // a known-good level cannot fail
	return z
}}

func packGzip(b []byte) []byte {
	z := gzipPool.Get().(*gzip.Writer)
	defer gzipPool.Put(z)
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	z.Reset(out)
	_, _ = z.Write(b) // a bytes.Buffer does not fail
	_ = z.Close()
	return bytes.Clone(out.Bytes())
}
