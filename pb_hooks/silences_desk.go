package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

// SilenceDesk is which schools are silent in what: the bureau sees all, a school
// its own.
type SilenceDesk struct {
	LookedOn string                   `json:"looked_on"` // the last morning; "" before the first
	MayNote  bool                     `json:"may_note"`
	Kinds    []silence.KindDefinition `json:"kinds"`
	Items    []SilenceLine            `json:"items"` // open ones, those that matter most first
	Ended    []SilenceLine            `json:"ended"` // of the last 30 days, the latest first
}

// SilenceLine is one silence.
type SilenceLine struct {
	ID         string   `json:"id"`
	School     string   `json:"school"`
	SchoolCode string   `json:"school_code"`
	Phone      string   `json:"phone"` // of the school
	Kind       string   `json:"kind"`
	Since      string   `json:"since"`
	Count      int      `json:"count"`
	Detail     string   `json:"detail"`
	NudgedAt   string   `json:"nudged_at"`
	TaskAt     string   `json:"task_at"`
	EndedAt    string   `json:"ended_at"`
	Noted      string   `json:"noted"` // by the bureau, which alone reads it
	NotedBy    string   `json:"noted_by"`
	NotedAt    string   `json:"noted_at"`
	Waits      bool     `json:"waits"` // for the bureau
	Ask        []string `json:"ask"`   // who can do something: name and duty
	Order      string   `json:"order"` // where the supervisor writes an order about it
}

// bindSilences keeps silences to the server: nobody makes one, or makes one vanish.
func bindSilences(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("沉默预警由系统每天检查得出，不能直接更改。", nil)
	}
	owned := []string{records.Silences, records.SilenceRounds}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// daysOfEnded is for how many days an ended silence is listed.
const daysOfEnded = 30

