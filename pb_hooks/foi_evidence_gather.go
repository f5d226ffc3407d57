package pb_hooks

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// evidence is the dossier of a request on its way out of the records.
type evidence struct {
	p        *platform
	e        *core.RequestEvent
	inSchool bool
	isClerk  bool   // reads the letters by which others are asked
	reason   string // why who applied is told; "" if it is not
	c        foiCase
	d        dossier.Case
}

// gather reads what the person may see, and enters the export, at one moment.
func (g *evidence) gather(tx core.App, id string) error {
	request, err := tx.FindRecordById(records.FOIRequests, id)
	if err != nil {
		return err
	}
	if g.c, err = g.p.foiCaseOf(tx, request); err != nil {
		return err
	}
	for _, part := range []func(core.App) error{g.tellCase, g.tellApplications, g.tellSteps, g.tellLetters, g.tellFiles} {
		if err := part(tx); err != nil {
			return err
		}
	}
	number := map[string]any{"number": request.GetString("number")}
	if g.reason != "" {
		if err := g.p.doneBy(tx, g.e, "foi_identity", request, map[string]any{"reason": g.reason, "field": "evidence"}); err != nil {
			return err
		}
	}
	if err := g.p.doneBy(tx, g.e, dossier.ExportCase, request, number); err != nil {
		return err
	}
	return g.tellAudit(tx)
}

func (g *evidence) tellCase(core.App) error {
	directory, err := g.p.directory()
	if err != nil {
		return err
	}
	desk, r := g.p.standing(g.c), g.c.request
	unit := "区教育局"
	i := dossier.CaseInfo{ID: r.Id, Number: desk.Number, Subject: r.GetString("subject"), Channel: desk.Channel, State: desk.StateName, Ending: desk.EndingName,
		Outcome: desk.OutcomeName, Submitted: string(desk.Submitted), Received: string(desk.Received), CountedFrom: string(desk.CountedFrom), Due: string(desk.Due),
		Provisional: desk.Provisional, Closed: string(g.c.Closed()), Department: desk.Department, Identified: g.reason != "", Originals: g.inSchool, Demo: directory.District.Demo}
	if s, ok := directory.ByID(r.GetString("school")); ok {
		i.School, i.SchoolCode = s.Name, s.Code
		if g.inSchool {
			unit = s.Name
		}
	}
	i.Export = dossier.Export{At: g.p.options.Now().UTC().Format(records.InstantLayout), By: g.e.Auth.GetString("name"), Unit: unit, SubmittedOnly: !g.inSchool}
	g.d.Info = i
	for _, l := range desk.Ledger {
		g.d.Ledger = append(g.d.Ledger, dossier.CaseEntry{On: string(l.On), Text: l.Text, Due: string(l.Due), Law: l.Law})
	}
	for _, d := range desk.Days {
		g.d.Days = append(g.d.Days, dossier.CaseDay{Date: string(d.Date), Counted: d.Counted, Nth: d.Nth, Reason: d.Reason, Law: d.Law})
	}
	return nil
}

func (g *evidence) tellSteps(core.App) error {
	for i, s := range g.c.steps {
		step, err := evidenceOf(s)
		if err != nil {
			return err
		}
		step.Number = i + 1
		g.d.Steps = append(g.d.Steps, step)
	}
	return nil
}

// tellApplications tells what was asked for, and who asked: masked or not.
func (g *evidence) tellApplications(tx core.App) error {
	var rows []*core.Record
	if err := tx.RecordQuery(records.FOIApplications).AndWhere(dbx.HashExp{"request": g.c.request.Id}).OrderBy("number").All(&rows); err != nil {
		return err
	}
	for _, a := range rows {
		who, err := g.p.openPerson(a)
		if err != nil {
			return err
		}
		if g.reason == "" {
			who = who.Masked()
		}
		told := dossier.CaseApplication{Number: a.GetInt("number"), Lines: []dossier.CaseLine{}}
		for _, l := range append(personLines(who), dossier.CaseLine{Label: "申请人类别", Text: foi.ApplicantClass(a.GetString("class")).Name()},
			dossier.CaseLine{Label: "申请内容", Text: a.GetString("subject")}, dossier.CaseLine{Label: "详细描述", Text: a.GetString("details")},
			dossier.CaseLine{Label: "索引号", Text: a.GetString("index_no")}, dossier.CaseLine{Label: "用途", Text: a.GetString("purpose")}) {
			if l.Text != "" {
				told.Lines = append(told.Lines, l)
			}
		}
		g.d.Applications = append(g.d.Applications, told)
		if g.reason == "" {
			continue
		}
		if err := g.tellPapers(a); err != nil {
			return err
		}
	}
	return nil
}

