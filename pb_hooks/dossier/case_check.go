package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"

	"gongkai/pb_hooks/audit"
)

// ExportCase is the deed with which a dossier of a case ends.
const ExportCase = "export_case"

// parseCase reads the files of data of a case.
func (c *checker) parseCase() error {
	k := &c.request
	for file, into := range map[string]any{caseFile: &k.Info, askedFile: &k.Applications, caseSteps: &k.Steps, ledgerFile: &k.Ledger, daysFile: &k.Days,
		lettersFile: &k.Letters, caseFiles: &k.Files} {
		if err := json.Unmarshal(c.small[file], into); err != nil {
			return unreadable{file}
		}
	}
	c.about = subject{"foi_requests", k.Info.ID, ExportCase, k.Info.Export}
	return newer(k.Info.Format)
}

// caseTitle says what the file is about.
func (c *checker) caseTitle() string {
	i := c.request.Info
	return fmt.Sprintf("%s %s，%s 由%s %s导出", i.School, i.Number, moment(i.Export.At).Format("2006-01-02 15:04"), i.Export.Unit, i.Export.By)
}

// papers: letters and files are those that were entered when they were made.
func (c *checker) papers(report *Report) string {
	originals := 0
	for _, l := range c.request.Letters {
		if _, ok := c.sums[l.Page]; !ok {
			report.Break("缺少文书“%s”的打印页", l.Number)
		}
		if l.File == "" {
			continue
		}
		originals++
		if c.sums[l.File] != l.SHA256 {
			report.Break("文书“%s”的原件与平台登记的校验值不符", l.Number)
		}
	}
	for _, f := range c.request.Files {
		if sum, ok := c.sums[f.File]; !ok || f.SHA256 != "" && sum != f.SHA256 {
			report.Break("材料“%s”与平台登记的校验值不符", f.Name)
		}
	}
	page, err := pageOfCase(c.request)
	if err != nil || !bytes.Equal(page, c.small[casePage]) {
		report.Break("“%s”与各 JSON 文件不一致", casePage)
	}
	return fmt.Sprintf("文书 %d 份（原件 %d 份）、材料 %d 个，与登记的校验值相同；“%s”与数据一致", len(c.request.Letters), originals, len(c.request.Files), casePage)
}

// caseStepsInAudit holds each step, with all it says, against its row of the audit.
func (c *checker) caseStepsInAudit(report *Report) string {
	type told struct {
		Step   string `json:"step"`
		SHA256 string `json:"sha256"`
	}
	rows := map[string]audit.Entry{}
	sums := map[string]string{}
	for _, row := range c.rows {
		var t told
		if row.Collection == "foi_requests" && row.Record == c.about.id && row.Detail != "" && json.Unmarshal([]byte(row.Detail), &t) == nil && t.Step != "" {
			rows[t.Step], sums[t.Step] = row, t.SHA256
		}
	}
	for i, s := range c.request.Steps {
		row, ok := rows[s.ID]
		delete(rows, s.ID)
		switch {
		case s.Number != i+1:
			report.Break("办理环节的第 %d 步不在它的位置", s.Number)
		case !ok:
			report.Break("第 %d 步（%s）没有审计记录", s.Number, s.ActionName)
		case row.Action != "foi_"+s.Action || sums[s.ID] != s.Sum():
			report.Break("第 %d 步（%s）与审计记录第 %d 条不一致", s.Number, s.ActionName, row.Number)
		}
	}
	for _, row := range rows {
		report.Break("审计记录第 %d 条所记的一步不在办理环节中", row.Number)
	}
	return fmt.Sprintf("办理环节与审计记录：%d 步逐项一致", len(c.request.Steps))
}
