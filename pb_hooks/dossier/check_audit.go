package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/publication"
)

// auditRows: each row fits its own hash, and the one before where that is here.
func (c *checker) auditRows(report *Report) string {
	var last audit.Entry
	for _, row := range c.rows {
		if row.Sum() != row.Hash {
			report.Break("审计记录第 %d 条的内容与它的校验值不符", row.Number)
		}
		switch {
		case row.Number <= last.Number:
			report.Break("审计记录第 %d 条不在它的位置", row.Number)
		case row.Number == last.Number+1 && last.Number > 0 && row.Previous != last.Hash:
			report.Break("审计记录第 %d 条与前一条衔接不上", row.Number)
		}
		last = row
	}
	return fmt.Sprintf("审计记录：%d 条，每条都与它自己的校验值相符", len(c.rows))
}

// end: the last row is this export, and the head is the chain up to it.
func (c *checker) end(report *Report) string {
	last := c.rows[len(c.rows)-1] // parse reads one at least
	if last.Action != c.about.action || last.Collection != c.about.collection || last.Record != c.about.id || last.ActorName != c.about.export.By {
		report.Break("审计记录的最后一条不是这次导出")
	}
	if c.head.Number != last.Number || c.head.Hash != last.Hash {
		report.Break("“%s”与审计记录的最后一条不符", headFile)
	}
	return fmt.Sprintf("导出：审计记录第 %d 条就是这次导出，校验值与“%s”相同", last.Number, headFile)
}

// stepsInAudit holds each step, with all it says, against its row of the audit.
func (c *checker) stepsInAudit(report *Report) string {
	entered, imported := 0, 0
	rows := map[string]audit.Entry{}
	for _, row := range c.rows {
		if row.Collection == "article_steps" && row.Action == "create" {
			rows[row.Record] = row
		}
	}
	for _, s := range c.steps {
		row, ok := rows[s.ID]
		delete(rows, s.ID)
		switch {
		case ok:
			entered++
			c.compare(report, s, row)
		case s.Action == string(publication.Import): // taken over with many others by a command
			imported++
		default:
			report.Break("%s没有审计记录", nameOf(s))
		}
	}
	for _, row := range rows {
		report.Break("审计记录第 %d 条所记的一步不在办理记录中", row.Number)
	}
	if imported > 0 {
		return fmt.Sprintf("办理记录与审计记录：%d 步逐项一致；从旧网站导入的 %d 步没有单独的审计记录", entered, imported)
	}
	return fmt.Sprintf("办理记录与审计记录：%d 步逐项一致", entered)
}

// said are the things a step says, as a row of the audit tells them: see
// detailOfAll in pb_hooks. What is empty is not told.
func (c *checker) said(s Step) map[string]any {
	all := map[string]any{"article": c.article.ID, "version": s.Version, "hash": s.Hash, "at": s.At, "stage": s.Stage, "action": s.Action,
		"by": s.By, "by_name": s.ByName, "for": s.For, "for_name": s.ForName, "duty": s.Duty, "form": s.Form}
	if s.AtBureau {
		all["at_bureau"] = true
	}
	if len(s.Writers) > 0 {
		list := []any{}
		for _, w := range s.Writers {
			list = append(list, w)
		}
		all["writers"] = list
	}
	if s.Reason != "" {
		all["reason"] = fingerprint(s.Reason)
	}
	if raw, err := json.Marshal(s.Check); err == nil && !slices.Contains([]string{"null", `""`, "{}", "[]"}, string(raw)) {
		all["check"] = fingerprint(string(raw))
	}
	maps.DeleteFunc(all, func(_ string, v any) bool { return v == "" })
	return all
}

// fingerprint is a text that the audit does not quote.
func fingerprint(text string) map[string]any {
	sum := sha256.Sum256([]byte(text))
	return map[string]any{"chars": float64(utf8.RuneCountInString(text)), "sha256": hex.EncodeToString(sum[:])}
}

var saidNames = map[string]string{"article": "所属信息", "version": "版本", "hash": "校验码", "at": "时间", "stage": "环节", "action": "办理", "by": "办理人",
	"by_name": "办理人姓名", "for": "代理的同事", "for_name": "代理的同事姓名", "duty": "职责", "form": "审核方式", "at_bureau": "由教育局办理", "writers": "编写人",
	"reason": "原因", "check": "审核要点"}

func (c *checker) compare(report *Report, s Step, row audit.Entry) {
	var told map[string]any
	if err := json.Unmarshal([]byte(row.Detail), &told); err != nil {
		report.Break("审计记录第 %d 条的内容读不出来", row.Number)
		return
	}
	said := c.said(s)
	var other []string
	for field, name := range saidNames {
		if !reflect.DeepEqual(told[field], said[field]) {
			other = append(other, name)
		}
	}
	if len(other) > 0 {
		slices.Sort(other)
		report.Break("%s的%s与审计记录第 %d 条不一致", nameOf(s), strings.Join(other, "、"), row.Number)
	}
}

func (s Step) check() (c publication.Check, err error) {
	if raw := string(s.Check); raw == "" || raw == "null" || raw == `""` {
		return c, nil
	}
	return c, json.Unmarshal(s.Check, &c)
}

// overridesInAudit: what was let stand was let stand by whom the audit names.
func (c *checker) overridesInAudit(report *Report) string {
	rows := map[string]audit.Entry{}
	for _, row := range c.rows {
		if row.Collection == "findings" && row.Action == "override" {
			rows[row.Record] = row
		}
	}
	n := 0
	for _, f := range c.findings {
		row, entered := rows[f.ID]
		delete(rows, f.ID)
		var told struct {
			Class  string         `json:"class"`
			ByName string         `json:"by_name"`
			Reason map[string]any `json:"reason"`
		}
		switch {
		case !entered && f.State != "overridden":
			continue
		case !entered || f.State != "overridden" || json.Unmarshal([]byte(row.Detail), &told) != nil || told.Class != f.Class || told.ByName != f.ByName,
			!reflect.DeepEqual(told.Reason, fingerprint(f.Reason)):
			report.Break("自动检查结果“%s，%s”的放行情况与审计记录不一致", f.ClassName, f.Place)
		}
		n++
	}
	for _, row := range rows {
		report.Break("审计记录第 %d 条所放行的自动检查结果不在材料中", row.Number)
	}
	return fmt.Sprintf("自动检查：%d 处，其中写明理由放行的 %d 处，与审计记录一致", len(c.findings), n)
}
