package pb_hooks

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/paper"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// printRegister gives out the 《信息发布审核登记表》 of one version as .docx: of
// ?version=, else of the one submitted last. Whoever sees the article and that
// text may have it; what was never submitted has none (409).
func (p *platform) printRegister(e *core.RequestEvent) error {
	article, err := visible(e, records.Articles, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	steps, err := signedSteps(e.App, article.Id)
	if err != nil {
		return err
	}
	rounds := roundsOf(steps)
	wanted := e.Request.URL.Query().Get("version")
	if wanted == "" && len(rounds) > 0 {
		wanted = rounds[len(rounds)-1].version
	}
	if wanted == "" {
		return neverSubmitted()
	}
	version, err := visible(e, records.Versions, wanted)
	if err != nil {
		return err
	}
	if version.GetString("article") != article.Id {
		return e.NotFoundError("", nil)
	}
	at := slices.IndexFunc(rounds, func(r round) bool { return r.version == version.Id })
	if at < 0 {
		return neverSubmitted()
	}
	register, err := p.registerOf(e.App, article, version, rounds[:at+1])
	if err != nil {
		return err
	}
	data, err := paper.Docx(register)
	if err != nil {
		return err
	}
	if err := p.doneBy(e.App, e, "print", version, map[string]any{"article": article.Id}); err != nil {
		return err
	}
	h := e.Response.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": registerName(register)}))
	return e.Blob(http.StatusOK, docxType, data)
}

func neverSubmitted() error {
	return router.NewApiError(http.StatusConflict, "还没有在平台上提交过审核，没有审核登记表。", nil)
}

// registerName is what the file is called: 审核登记表_示范区晨光小学_供餐时间调整_第1版.docx.
func registerName(r paper.Register) string {
	return savedName(fmt.Sprintf("审核登记表_%s_%s_第%d版.docx", r.School, clip(r.Title, 40), r.Version))
}

// savedName is a name with nothing in it that a file system minds.
func savedName(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || strings.ContainsRune(`\/:*?"<>|`, c) {
			return '_'
		}
		return c
	}, name)
}

// round is what became of one version: the steps about it, from its submission
// on. A version is submitted once; what comes back is copied into another one.
type round struct {
	version, hash, form string
	writers             []string
	steps               []paper.Step
}

func (r round) wasPublic() bool {
	return slices.ContainsFunc(r.steps, func(s paper.Step) bool { return s.Do == publication.Publish })
}

// signedSteps are the records of an article's steps, oldest first.
func signedSteps(app core.App, article string) (steps []*core.Record, err error) {
	err = app.RecordQuery(records.Steps).AndWhere(dbx.HashExp{"article": article}).OrderBy("_rowid_").All(&steps)
	return steps, err
}

func roundsOf(steps []*core.Record) []round {
	var rounds []round
	for _, s := range steps {
		version := s.GetString("version")
		if s.GetString("action") == string(publication.Submit) {
			rounds = append(rounds, round{version: version, hash: s.GetString("hash"), form: s.GetString("form"), writers: s.GetStringSlice("writers")})
		}
		if i := slices.IndexFunc(rounds, func(r round) bool { return r.version == version }); i >= 0 {
			rounds[i].steps = append(rounds[i].steps, printed(s))
		}
	}
	return rounds
}

// printed is a step as it stands on paper.
func printed(s *core.Record) paper.Step {
	step := paper.Step{Stage: publication.Stage(s.GetString("stage")), Do: publication.Action(s.GetString("action")), At: inDistrict(s, "at"),
		By: s.GetString("by_name"), For: s.GetString("for_name"), Duty: publication.Duty(s.GetString("duty")), AtBureau: s.GetBool("at_bureau"),
		Reason: s.GetString("reason")}
	_ = s.UnmarshalJSONField("check", &step.Check) // takeStep stores no other
	return step
}

func inDistrict(r *core.Record, field string) time.Time {
	if at := r.GetDateTime(field).Time(); !at.IsZero() {
		return at.In(shanghai)
	}
	return time.Time{}
}

// registerOf gathers what the form of the last of the rounds says.
func (p *platform) registerOf(app core.App, article, version *core.Record, rounds []round) (paper.Register, error) {
	d, err := p.directory()
	if err != nil {
		return paper.Register{}, err
	}
	this := rounds[len(rounds)-1]
	hash, err := versionHash(app, version)
	if err != nil {
		return paper.Register{}, err
	}
	r := paper.Register{Demo: d.District.Demo, PrintedOn: p.today(), Column: columnPath(d, article.GetString("column")), Title: version.GetString("title"),
		IndexNumber: article.GetString("index_number"), Source: version.GetString("source"), DocNumber: version.GetString("doc_number"),
		CreatedOn: version.GetString("created_on"), ValidUntil: version.GetString("valid_until"), PublicityWorkdays: version.GetInt("publicity_workdays"),
		ReleaseAt: inDistrict(version, "release_at"), Version: version.GetInt("number"), Hash: this.hash, Intact: hash == this.hash,
		Replaced: article.GetString("published") != version.Id && this.wasPublic(), Form: publication.Form(this.form), Steps: this.steps}
	if s, ok := d.ByID(article.GetString("school")); ok {
		r.School = s.Name
	}
	for _, id := range this.writers {
		name, err := nameOf(app, id)
		if err != nil {
			return r, err
		}
		r.Writers = append(r.Writers, name)
	}
	for _, id := range version.GetStringSlice("attachments") {
		f, err := app.FindRecordById(records.Attachments, id)
		if err != nil {
			return r, err
		}
		r.Attachments = append(r.Attachments, paper.Attachment{Name: f.GetString("name"), Size: attachment.HumanSize(int64(f.GetInt("size"))), SHA256: f.GetString("sha256")})
	}
	if r.Findings, err = countFindings(app, version.Id); err != nil {
		return r, err
	}
	r.Earlier, err = earlierRounds(app, rounds[:len(rounds)-1])
	return r, err
}

// columnPath names a column with its branch and group: 信息公开 › 学校管理 › 通知公告.
func columnPath(d *records.Directory, code string) string {
	var names []string
	for c, ok := d.Node(code); ok; c, ok = d.Node(c.Parent) {
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return code // no longer in the standard
	}
	slices.Reverse(names)
	return strings.Join(names, " › ")
}

func countFindings(app core.App, version string) (f paper.Findings, err error) {
	var found []*core.Record
	if err := app.RecordQuery(records.Findings).AndWhere(dbx.HashExp{"version": version}).OrderBy("_rowid_").All(&found); err != nil {
		return f, err
	}
	for _, one := range found {
		level, state := scan.Level(one.GetString("level")), one.GetString("state")
		switch level {
		case scan.Block:
			f.Block++
		case scan.Warn:
			f.Warn++
		default:
			f.Note++
		}
		if one.GetString("found") == "rescan" {
			f.Later++
		}
		if level == scan.Block && state == "open" {
			f.Open++
		}
		if state == "overridden" {
			f.Overridden = append(f.Overridden, paper.Override{What: scan.Class(one.GetString("class")).Name(), Place: one.GetString("place"),
				Reason: one.GetString("reason"), By: one.GetString("by_name"), At: inDistrict(one, "at")})
		}
	}
	return f, nil
}

func earlierRounds(app core.App, rounds []round) ([]paper.Round, error) {
	var list []paper.Round
	for _, r := range rounds {
		version, err := app.FindRecordById(records.Versions, r.version)
		if err != nil {
			return nil, err
		}
		list = append(list, paper.Round{Version: version.GetInt("number"), Form: publication.Form(r.form), Steps: r.steps})
	}
	return list, nil
}
