package pb_hooks

import (
	"cmp"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// rollupOf is the district's report for a year: the bureau's text, and the tables of
// all schools added up, each as it was frozen or else as it is counted now.
func (p *platform) rollupOf(app core.App, year int) (statement.Rollup, error) {
	directory, err := p.directory()
	if err != nil {
		return statement.Rollup{}, err
	}
	s, err := p.statisticsOf(app, foi.YearOf(year), "")
	if err != nil {
		return statement.Rollup{}, err
	}
	groups, frozen, err := p.groupsOf(app, "", year)
	if err != nil {
		return statement.Rollup{}, err
	}
	cases, err := annualCases(app, "", year)
	if err != nil {
		return statement.Rollup{}, err
	}
	texts, err := reportTexts(app, "", year)
	if err != nil {
		return statement.Rollup{}, err
	}
	r := statement.Rollup{Report: annual.Report{Demo: directory.District.Demo, Issuer: cmp.Or(directory.District.Bureau, directory.District.Name), Year: year,
		Made: workday.Date(p.today()), Frozen: true, Texts: texts, Names: districtGroups(directory), Table3: s.all.table3, Table4: s.all.table4}}
	var fees []string
	for _, school := range directory.Schools {
		t, counted := s.schools[school.ID]
		c := cases[school.ID]
		if !owesReport(school, year) && !counted && groups[school.ID] == nil && c == nil {
			continue
		}
		if !counted {
			t = &tables{table3: foi.ApplicationTable{Period: foi.YearOf(year)}, table4: foi.DisputeTable{Period: foi.YearOf(year)}}
		}
		if c == nil {
			c = &annualCase{}
		}
		line := statement.SchoolReport{Name: school.Name, Code: school.Code, State: c.State().Name(), Timeliness: c.TimelinessOn(workday.Date(p.today()), year),
			Groups: groups[school.ID], Table3: t.table3, Table4: t.table4}
		if c.Public {
			line.PublishedOn = c.PublishedOn
		}
		if c.record != nil {
			own := annual.Texts{}
			if err := c.record.UnmarshalJSONField("texts", &own); err != nil {
				return r, err
			}
			line.Fees = own[annual.Fees]
		}
		r.Frozen = r.Frozen && t.frozenAt != "" && frozen[school.ID] != nil
		r.Schools, r.Groups, fees = append(r.Schools, line), annual.SumGroups(r.Groups, line.Groups), append(fees, line.Fees)
	}
	r.Texts[annual.Fees] = annual.AddSums(fees...)
	return r, nil
}

// districtGroups are all column groups with leaves, in the order of the standard.
func districtGroups(directory *records.Directory) []annual.GroupName {
	var leaves []standard.Column
	for _, node := range directory.Nodes {
		if node.Leaf {
			leaves = append(leaves, node)
		}
	}
	return groupNames(directory, leaves)
}

// annualDocx gives out a report as a document: as it would be signed now.
func (p *platform) annualDocx(e *core.RequestEvent) error {
	a, err := p.annualAsked(e)
	if err != nil {
		return err
	}
	var file []byte
	var title string
	if a.school != nil {
		report, failed := p.reportOf(e.App, a.school, a.year)
		if failed != nil {
			return uncountable(failed)
		}
		title = report.Title()
		file, err = statement.ReportDocx(report)
	} else {
		rollup, failed := p.rollupOf(e.App, a.year)
		if failed != nil {
			return uncountable(failed)
		}
		title = rollup.Title()
		file, err = statement.RollupDocx(rollup)
	}
	if err != nil {
		return uncountable(err)
	}
	return p.handOutAnnual(e, a, title+".docx", docxType, file)
}

// annualXlsx gives out the tables of the district, with a line for each school.
func (p *platform) annualXlsx(e *core.RequestEvent) error {
	a, err := p.annualAsked(e)
	if err != nil {
		return err
	}
	if a.school != nil {
		return refused("school", "annual_only_district", "汇总表只有全区的，本校的表格在年度报告里")
	}
	rollup, err := p.rollupOf(e.App, a.year)
	if err != nil {
		return uncountable(err)
	}
	file, err := statement.RollupXlsx(rollup)
	if err != nil {
		return uncountable(err)
	}
	return p.handOutAnnual(e, a, fmt.Sprintf("%s%d年信息公开年度统计汇总表.xlsx", rollup.Issuer, a.year), xlsxType, file)
}

// handOutAnnual enters the export before it is sent.
func (p *platform) handOutAnnual(e *core.RequestEvent, a annualAsked, name, kind string, file []byte) error {
	done := deed{Action: "export_annual_report", Collection: records.AnnualReports, Record: a.id(), Detail: map[string]any{"year": a.year, "name": name}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName(name), kind, file)
	})
}