// tellPapers tells what the applicant handed in. Stored names tell nothing: what
// each is shows in its content.
func (g *evidence) tellPapers(a *core.Record) error {
	for _, field := range []string{"proofs", "mandates", "papers"} {
		for n, stored := range a.GetStringSlice(field) {
			var b bytes.Buffer
			if err := g.p.openUpload(g.e.Request.Context(), &b, a, field, stored); err != nil {
				return err
			}
			name, kind := paperName(field, b.Bytes())
			ext := path.Ext(name)
			name = fmt.Sprintf("%s %d-%d%s", strings.TrimSuffix(name, ext), a.GetInt("number"), n+1, ext)
			g.d.Files = append(g.d.Files, dossier.CaseFile{ID: a.Id, Name: name, Kind: "申请人提交", MIME: kind,
				Open: func() (io.ReadCloser, error) { return g.upload(a, field, stored) }})
		}
	}
	return nil
}

// personLines are what is told of who applied.
func personLines(w Person) []dossier.CaseLine {
	return []dossier.CaseLine{{Label: "申请人", Text: w.Name}, {Label: "工作单位", Text: w.WorkUnit}, {Label: "证件类型", Text: foi.IDKind(w.IDKind).Name()},
		{Label: "证件号码", Text: w.Document}, {Label: "法定代表人", Text: w.LegalRep}, {Label: "联系人", Text: w.Contact}, {Label: "地址", Text: w.Address},
		{Label: "邮政编码", Text: w.Postcode}, {Label: "电话", Text: w.Phone}, {Label: "电子邮箱", Text: w.Email}, {Label: "传真", Text: w.Fax},
		{Label: "代理人", Text: w.AgentName}, {Label: "代理人证件号码", Text: w.AgentIDNumber}}
}

// upload opens a sealed file when its turn comes.
func (g *evidence) upload(r *core.Record, field, name string) (io.ReadCloser, error) {
	// a server that knows no deadlines has none to put off
	_ = http.NewResponseController(g.e.Response).SetWriteDeadline(time.Now().Add(timeForAFile))
	var b bytes.Buffer
	err := g.p.openUpload(g.e.Request.Context(), &b, r, field, name)
	return io.NopCloser(&b), err
}

func (g *evidence) tellLetters(tx core.App) error {
	letters, err := lettersIn(tx, g.c.request.Id)
	if err != nil {
		return err
	}
	for _, l := range letters {
		page, err := g.p.letterPage(l, g.reason == "", false)
		if err != nil {
			return err
		}
		line := letterLine(l)
		told := dossier.CaseLetter{ID: l.Id, Name: line.Name, Number: line.Number, Dated: line.Dated, DeliveredOn: line.DeliveredOn, DeliveredWay: line.DeliveredWay,
			DeliveredNote: line.DeliveredNote, SHA256: line.Sha256, HTML: page}
		if g.isClerk || g.inSchool && !hasOpinionLink(l) {
			told.Open = func() (io.ReadCloser, error) { return g.upload(l, "docx", l.GetString("docx")) }
		}
		g.d.Letters = append(g.d.Letters, told)
	}
	return nil
}

var fileKinds = map[string]string{"material": "检索到的材料", "redacted": "遮盖后的副本", "delivery": "送达凭证"}

func (g *evidence) tellFiles(tx core.App) error {
	given, err := g.p.filesGiven(tx, g.c.request)
	if err != nil {
		return err
	}
	all := given
	if g.inSchool {
		all = nil
		if err := tx.RecordQuery(records.FOIFiles).AndWhere(dbx.HashExp{"request": g.c.request.Id}).OrderBy("_rowid_").All(&all); err != nil {
			return err
		}
	}
	told := map[string]bool{} // a file may be given with two answers
	for _, f := range all {
		if told[f.Id] {
			continue
		}
		told[f.Id] = true
		isGiven := slices.ContainsFunc(given, func(r *core.Record) bool { return r.Id == f.Id })
		g.d.Files = append(g.d.Files, dossier.CaseFile{ID: f.Id, Name: f.GetString("name"), Kind: fileKinds[f.GetString("kind")], MIME: f.GetString("mime"), Given: isGiven,
			SHA256: f.GetString("sha256"), Open: func() (io.ReadCloser, error) { return g.upload(f, "file", f.GetString("file")) }})
	}
	return nil
}

// tellAudit reads the rows about the request and its records, and where the chain ends.
func (g *evidence) tellAudit(tx core.App) (err error) {
	ids := []any{g.c.request.Id}
	for _, collection := range []string{records.FOIApplications, records.FOISteps, records.FOIFiles, records.FOIReplies, records.FOILetters, records.FOIInquiries} {
		var some []string
		if err := tx.DB().Select("id").From(collection).Where(dbx.HashExp{"request": g.c.request.Id}).Column(&some); err != nil {
			return err
		}
		ids = append(ids, anys(some)...)
	}
	if g.d.Audit, err = auditAbout(tx, ids); err != nil {
		return err
	}
	g.d.Head, err = g.p.auditHead(tx)
	return err
}
