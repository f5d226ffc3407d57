package pb_hooks

import (
	"encoding/json"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// TrackView is a request as its applicant sees it: where it is, what happens
// next, why it is due on that day, what was written to them, what they can do
// now. It names nobody who is consulted or who works on it, and says nothing of
// what is being written.
type TrackView struct {
	Number      string           `json:"number"`
	School      string           `json:"school"`
	SchoolCode  string           `json:"school_code"`
	Subject     string           `json:"subject"`
	Details     string           `json:"details"`
	IndexNo     string           `json:"index_no"`
	Channel     string           `json:"channel"`
	State       string           `json:"state"`
	StateName   string           `json:"state_name"`
	Ending      string           `json:"ending"` // "" while it has not ended
	Clock       string           `json:"clock"`
	ClockName   string           `json:"clock_name"`
	Next        string           `json:"next"` // what happens next, in a sentence
	Submitted   workday.Date     `json:"submitted"`
	Received    workday.Date     `json:"received"`
	CountedFrom workday.Date     `json:"counted_from"`
	Due         workday.Date     `json:"due"`
	Provisional bool             `json:"provisional"`
	Left        *int             `json:"left"` // working days; null if no period runs
	Ledger      []LedgerLine     `json:"ledger"`
	Days        []DayLine        `json:"days"`
	Correction  *CorrectionLine  `json:"correction"` // null if nobody asked for one
	Letters     []TrackLetter    `json:"letters"`    // those to the applicant
	Files       []TrackFile      `json:"files"`      // of the answers given
	Outcome     string           `json:"outcome"`
	OutcomeName string           `json:"outcome_name"`
	AnsweredOn  workday.Date     `json:"answered_on"` // of the latest answer, "" if there is none
	History     []HistoryLine    `json:"history"`
	May         TrackMay         `json:"may"`
	Rating      int              `json:"rating"` // 1–5, 0 if none
	RatingName  string           `json:"rating_name"`
	RatingNote  string           `json:"rating_note"`
	Remedy      string           `json:"remedy"` // as the latest letter told it, "" if none did
	Application TrackApplication `json:"application"`
}

// TrackLetter is a letter to the applicant.
type TrackLetter struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Number string `json:"number"`
	Dated  string `json:"dated"`
}

// TrackFile is a file that came with an answer.
type TrackFile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Size int    `json:"size"` // bytes
	Mime string `json:"mime"`
}

// HistoryLine is one thing that happened.
type HistoryLine struct {
	On   workday.Date `json:"on"`
	Name string       `json:"name"`
	Text string       `json:"text"`
}

// TrackMay is what the applicant can do now.
type TrackMay struct {
	Withdraw    bool `json:"withdraw"`
	Correct     bool `json:"correct"`
	CorrectLate bool `json:"correct_late"` // with a reason
	Rate        bool `json:"rate"`
	Supplement  bool `json:"supplement"`
	Complain    bool `json:"complain"`
}

// TrackApplication is who applied, as far as whoever has the code needs to know,
// and how it is to be delivered.
type TrackApplication struct {
	Class  string   `json:"class"`
	Person Person   `json:"person"` // masked
	Forms  []string `json:"forms"`
	Ways   []string `json:"ways"`
}

func (p *platform) trackViewOf(app core.App, request *core.Record) (TrackView, error) {
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return TrackView{}, err
	}
	directory, err := p.directory()
	if err != nil {
		return TrackView{}, err
	}
	v := p.trackStanding(c)
	if school, ok := directory.ByID(request.GetString("school")); ok {
		v.School, v.SchoolCode = school.Name, school.Code
	}
	var desk RequestDesk
	if err := p.drawAsked(app, c, &desk); err != nil {
		return v, err
	}
	asked := desk.Asked
	v.Subject, v.Details, v.IndexNo = asked.Subject, asked.Details, asked.IndexNo
	v.Application = TrackApplication{asked.Class, asked.Person, asked.Forms, asked.Ways}
	letters, err := lettersToApplicant(app, request.Id)
	if err != nil {
		return v, err
	}
	for _, l := range letters {
		v.Letters = append(v.Letters, TrackLetter{l.Id, foi.LetterKind(l.GetString("kind")).Name(), l.GetString("number"), l.GetString("dated")})
	}
	if v.Remedy, err = p.remedyTold(letters); err != nil {
		return v, err
	}
	files, err := p.filesFor(app, request)
	for _, f := range files {
		v.Files = append(v.Files, TrackFile{f.Id, f.GetString("name"), f.GetInt("size"), f.GetString("mime")})
	}
	return v, err
}

