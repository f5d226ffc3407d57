package statement

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/workday"
)

// Book is a workbook of several lists, each on a sheet that bears the name of its Tab.
type Book struct {
	Issuer, Title string
	Made          workday.Date
	Lists         []List
}

// Xlsx is the book; the same lists give the same bytes.
func (b Book) Xlsx() ([]byte, error) {
	w, err := newWorkbook()
	if err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	defer w.Close()
	for i, l := range b.Lists {
		s := l.sheet()
		if i == 0 {
			err = w.SetSheetName(w.GetSheetName(0), s.tab)
		} else {
			_, err = w.NewSheet(s.tab)
		}
		if err == nil {
			err = w.drawOn(s, l.Issuer+"　"+l.About+"　制表日期："+string(l.Made), nil, l.Demo)
		}
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", s.tab, err)
		}
	}
	return w.finish(b.Made, b.Issuer, b.Title)
}

// ErrNoWorkbook is that a file is no workbook, or too large to be read.
var ErrNoWorkbook = errors.New("这不是 .xlsx 工作簿，或者内容太大")

// mostUnzipped bounds what is unpacked of a workbook, in bytes: a small file may hold
// more than there is memory for.
const mostUnzipped = 32 << 20

// ReadXlsx reads the texts of a workbook: rows of cells by the name of the sheet.
func ReadXlsx(file []byte) (map[string][][]string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{UnzipSizeLimit: mostUnzipped, UnzipXMLSizeLimit: mostUnzipped})
	if err != nil {
		return nil, ErrNoWorkbook
	}
	defer book.Close()
	sheets := map[string][][]string{}
	for _, name := range book.GetSheetList() {
		rows, err := book.GetRows(name)
		if err != nil {
			return nil, ErrNoWorkbook
		}
		sheets[name] = rows
	}
	return sheets, nil
}
