package dossier

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
)

var tableHead = []string{"序号", "时间（北京时间）", "环节", "办理", "办理人", "代理的同事", "职责", "由教育局办理", "原因", "审核方式", "版本", "内容校验码"}

// tableOf is 办理记录.csv as Excel reads it: a byte order mark, and CRLF between
// the lines.
func tableOf(steps []Step) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	_ = w.WriteAll(append([][]string{tableHead}, rowsOf(steps)...)) // a bytes.Buffer does not fail
	return b.Bytes()
}

// rowsOf follow from the words in 办理记录.json alone, so that the one can be
// held against the other later.
func rowsOf(steps []Step) (rows [][]string) {
	for _, s := range steps {
		by, bureau, version := s.ByName, "", ""
		if s.By == "" && by == "" {
			by = "系统"
		}
		if s.AtBureau {
			bureau = "是"
		}
		if s.VersionNumber > 0 {
			version = strconv.Itoa(s.VersionNumber)
		}
		row := []string{strconv.Itoa(s.Number), moment(s.At).Format("2006-01-02 15:04:05"), s.StageName, s.ActionName, by, s.ForName, s.DutyName, bureau,
			s.Reason, s.FormName, version, s.Hash}
		for i, cell := range row {
			row[i] = harmless(cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// harmless keeps a spreadsheet from taking text for a formula (CWE-1236). The
// full-width signs count too: Chinese Excel reads them as the others.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		cell = "'" + cell
	}
	return strings.ReplaceAll(cell, "\r", "") // the writer of CSV drops it
}
