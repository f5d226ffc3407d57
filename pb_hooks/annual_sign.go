package pb_hooks

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
)

// signAnnual freezes the year, writes the report into its article (a new one, or a new
// version of the one it has) and notes on the step what exactly was signed.
func (p *platform) signAnnual(tx core.App, e *core.RequestEvent, a annualAsked, c *annualCase, step *core.Record) error {
	foiTable, groupTable, err := p.freezeReport(tx, actorOf(e), a.school.ID, a.year)
	if err != nil {
		return err
	}
	report, err := p.reportOf(tx, a.school, a.year)
	if err != nil {
		return err
	}
	version, err := p.annualVersion(tx, c, report)
	if err != nil {
		return err
	}
	if err := p.fillAnnual(tx, c, report, version); err != nil {
		return err
	}
	hash, err := versionHash(tx, version)
	if err != nil {
		return err
	}
	c.record.Set("article", version.GetString("article"))
	step.Load(map[string]any{"version": version.Id, "hash": hash, "foi_table": foiTable.Id, "group_table": groupTable.Id})
	return nil
}

// annualVersion is the version of the article that the report is written into. Who
// wrote the report last is the author of the article: the principal is none, and may
// still be asked for a second review.
func (p *platform) annualVersion(tx core.App, c *annualCase, report annual.Report) (*core.Record, error) {
	writers := c.record.GetStringSlice("writers")
	author, err := tx.FindRecordById(records.Staff, writers[len(writers)-1])
	if err != nil {
		return nil, err
	}
	id := c.record.GetString("article")
	if id == "" {
		facts := map[string]string{"报告年度": fmt.Sprintf("%d年", report.Year), "统计表": "见正文和附件"}
		article, err := p.draftArticle(tx, author, c.record.GetString("school"), annual.Column, report.Title(), facts, "", writers)
		if err != nil {
			return nil, err
		}
		return firstVersion(tx, article)
	}
	open, err := tx.FindFirstRecordByFilter(records.Versions, "article = {:article} && frozen = false", dbx.Params{"article": id})
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return open, err
	}
	collection, err := tx.FindCachedCollectionByNameOrId(records.Versions)
	if err != nil {
		return nil, err
	}
	open = core.NewRecord(collection)
	open.Load(map[string]any{"article": id, "author": author.Id, "writers": writers})
	if err := tx.Save(open); err != nil {
		return nil, err
	}
	return tx.FindRecordById(records.Versions, open.Id)
}

// fillAnnual writes the report into a version, with its document.
func (p *platform) fillAnnual(tx core.App, c *annualCase, report annual.Report, version *core.Record) error {
	body, err := statement.ReportHTML(report)
	if err != nil {
		return err
	}
	document, err := statement.ReportDocx(report)
	if err != nil {
		return err
	}
	name := savedName(report.Title() + ".docx")
	file, err := filesystem.NewFileFromBytes(document, name)
	if err != nil {
		return err
	}
	file.OriginalName = name
	collection, err := tx.FindCachedCollectionByNameOrId(records.Attachments)
	if err != nil {
		return err
	}
	attachment := core.NewRecord(collection)
	attachment.Id = idOf(records.Attachments, fmt.Sprintf("annual/%s/%d", c.record.Id, len(c.steps))) // one of each signing
	attachment.Load(map[string]any{"article": version.GetString("article"), "file": file})
	if err := tx.Save(attachment); err != nil {
		return err
	}
	writers := version.GetStringSlice("writers")
	for _, w := range c.record.GetStringSlice("writers") {
		if !slices.Contains(writers, w) {
			writers = append(writers, w)
		}
	}
	version.Load(map[string]any{"title": report.Title(), "body": body, "created_on": p.today(), "attachments": []string{attachment.Id}, "writers": writers,
		"source": cmp.Or(version.GetString("source"), report.Issuer)})
	return tx.Save(version)
}

// annualProblem holds the article of an annual report to what was signed: whoever
// changes its text has it signed again.
func annualProblem(app core.App, article, version *core.Record) error {
	report, err := app.FindFirstRecordByData(records.AnnualReports, "article", article.Id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	hash, err := versionHash(app, version)
	if err != nil {
		return err
	}
	var signed []*core.Record
	if err := app.RecordQuery(records.AnnualSteps).AndWhere(dbx.HashExp{"report": report.Id}).OrderBy("_rowid_ DESC").Limit(1).All(&signed); err != nil {
		return err
	}
	if len(signed) == 1 && signed[0].GetString("action") == string(annual.Sign) && signed[0].GetString("hash") == hash {
		return nil
	}
	return refused("version", "annual_not_signed", "年度报告要在“监督”的“年度报告”中修改，由校长签发后送审")
}
