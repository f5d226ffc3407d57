package pb_hooks

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

const mostLines = 200 // of one page

// listLines answers with the lines of a run in the order of the set, filtered by kind,
// decision, outcome, asks (there is something to decide), field (that is changed) and q
// (part of a name).
func (p *platform) listLines(e *core.RequestEvent) error {
	reader, err := p.readsRegistry(e)
	if err != nil {
		return err
	}
	run, err := registryRunAsked(e.App, e)
	if err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	list := RegistryLines{Items: []RegistryLine{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostLines, max(1, number(ask, "per_page", 50)))}
	found, total, err := registryLineRows(e.App, lineFilter(ask, dbx.HashExp{"run": run.Id}), "position", list.Page, list.PerPage)
	if err != nil {
		return err
	}
	if list.Items, err = p.registryLineViews(e.App, found, reader, run); err != nil {
		return err
	}
	list.Total = total
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

// listHistory answers with what was applied to schools, the latest first, filtered
// like listLines and by school (code). Staff of a school see their own.
func (p *platform) listHistory(e *core.RequestEvent) error {
	where := dbx.HashExp{"outcome": "applied"}
	reader := registryReader{}
	if school := e.Auth.GetString("school"); school != "" {
		where["school"] = school
	} else {
		var err error
		if reader, err = p.readsRegistry(e); err != nil {
			return err
		}
		if code := e.Request.URL.Query().Get("school"); code != "" {
			if where["school"], err = p.schoolAsked("school", code); err != nil {
				return err
			}
		}
	}
	ask := e.Request.URL.Query()
	list := RegistryLines{Items: []RegistryLine{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostLines, max(1, number(ask, "per_page", 50)))}
	found, total, err := registryLineRows(e.App, dbx.And(lineFilter(ask, where), dbx.NewExp("applied_at != ''")), "applied_at DESC, _rowid_ DESC", list.Page, list.PerPage)
	if err != nil {
		return err
	}
	if list.Items, err = p.registryLineViews(e.App, found, reader, nil); err != nil {
		return err
	}
	list.Total = total
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func lineFilter(ask url.Values, where dbx.HashExp) dbx.Expression {
	for _, field := range []string{"kind", "decision", "outcome"} {
		if values := ask[field]; len(values) > 0 && values[0] != "" {
			if _, set := where[field]; !set {
				where[field] = anys(values)
			}
		}
	}
	if ask.Get("asks") != "" {
		where["asks"], where["decision"] = true, []any{"pending", "postponed"}
	}
	all := []dbx.Expression{where}
	if field := ask.Get("field"); field != "" {
		all = append(all, changesField(field))
	}
	if q := strings.TrimSpace(ask.Get("q")); q != "" {
		all = append(all, dbx.NewExp("(instr(name, {:q}) > 0 OR school IN (SELECT id FROM schools WHERE instr(name, {:q}) > 0 OR instr(short_name, {:q}) > 0 OR code = {:q}))", dbx.Params{"q": q}))
	}
	return dbx.And(all...)
}

// changesField is the condition that a line changes a field.
func changesField(field string) dbx.Expression {
	return dbx.NewExp("EXISTS (SELECT 1 FROM json_each(line, '$.fields') f WHERE json_extract(f.value, '$.field') = {:field})", dbx.Params{"field": field})
}

func registryLineRows(app core.App, where dbx.Expression, order string, page, perPage int) (found []*core.Record, total int, err error) {
	n, err := app.CountRecords(records.RegistryLines, where)
	if err != nil {
		return nil, 0, err
	}
	err = app.RecordQuery(records.RegistryLines).AndWhere(where).OrderBy(strings.Split(order, ", ")...).Limit(int64(perPage)).Offset(int64((page - 1) * perPage)).All(&found)
	return found, int(n), err
}

// registryLinesByID are lines of a run as they are now; those that are gone are left out.
func (p *platform) registryLinesByID(app core.App, ids []string, reader registryReader, run *core.Record) ([]RegistryLine, error) {
	var found []*core.Record
	if err := app.RecordQuery(records.RegistryLines).AndWhere(dbx.HashExp{"id": anys(ids)}).OrderBy("position").All(&found); err != nil {
		return nil, err
	}
	return p.registryLineViews(app, found, reader, run)
}

// registryLineViews draws lines; run is nil where nothing is to be decided on them.
func (p *platform) registryLineViews(app core.App, found []*core.Record, reader registryReader, run *core.Record) ([]RegistryLine, error) {
	views := []RegistryLine{}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	open := reader.Decides && run != nil && mayBeDecided(run) == nil
	for _, r := range found {
		var line registry.Line
		if err := r.UnmarshalJSONField("line", &line); err != nil {
			return nil, err
		}
		t := r.GetString
		v := RegistryLine{ID: r.Id, Run: t("run"), Position: r.GetInt("position"), Kind: t("kind"), KindName: registry.Kind(t("kind")).Label(), Name: t("name"), Row: line.Row,
			Basis: t("basis"), BasisName: registry.Basis(t("basis")).Label(), Reason: t("reason"), Decision: t("decision"), Choice: t("choice"), Rule: t("rule"),
			DecidedBy: t("decided_by_name"), DecidedAt: t("decided_at"), AppliedAt: t("applied_at"), Outcome: t("outcome"), Sentence: t("sentence"),
			Fields: []RegistryField{}, Into: []NamedCode{}, Candidates: []RegistryCandidate{}, Problems: []RegistryProblem{}}
		if s, ok := d.ByID(t("school")); ok {
			v.School = NamedCode{s.Code, s.Name}
		}
		waits := open && isOpenLine(r) && r.GetBool("asks")
		v.MayRefuse = waits && line.Kind != registry.Unsure
		v.MayChoose = waits && line.Kind == registry.Unsure
		v.MayAccept = v.MayRefuse && t("outcome") != "stale" && (line.Acceptable() || line.Kind == registry.Merge)
		v.NeedsInto = v.MayAccept && line.Kind == registry.Merge && len(line.Into) == 0
		if (line.Kind == registry.Close || line.Kind == registry.Vanish) && isOpenLine(r) {
			left, err := openCasesOf(app, t("school"))
			if err != nil {
				return nil, err
			}
			v.OpenCases, v.EndsOn = left.needTaker(), p.lastDay(line)
			v.MayAccept = v.MayAccept && v.OpenCases == 0
		}
		v.addContents(line)
		views = append(views, v)
	}
	return views, nil
}

// shownOfNew are the fields of a new school that are worth reading before it is opened.
var shownOfNew = []string{"code", "name", "registry_id", "credit_code", "stages", "ownership", "level", "town", "address", "postcode", "phone", "website", "principal", "status"}

func (v *RegistryLine) addContents(line registry.Line) {
	for _, change := range line.Fields {
		v.Fields = append(v.Fields, RegistryField{change.Field, registry.Label(change.Field), fieldWord(change.Field, change.Old), fieldWord(change.Field, change.New), line.Kind == registry.Conflict})
	}
	whole := line.Parts
	if line.Kind == registry.Create || line.Kind == registry.Unsure {
		whole = append(slices.Clone(whole), line.After)
	}
	for _, school := range whole {
		for _, field := range shownOfNew {
			if value := registry.ShowField(school, field); value != "" {
				v.Fields = append(v.Fields, RegistryField{Field: field, Name: registry.Label(field), New: fieldWord(field, value)})
			}
		}
	}
	for _, s := range line.Into {
		v.Into = append(v.Into, NamedCode{s.Code, s.Name})
	}
	for _, c := range line.Candidates {
		v.Candidates = append(v.Candidates, RegistryCandidate{NamedCode{c.Code, c.Name}, c.Reason, c.Alike})
	}
	for _, found := range line.Problems {
		v.Problems = append(v.Problems, RegistryProblem{found.Line, found.Field, registry.Label(found.Field), found.Reason})
	}
}

// fieldWord is a value as people read it.
func fieldWord(field, value string) string {
	if field == "status" {
		return registry.StatusLabel(value)
	}
	return value
}
