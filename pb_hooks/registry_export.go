package pb_hooks

import (
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// mostExportedLines bounds a file.
const mostExportedLines = 20_000

var decisionNames = []NamedCode{{"pending", "待处理"}, {"postponed", "以后再说"}, {"accepted", "已接受"}, {"refused", "不接受"}}

// exportRun gives out a change set as .xlsx, one line a row. The export is entered
// before it is sent.
func (p *platform) exportRun(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	list, err := p.registryStatement(e.App, run, reader)
	if err != nil {
		return err
	}
	file, err := list.Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_registry_run", Collection: records.RegistryRuns, Record: run.Id, Detail: map[string]any{"count": len(list.Rows), "format": "xlsx"}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("机构名单变更集_"+p.today()+".xlsx"), xlsxType, file)
	})
}

// registryStatement is a change set as a table.
func (p *platform) registryStatement(app core.App, run *core.Record, reader registryReader) (statement.List, error) {
	d, err := p.directory()
	if err != nil {
		return statement.List{}, err
	}
	issuer, err := p.unitName(bureauUnit)
	if err != nil {
		return statement.List{}, err
	}
	view, err := p.registryRun(app, run, reader)
	if err != nil {
		return statement.List{}, err
	}
	about := []string{view.SourceName, view.StateName, view.Stop, view.Sentence}
	list := statement.List{Demo: d.District.Demo, Issuer: issuer, Title: "机构名单变更集", About: strings.Join(nonEmpty(about), "，"), Made: workday.Date(p.today()), Columns: []statement.ListColumn{
		{Name: "序号", Width: 700}, {Name: "种类", Width: 1300}, {Name: "学校", Width: 2600}, {Name: "来源写法", Width: 2600}, {Name: "依据", Width: 1300}, {Name: "内容", Width: 4200},
		{Name: "说明", Width: 3200}, {Name: "处理", Width: 1000}, {Name: "处理人", Width: 1200}, {Name: "结果", Width: 2200}}}
	var found []*core.Record
	if err := app.RecordQuery(records.RegistryLines).AndWhere(dbx.HashExp{"run": run.Id}).OrderBy("position").Limit(mostExportedLines).All(&found); err != nil {
		return list, err
	}
	lines, err := p.registryLineViews(app, found, reader, run)
	if err != nil {
		return list, err
	}
	for _, line := range lines {
		list.Rows = append(list.Rows, []string{strconv.Itoa(line.Position), line.KindName, line.School.Name, line.Name, line.BasisName, line.contents(), line.Reason,
			nameFor(decisionNames, line.Decision), line.DecidedBy, outcomeOf(line)})
	}
	for _, c := range view.Counts {
		list.Figures = append(list.Figures, statement.ListFigure{Name: c.Name, Count: c.Total})
	}
	return list, nil
}

// contents is what a line says, as one text.
func (v RegistryLine) contents() string {
	var parts []string
	for _, f := range v.Fields {
		switch {
		case f.Old == "":
			parts = append(parts, f.Name+"："+f.New)
		default:
			parts = append(parts, f.Name+"："+f.Old+" → "+f.New)
		}
	}
	for _, c := range v.Candidates {
		parts = append(parts, "可能是"+c.School.Name+"（"+c.Reason+"）")
	}
	for _, s := range v.Into {
		parts = append(parts, "并入"+s.Name)
	}
	for _, found := range v.Problems {
		parts = append(parts, found.Name+"："+found.Reason)
	}
	return strings.Join(parts, "；")
}

func outcomeOf(v RegistryLine) string {
	if v.Outcome == "applied" {
		return "已写入"
	}
	return v.Sentence
}

func nonEmpty(list []string) (kept []string) {
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
