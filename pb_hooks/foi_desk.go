package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

func (p *platform) requestDesk(e *core.RequestEvent) error {
	request, signers, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	desk, err := p.requestDeskOf(e.App, e.Auth, request, signers)
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

func (p *platform) requestDeskOf(app core.App, person, request *core.Record, signers []signer) (RequestDesk, error) {
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return RequestDesk{}, err
	}
	directory, err := p.directory()
	if err != nil {
		return RequestDesk{}, err
	}
	desk := p.standing(c)
	if school, ok := directory.ByID(request.GetString("school")); ok {
		desk.School, desk.SchoolCode = school.ShortName, school.Code
	}
	inSchool := slices.ContainsFunc(signers, func(s signer) bool { return s.As != foi.Bureau })
	if signers, err = acting(app, person, signers); err != nil {
		return desk, err
	}
	desk.MayOpen = request.GetString("purged_at") == "" && slices.ContainsFunc(signers, func(s signer) bool { return s.As == foi.Clerk })
	desk.MayWrite = mayWriteDraft(c.Case, signers)
	for _, draw := range []func() error{
		func() error { return p.drawAsked(app, c, &desk) },
		func() error { return p.drawPapers(app, c, &desk, inSchool) },
		func() error { return p.drawChoices(app, c, signers, &desk) },
	} {
		if err := draw(); err != nil {
			return desk, err
		}
	}
	return desk, nil
}

// standing is where the case is and why it is due on that day.
func (p *platform) standing(c foiCase) RequestDesk {
	today, r := workday.Date(p.today()), c.request
	desk := RequestDesk{ID: r.Id, Number: r.GetString("number"), State: string(c.State), StateName: c.State.Name(), Ending: string(c.Ending),
		EndingName: c.Ending.Name(), Clock: string(c.Clock), ClockName: c.Clock.Name(), Publication: string(c.Publication), Outcome: string(c.Outcome()),
		Next: foi.Next(c.Case, foi.Clerk), Channel: c.Channel.Name(), ChannelCode: string(c.Channel), Submitted: c.Submitted, Received: c.Received, CountedFrom: c.CountedFrom,
		NoticeBy: c.NoticeBy, Due: c.Due, Provisional: c.Provisional, Level: c.LevelOn(today).Code(), Ledger: ledgerOf(c.Case), Days: daysOf(c.Case),
		Department: c.Department, Assignee: r.GetString("assignee"), Rating: r.GetInt("rating"), RatingNote: r.GetString("rating_note"),
		Purged: r.GetString("purged_at") != ""}
	if o, err := foi.FindOutcome(c.Outcome()); err == nil {
		desk.OutcomeName = o.FullName()
	}
	if left, ok := c.Left(today); ok {
		desk.Left = &left
	}
	if p := c.Proposal; p.Do != "" {
		desk.Proposal = &ProposalLine{Step: c.proposalStep(), Do: string(p.Do), Name: p.Do.Name(), Approver: p.Approver.Name(), Reason: p.Reason, Items: p.Items, Party: p.Party, Days: p.Days}
	}
	if q := c.Correction; q.Asked != "" {
		desk.Correction = &CorrectionLine{q.Items, q.Asked, q.Until, q.Corrected}
	}
	desk.Inquiries = []InquiryLine{}
	for _, q := range c.Inquiries {
		desk.Inquiries = append(desk.Inquiries, InquiryLine{q.Party, q.Third, q.Joint, q.About, q.Sent, q.Until, q.Closed, string(q.Opinion), q.Reason})
	}
	t := c.Terms()
	desk.Terms = map[string]int{"extend": t.Extend, "correction": t.Correction, "correction_min": t.CorrectionMin, "correction_max": t.CorrectionMax}
	desk.Steps = []StepLine{}
	for _, s := range c.steps {
		desk.Steps = append(desk.Steps, stepLine(s))
	}
	return desk
}

func ledgerOf(c foi.Case) []LedgerLine {
	list := []LedgerLine{}
	for _, e := range c.Ledger {
		list = append(list, LedgerLine{e, e.Text()})
	}
	return list
}

func daysOf(c foi.Case) []DayLine {
	list := []DayLine{}
	for _, d := range c.Days() {
		list = append(list, DayLine{d.Date, string(d.Kind), d.Counted, d.Paused, d.Nth, d.Reason(), d.Law})
	}
	return list
}

func stepLine(s *core.Record) StepLine {
	t := s.GetString
	line := StepLine{ID: s.Id, Do: t("action"), Name: foi.Action(t("action")).Name(), Role: foi.Role(t("role")).Name(), ByName: t("by_name"), ForName: t("for_name"),
		On: t("on"), At: t("at"), Reason: t("reason"), Items: t("items"), Party: t("party"), Opinion: foi.Opinion(t("opinion")).Name(), Days: s.GetInt("days"),
		Until: t("until"), Way: t("way")}
	if o, err := foi.FindOutcome(foi.OutcomeCode(t("outcome"))); err == nil {
		line.Outcome = o.FullName()
	}
	return line
}