// trackStanding is what the steps say.
func (p *platform) trackStanding(c foiCase) TrackView {
	today, r := workday.Date(p.today()), c.request
	v := TrackView{Number: r.GetString("number"), Channel: c.Channel.Name(), State: string(c.State), StateName: c.State.Name(), Ending: string(c.Ending),
		Clock: string(c.Clock), ClockName: c.Clock.Name(), Next: foi.Next(c.Case, foi.Applicant), Submitted: c.Submitted, Received: c.Received,
		CountedFrom: c.CountedFrom, Due: c.Due, Provisional: c.Provisional, Ledger: ledgerOf(c.Case), Days: daysOf(c.Case), Letters: []TrackLetter{},
		Files: []TrackFile{}, Outcome: string(c.Outcome()), History: historyOf(c), May: mayDo(c, today), Rating: r.GetInt("rating"),
		RatingName: foi.Rating(r.GetInt("rating")).Name(), RatingNote: r.GetString("rating_note")}
	if left, ok := c.Left(today); ok {
		v.Left = &left
	}
	if q := c.Correction; q.Asked != "" {
		v.Correction = &CorrectionLine{q.Items, q.Asked, q.Until, q.Corrected}
	}
	if o, err := foi.FindOutcome(c.Outcome()); err == nil {
		v.OutcomeName = o.FullName()
	}
	if n := len(c.Answers); n > 0 {
		v.AnsweredOn = c.Answers[n-1].On
	}
	return v
}

// mayDo is what stands open to the applicant. A correction is late once its
// period has passed.
func mayDo(c foiCase, today workday.Date) TrackMay {
	can := func(do foi.Action) bool {
		return c.Permits(foi.Event{Do: do, As: foi.Applicant, Complaint: foi.ToBureau}) == nil
	}
	late := today > c.Correction.Until
	return TrackMay{Withdraw: can(foi.Withdraw), Correct: can(foi.Correct) && !late, CorrectLate: can(foi.CorrectLate) && late,
		Rate: c.MayRate() && c.request.GetInt("rating") == 0, Supplement: can(foi.Supplement), Complain: can(foi.Complain)}
}

func lettersToApplicant(app core.App, request string) (list []*core.Record, err error) {
	err = app.RecordQuery(records.FOILetters).AndWhere(dbx.HashExp{"request": request, "recipient": toApplicant}).OrderBy("_rowid_").All(&list)
	return list, err
}

// remedyTold is the remedy paragraph (救济途径) that the applicant was told last.
func (p *platform) remedyTold(letters []*core.Record) (string, error) {
	for _, l := range slices.Backward(letters) {
		raw, err := p.unseal(l, "filled")
		if err != nil {
			return "", err
		}
		values := map[string]string{}
		if err := json.Unmarshal([]byte(raw), &values); err != nil {
			return "", err
		}
		if values["救济途径"] != "" {
			return values["救济途径"], nil
		}
	}
	return "", nil
}

// filesFor are the attachments of the answers that were given, each once, and
// never the original of a redacted copy.
func (p *platform) filesFor(app core.App, request *core.Record) ([]*core.Record, error) {
	given, err := p.filesGiven(app, request)
	if err != nil {
		return nil, err
	}
	return withoutOriginals(app, request.Id, given)
}

func withoutOriginals(app core.App, request string, files []*core.Record) (list []*core.Record, err error) {
	covered, err := coveredIn(app, request)
	for _, f := range files {
		isListed := slices.ContainsFunc(list, func(other *core.Record) bool { return other.Id == f.Id })
		if !isListed && !covered[f.GetString("sha256")] {
			list = append(list, f)
		}
	}
	return list, err
}