func (p *platform) silenceDesk(e *core.RequestEvent) error {
	only := ""
	if e.Auth.GetString("school") != "" || e.Request.URL.Query().Get("school") != "" {
		school, err := p.schoolOfReader(e)
		if err != nil {
			return err
		}
		only = school.ID
	} else if may, err := p.oversees(e.App, e.Auth); err != nil || !may {
		if err == nil {
			err = e.ForbiddenError("沉默预警由教育局监督员、审核员和审计员查看。", nil)
		}
		return err
	}
	desk, err := p.silencesFor(e.App, e.Auth, only)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

// silencesFor draws the desk for a person; only is the id of the one school, or "".
func (p *platform) silencesFor(app core.App, person *core.Record, only string) (SilenceDesk, error) {
	desk := SilenceDesk{Kinds: silence.Kinds(), Items: []SilenceLine{}, Ended: []SilenceLine{}}
	var err error
	if desk.MayNote, err = p.servesBureau(app, person, publication.Supervisor); err != nil {
		return desk, err
	}
	if err := app.DB().NewQuery("SELECT coalesce(max(day), '') FROM silence_rounds").Row(&desk.LookedOn); err != nil {
		return desk, err
	}
	isBureau := person.GetString("school") == ""
	shown := dbx.HashExp{}
	if only != "" {
		shown["school"] = only
	}
	var open, ended []*core.Record
	if err := app.RecordQuery(records.Silences).AndWhere(dbx.And(shown, dbx.HashExp{"ended_at": ""})).All(&open); err != nil {
		return desk, err
	}
	from := p.options.Now().UTC().AddDate(0, 0, -daysOfEnded).Format(records.InstantLayout)
	if err := app.RecordQuery(records.Silences).AndWhere(dbx.And(shown, dbx.NewExp("ended_at >= {:from}", dbx.Params{"from": from}))).OrderBy("ended_at DESC").All(&ended); err != nil {
		return desk, err
	}
	slices.SortStableFunc(open, func(a, b *core.Record) int { return silence.Compare(openSilence(a), openSilence(b)) })
	if desk.Items, err = p.silenceLines(app, open, isBureau, desk.MayNote); err == nil {
		desk.Ended, err = p.silenceLines(app, ended, isBureau, false)
	}
	return desk, err
}

// silenceLines draws silences with the people who can do something.
func (p *platform) silenceLines(app core.App, rows []*core.Record, isBureau, mayOrder bool) ([]SilenceLine, error) {
	lines := []SilenceLine{}
	if len(rows) == 0 {
		return lines, nil
	}
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	days, err := p.countingDays(app, workday.Date(p.today()))
	if err != nil {
		return nil, err
	}
	var schools []string
	for _, r := range rows {
		schools = append(schools, r.GetString("school"))
	}
	staff, err := app.FindAllRecords(records.Staff, dbx.And(dbx.HashExp{"school": anys(schools), "verified": true, "deactivated_at": ""}))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		kind := silence.Kind(r.GetString("kind"))
		line := SilenceLine{ID: r.Id, Kind: string(kind), Since: r.GetString("since"), Count: r.GetInt("count"), Detail: r.GetString("detail"), NudgedAt: r.GetString("nudged_at"),
			TaskAt: r.GetString("task_at"), EndedAt: r.GetString("ended_at"),
			Waits: r.GetString("ended_at") == "" && silence.Waits(days, openSilence(r)), Ask: whoCan(staff, r.GetString("school"), kind)}
		if by := r.GetString("noted_by"); by != "" && isBureau {
			line.Noted, line.NotedAt = r.GetString("noted"), r.GetString("noted_at")
			if line.NotedBy, err = nameOf(app, by); err != nil {
				return nil, err
			}
		}
		if school, ok := directory.ByID(r.GetString("school")); ok {
			line.School, line.SchoolCode, line.Phone = school.ShortName, school.Code, school.Phone
			if mayOrder {
				line.Order = "/supervision/orders/new?" + url.Values{"school": {school.Code}, "source": {"silence"}, "ref": {r.Id}, "title": {kind.Name()}}.Encode()
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// whoCan are the people of a school who can end a silence, each with the duty for it.
func whoCan(staff []*core.Record, school string, kind silence.Kind) []string {
	people := []string{}
	for _, duty := range kind.Told() {
		for _, s := range staff {
			if s.GetString("school") == school && slices.Contains(s.GetStringSlice("acts_as"), string(duty)) {
				people = append(people, s.GetString("name")+"（"+duty.Name()+"）")
			}
		}
	}
	return people
}

// mostNote is how long a note may be, in characters.
const mostNote = 500

// noteSilence keeps what the bureau heard from the school. It leaves the inbox for
// some working days.
func (p *platform) noteSilence(e *core.RequestEvent) error {
	var body struct {
		Note string `json:"note"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	note := strings.TrimSpace(cleanLines(body.Note))
	var desk SilenceDesk
	err := e.App.RunInTransaction(func(tx core.App) error {
		may, err := p.servesBureau(tx, e.Auth, publication.Supervisor)
		if err != nil {
			return err
		}
		if !may {
			return e.ForbiddenError("联系学校由区级监督员记录。", nil)
		}
		r, err := tx.FindRecordById(records.Silences, e.Request.PathValue("id"))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return e.NotFoundError("没有这一条，请刷新页面。", nil)
		case err != nil:
			return err
		case r.GetString("ended_at") != "":
			return refused("note", "silence_ended", "这一条已经自行结束，不需要再记录")
		case note == "":
			return refused("note", "note_missing", "请写下联系了谁、对方怎么说")
		case utf8.RuneCountInString(note) > mostNote:
			return refused("note", "note_long", "最多 500 个字")
		}
		r.Load(map[string]any{"noted": note, "noted_by": e.Auth.Id, "noted_at": p.options.Now().UTC()})
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "note_silence", r, map[string]any{"noted": note}); err != nil {
			return err
		}
		desk, err = p.silencesFor(tx, e.Auth, "")
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, desk)
}
