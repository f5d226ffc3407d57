package site

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
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

// BulkPage is what was written of a list.
type BulkPage struct {
	Rows int
	Next string // cursor of the page that follows
}

// WriteBulk writes one page of a list as files hold it: the same as /open/v1 gives out
// of it, as lines of JSON and as CSV, which begins with the headings on the first page
// only.
func WriteBulk(d District, view any, first bool, table, lines io.Writer) (p BulkPage, err error) {
	items := reflect.ValueOf(view).FieldByName("Items")
	if columns, ok := view.(Standard); ok {
		items = reflect.ValueOf(columns.Groups)
	}
	to := json.NewEncoder(lines) // as encode writes, without a copy of each line
	for i := range items.Len() {
		item := listed(items.Index(i))
		if item.CanAddr() {
			item = item.Addr()
		}
		if err := to.Encode(item.Interface()); err != nil {
			return p, err
		}
	}
	p.Rows = items.Len()
	if list, ok := view.(paged); ok {
		p.Next = list.next()
	}
	rows := csvRows(d, view)
	if !first {
		rows = rows[1:]
	}
	return p, writeCSV(table, rows, first)
}

func writeCSV(to io.Writer, rows [][]string, mark bool) error {
	if mark {
		if _, err := io.WriteString(to, "\ufeff"); err != nil {
			return err
		}
	}
	w := csv.NewWriter(to)
	w.UseCRLF = true
	var cells []string // the row of headings is everybody's
	for _, row := range rows {
		cells = cells[:0]
		for _, cell := range row {
			cells = append(cells, harmless(cell))
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
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
