package site

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"reflect"
	"time"

	"github.com/labstack/echo/v5"
)

// BulkIndex lists the files of whole lists (批量下载) as they were made by night.
type BulkIndex struct {
	CheckedOn string         `json:"checked_on"` // day on which they were last made or found unchanged; "" before the first night
	Items     []BulkDownload `json:"items"`
}

// BulkDownload is one list as a file, packed with gzip.
type BulkDownload struct {
	Name   string `json:"name"`
	List   string `json:"list"`   // the operation's path, e.g. articles
	Format string `json:"format"` // csv or jsonl
	URL    string `json:"url"`
	MadeAt string `json:"made_at"` // RFC 3339, UTC
	Rows   int    `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // of the packed file
}

// BulkLists are the lists that are given out whole.
func BulkLists() []string {
	return []string{kindSchools, kindColumns, kindStandards, kindArticles, kindFiles, kindForms, kindQuestions, kindAnswers, kindStatistics}
}

// BulkPage is a page of a list as files hold it. CSV begins with the headings on the
// first page only.
type BulkPage struct {
	Lines, CSV []byte
	Rows       int
	Next       string
}

// DrawBulk draws one page of a list: the same as /open/v1 gives out of it.
func DrawBulk(d District, view any, first bool) (p BulkPage, err error) {
	items := reflect.ValueOf(view).FieldByName("Items")
	if columns, ok := view.(Standard); ok {
		items = reflect.ValueOf(columns.Groups)
	}
	for i := range items.Len() {
		line, err := encode(items.Index(i).Interface())
		if err != nil {
			return p, err
		}
		p.Lines = append(append(p.Lines, line...), '\n')
	}
	p.Rows = items.Len()
	if list, ok := view.(paged); ok {
		p.Next = list.next()
	}
	rows := csvRows(d, view)
	if !first {
		rows = rows[1:]
	}
	p.CSV = writeCSV(rows, first)
	return p, nil
}

func writeCSV(rows [][]string, mark bool) []byte {
	var b bytes.Buffer
	if mark {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	for _, row := range rows {
		cells := make([]string, len(row)) // the row of headings is everybody's
		for i, cell := range row {
			cells[i] = harmless(cell)
		}
		_ = w.Write(cells) // a bytes.Buffer does not fail
	}
	w.Flush()
	return b.Bytes()
}

const (
	kindBulk    = "bulk"
	kindColumns = "columns" // the standard in force; its page is the site map
)

func (s *Site) bulk(*echo.Context) (resource, error) {
	return resource{kindBulk, "", nil, func(ctx context.Context) (any, []string, error) {
		v, err := s.reader.Bulk(ctx)
		return v, []string{BulkTag}, err
	}}, nil
}

// BulkTag names what shows the bulk files.
const BulkTag = "bulk"

// bulkFile gives out a packed list, or the sums of all.
func (s *Site) bulkFile(c *echo.Context) error {
	f, err := s.reader.BulkFile(c.Request().Context(), c.Param("file"))
	if err != nil {
		return err
	}
	defer f.Close()
	if shown, ok := c.Request().Context().Value(copying{}).(*shownTags); ok {
		shown.list = []string{BulkTag}
	}
	h := c.Response().Header()
	allowReading(h)
	h.Set("Cache-Control", "no-cache") // what was taken down must be gone at once
	h.Set("ETag", f.ETag)
	h.Set("Content-Type", f.MIME)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", `attachment; filename="`+f.Name+`"`)
	http.ServeContent(c.Response(), c.Request(), f.Name, f.Modified.Truncate(time.Second), f)
	return nil
}
