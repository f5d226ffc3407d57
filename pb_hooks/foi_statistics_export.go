package pb_hooks

import (
	"cmp"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportStatistics gives out the tables that requestStatistics shows as a file.
// The export is entered before it is sent.
func (p *platform) exportStatistics(kind, extension string, write func(statement.Data) ([]byte, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		a, err := p.statisticsAsked(e)
		if err != nil {
			return err
		}
		data, err := p.statementOf(e.App, a)
		if err != nil {
			return uncountable(err)
		}
		file, err := write(data)
		if err != nil {
			return uncountable(err)
		}
		done := deed{Action: "export_statistics", Collection: records.FOITables, Record: a.schoolID(),
			Detail: map[string]any{"from": a.period.From, "to": a.period.To, "unit": data.Issuer, "format": extension}}
		return p.enterBefore(e, actorOf(e), done, func() error {
			return handOut(e, savedName("依申请公开统计表_"+data.Issuer+"_"+periodName(a.period)+"."+extension), kind, file)
		})
	}
}

// periodName is a period in a file name: 2025年, 2025-03-01至2025-06-30.
func periodName(p foi.Period) string {
	if year := yearOf(p); year > 0 {
		return fmt.Sprintf("%d年", year)
	}
	return string(p.From) + "至" + string(p.To)
}

// statementOf is what the files say.
func (p *platform) statementOf(app core.App, a asked) (statement.Data, error) {
	s, err := p.statisticsOf(app, a.period, a.schoolID())
	if err != nil {
		return statement.Data{}, err
	}
	directory, err := p.directory()
	if err != nil {
		return statement.Data{}, err
	}
	d := statement.Data{Demo: directory.District.Demo, Made: workday.Date(p.today()), Frozen: s.all.frozenAt != "", Table3: s.all.table3, Table4: s.all.table4}
	if a.school != nil {
		d.Issuer = a.school.Name
		return d, nil
	}
	d.Issuer = cmp.Or(directory.District.Bureau, directory.District.Host, directory.District.Name)
	d.Frozen = true
	for _, line := range schoolFigures(s, directory) {
		school, _ := directory.ByCode(line.Code)
		t := foi.ApplicationTable{Period: a.period}
		if counted, ok := s.schools[school.ID]; ok {
			t = counted.table3
		}
		d.Frozen = d.Frozen && line.FrozenAt != ""
		d.Schools = append(d.Schools, statement.SchoolLine{Name: line.Name, Code: line.Code, Table3: t})
	}
	d.Frozen = d.Frozen && len(d.Schools) > 0
	return d, nil
}