// drawAsked shows what was asked; who asked is masked.
func (p *platform) drawAsked(app core.App, c foiCase, desk *RequestDesk) error {
	a, err := latestApplication(app, c.request.Id)
	if err != nil {
		return err
	}
	who, err := p.maskedPerson(a)
	if err != nil {
		return err
	}
	desk.Versions = a.GetInt("number")
	desk.Asked = AskedFor{Class: foi.ApplicantClass(a.GetString("class")).Name(), Person: who, Subject: a.GetString("subject"), Details: a.GetString("details"),
		IndexNo: a.GetString("index_no"), Purpose: a.GetString("purpose"), Forms: []string{}, Ways: []string{}, AnyWay: a.GetBool("any_way"), Help: a.GetBool("help"),
		Proofs: len(a.GetStringSlice("proofs")), Mandates: len(a.GetStringSlice("mandates")), Papers: len(a.GetStringSlice("papers"))}
	for _, f := range a.GetStringSlice("forms") {
		desk.Asked.Forms = append(desk.Asked.Forms, foi.DeliveryForm(f).Name())
	}
	for _, w := range a.GetStringSlice("ways") {
		desk.Asked.Ways = append(desk.Asked.Ways, foi.DeliveryWay(w).Name())
	}
	return nil
}

// drawPapers shows letters, files and drafts. What is being written is the
// school's own.
func (p *platform) drawPapers(app core.App, c foiCase, desk *RequestDesk, inSchool bool) error {
	letters, err := lettersIn(app, c.request.Id)
	if err != nil {
		return err
	}
	var mails []*core.Record
	if err := app.RecordQuery(records.FOIMails).AndWhere(dbx.HashExp{"request": c.request.Id}).All(&mails); err != nil {
		return err
	}
	desk.Letters, desk.Files = []LetterLine{}, []FileLine{}
	for _, l := range letters {
		line := letterLine(l)
		for _, m := range mails {
			if m.GetString("key") == "letter/"+l.Id {
				line.Mail, line.MailNote = m.GetString("state"), mailInWords(m)
			}
		}
		desk.Letters = append(desk.Letters, line)
	}
	var drafts []*core.Record
	if err := app.RecordQuery(records.FOIReplies).AndWhere(dbx.HashExp{"request": c.request.Id}).OrderBy("_rowid_").All(&drafts); err != nil {
		return err
	}
	if inSchool {
		if err := p.drawFiles(app, c, drafts, desk); err != nil {
			return err
		}
	}
	if !inSchool { // what is being written or signed is the school's own
		if drafts, err = answersGiven(app, c); err != nil {
			return err
		}
	}
	for _, d := range drafts {
		draft, err := draftView(app, d)
		if err != nil {
			return err
		}
		if !d.GetBool("frozen") {
			desk.Draft = &draft
			continue
		}
		desk.InReview = &draft // the last one
	}
	return nil
}

func letterLine(l *core.Record) LetterLine {
	t := l.GetString
	return LetterLine{ID: l.Id, Kind: t("kind"), Name: foi.LetterKind(t("kind")).Name(), Number: t("number"), Dated: t("dated"), Recipient: t("recipient"),
		Party: t("party"), Sha256: t("sha256"), DeliveredOn: t("delivered_on"), DeliveredWay: t("delivered_way"), DeliveredNote: t("delivered_note"),
		DeliveredBy: t("delivered_by")}
}

func (p *platform) drawFiles(app core.App, c foiCase, drafts []*core.Record, desk *RequestDesk) error {
	var files []*core.Record
	if err := app.RecordQuery(records.FOIFiles).AndWhere(dbx.HashExp{"request": c.request.Id}).OrderBy("_rowid_").All(&files); err != nil {
		return err
	}
	for _, f := range files {
		attached := slices.ContainsFunc(drafts, func(d *core.Record) bool {
			return d.GetBool("frozen") && slices.Contains(d.GetStringSlice("files"), f.Id)
		})
		desk.Files = append(desk.Files, fileLine(f, attached))
	}
	return nil
}

// drawChoices offers what the person can do now.
func (p *platform) drawChoices(app core.App, c foiCase, signers []signer, desk *RequestDesk) error {
	desk.Choices, desk.Colleagues = []Choice{}, []Colleague{}
	for _, x := range choicesOf(c.Case, signers, workday.Date(p.today())) {
		s, err := foi.Find(c.State, x.Do)
		if err != nil {
			return err
		}
		line := Choice{Do: string(x.Do), Name: x.Do.Name(), As: x.Signer.As.Name(), Condition: x.Do.Condition(), Approver: s.Approver.Name(), Document: s.Document,
			Letter: sendsLetter(c.Case, s, x.Signer.As), Law: s.Law}
		if x.Signer.For != "" {
			absent, err := app.FindRecordById(records.Staff, x.Signer.For)
			if err != nil {
				return err
			}
			line.InsteadOf = absent.GetString("name")
		}
		desk.Choices = append(desk.Choices, line)
	}
	if c.Proposal.Do != "" && c.Proposal.By != "" {
		proposer, err := app.FindRecordById(records.Staff, c.Proposal.By)
		if err != nil {
			return err
		}
		desk.Proposal.ByName = proposer.GetString("name")
	}
	if !slices.ContainsFunc(desk.Choices, func(x Choice) bool { return x.Do == string(foi.Assign) }) {
		return nil
	}
	var staff []*core.Record
	err := app.RecordQuery(records.Staff).AndWhere(dbx.HashExp{"school": c.request.GetString("school"), "deactivated_at": ""}).OrderBy("name").All(&staff)
	for _, s := range staff {
		desk.Colleagues = append(desk.Colleagues, Colleague{s.Id, s.GetString("name")})
	}
	return err
}
