package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// inquiryDesk shows a letter. Opening a confidential one is entered.
func (p *platform) inquiryDesk(e *core.RequestEvent) error {
	var desk InquiryDesk
	draw := func(app core.App) error {
		record, signers, err := p.visibleInquiry(app, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(app, record)
		if err != nil {
			return err
		}
		if desk, err = p.inquiryDeskOf(app, c, e.Auth, signers); err != nil || !record.GetBool("confidential") {
			return err
		}
		return p.doneBy(app, e, "inquiry_opened", record, nil)
	}
	record, _, err := p.visibleInquiry(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	if record.GetBool("confidential") {
		err = e.App.RunInTransaction(draw)
	} else {
		err = draw(e.App)
	}
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

// inquiryDeskOf draws a letter for a person in their roles.
func (p *platform) inquiryDeskOf(app core.App, c inquiryCase, person *core.Record, signers []inquirySigner) (InquiryDesk, error) {
	desk, err := p.inquiryStands(c)
	if err != nil {
		return desk, err
	}
	has := func(roles ...inquiry.Role) bool {
		return slices.ContainsFunc(signers, func(s inquirySigner) bool { return slices.Contains(roles, s.As) })
	}
	inUnit := ofTheUnit(signers)
	if signers, err = acting(app, person, signers); err != nil {
		return desk, err
	}
	desk.MayQuestion = mayMakeQuestion(c, signers) == nil && desk.Question == ""
	desk.MayOpen = has(inquiry.Clerk) && !desk.Purged
	desk.MayWrite, desk.MaySelect, desk.MayNote = mayWriteText(c.Case, signers, textAnswer), mayWriteText(c.Case, signers, textSelection) && !desk.Purged, ofTheUnit(signers)
	for _, draw := range []func() error{
		func() error { return p.drawLetter(app, c, &desk) },
		func() error { return p.drawSaid(app, c, &desk) },
		func() error { return p.drawTexts(app, c, &desk, inUnit) },
		func() error { return p.drawInquiryChoices(app, c, signers, &desk) },
	} {
		if err := draw(); err != nil {
			return desk, err
		}
	}
	return desk, nil
}

// inquiryStands is where the letter is and why it is due on that day.
func (p *platform) inquiryStands(c inquiryCase) (InquiryDesk, error) {
	today, r := workday.Date(p.today()), c.record
	desk := InquiryDesk{ID: r.Id, Number: r.GetString("number"), How: r.GetString("how"), HowName: inquiry.Way(r.GetString("how")).Name(), Channel: string(c.Channel.Code), ChannelName: c.Channel.Name, Category: string(c.Category.Code),
		CategoryName: c.Category.Name, Urgent: c.IsUrgent(), Confidential: r.GetBool("confidential"), Anonymous: r.GetBool("anonymous"), MayPublish: c.Consent,
		State: string(c.State), StateName: c.State.Name(), Clock: string(c.Clock), Publication: string(c.Publication), PubName: c.Publication.Name(),
		Article: r.GetString("article"), Question: r.GetString("question"), Next: c.Next(inquiry.Clerk), Submitted: c.Submitted, AcceptBy: c.AcceptBy, FirstReplyBy: c.FirstReplyBy,
		FirstReplied: c.FirstReplied, Due: c.Due, Provisional: c.Provisional, Level: c.LevelOn(today).Code(), Department: c.Department,
		Assignee: r.GetString("assignee"), Ground: c.Refusal.Ground.Name(), Into: c.Into, Purged: r.GetString("purged_at") != "",
		Ledger: []InquiryEntryLine{}, Days: []DayLine{}, Answers: []AnswerLine{}, Ratings: []RatingLine{}, Orders: []OrderLine{}, Steps: []InquiryStepLine{}}
	if left, ok := c.Left(today); ok {
		desk.Left = &left
	}
	for _, e := range c.Ledger {
		desk.Ledger = append(desk.Ledger, InquiryEntryLine{e.On, string(e.Kind), e.Due, e.Text(), e.Law})
	}
	for _, d := range c.Days() {
		desk.Days = append(desk.Days, DayLine{d.Date, string(d.Kind), d.Counted, false, d.Nth, d.Reason(), ""})
	}
	var err error
	for into, unit := range map[*string]string{&desk.Unit: c.Unit, &desk.WrittenTo: r.GetString("written_to"), &desk.Offered: c.Offer.To} {
		if *into, err = p.unitName(unit); err != nil {
			return desk, err
		}
	}
	desk.UnitCode, err = p.unitCode(c.Unit)
	return desk, err
}

// unitCode is how people name a unit: the code of a school, or bureauUnit.
func (p *platform) unitCode(unit string) (string, error) {
	if unit == bureauUnit {
		return unit, nil
	}
	d, err := p.directory()
	if err != nil {
		return "", err
	}
	school, _ := d.ByID(unit)
	return school.Code, nil
}

// drawLetter shows what was written; who wrote is masked.
func (p *platform) drawLetter(app core.App, c inquiryCase, desk *InquiryDesk) error {
	letter, err := letterOf(app, c.record.Id)
	if err != nil {
		return err
	}
	fields, err := p.openLetter(letter)
	if err != nil {
		return err
	}
	desk.Fields, desk.Writer, desk.Papers = []LetterField{}, letter.GetString("display"), len(letter.GetStringSlice("papers"))
	for _, f := range c.Channel.Fields {
		if text := fields[f.Code]; text != "" {
			desk.Fields = append(desk.Fields, LetterField{f.Code, f.Name, text})
		}
	}
	desk.MayOpen = desk.MayOpen && !leftNothing(letter)
	desk.Title, desk.Suspicions = titleOfLetter(c.Channel, fields), letter.GetStringSlice("suspicions")
	return nil
}

// drawSaid shows the steps with what was written about them, ratings and orders.
func (p *platform) drawSaid(_ core.App, c inquiryCase, desk *InquiryDesk) error {
	for _, s := range c.steps {
		line, err := p.inquiryStepLine(s)
		if err != nil {
			return err
		}
		desk.Steps = append(desk.Steps, line)
		switch inquiry.Action(line.Do) {
		case inquiry.Rate:
			desk.Ratings = append(desk.Ratings, RatingLine{workday.Date(line.On), s.GetInt("rating"), line.Rating, line.Reason})
		case inquiry.Order:
			desk.Orders = append(desk.Orders, OrderLine{On: workday.Date(line.On), Until: workday.Date(line.Until), Reason: line.Reason})
		case inquiry.ReplyOrder:
			o := &desk.Orders[len(desk.Orders)-1]
			o.Reply, o.Replied = line.Reason, workday.Date(line.On)
		case inquiry.CloseOrder:
			desk.Orders[len(desk.Orders)-1].Closed = workday.Date(line.On)
		}
	}
	return nil
}

func (p *platform) inquiryStepLine(s *core.Record) (InquiryStepLine, error) {
	var words stepWords
	if err := p.openJSON(s, "words", &words); err != nil {
		return InquiryStepLine{}, err
	}
	t := s.GetString
	line := InquiryStepLine{ID: s.Id, Do: t("action"), Name: inquiry.Action(t("action")).Name(), Role: inquiry.Role(t("role")).Name(), ByName: t("by_name"),
		ForName: t("for_name"), On: t("on"), At: t("at"), Reason: words.Reason, Right: words.Right, Interim: words.Interim, Department: t("department"),
		Ground: inquiry.Ground(t("ground")).Name(), Days: s.GetInt("days"), Into: t("into"), Rating: inquiry.Rating(s.GetInt("rating")).Name(),
		Norm: inquiry.Norm(t("norm")).Name(), Until: t("until")}
	if category, err := inquiry.FindCategory(inquiry.CategoryCode(t("category"))); err == nil {
		line.Category = category.Name
	}
	var err error
	line.Unit, err = p.unitName(t("unit"))
	return line, err
}

// drawTexts shows answers given, and to the unit what is being written and
// reviewed, with the files.
func (p *platform) drawTexts(app core.App, c inquiryCase, desk *InquiryDesk, inUnit bool) error {
	desk.Files = []FileLine{}
	for _, a := range c.Answers {
		text, err := textWithHash(app, c.record.Id, a.Hash)
		if err != nil {
			return err
		}
		content, err := p.contentOf(text)
		if err != nil {
			return err
		}
		desk.Answers = append(desk.Answers, AnswerLine{a.On, content.Answer, a.InTime, a.RateBy, slices.Clone(text.GetStringSlice("files"))})
	}
	var files []*core.Record
	if err := app.RecordQuery(records.InquiryFiles).AndWhere(dbx.HashExp{"inquiry": c.record.Id}).OrderBy("_rowid_").All(&files); err != nil {
		return err
	}
	for _, f := range files {
		given := slices.ContainsFunc(desk.Answers, func(a AnswerLine) bool { return slices.Contains(a.Files, f.Id) })
		if inUnit || given {
			desk.Files = append(desk.Files, inquiryFileLine(f, given))
		}
	}
	if !inUnit { // what is being written or reviewed is the unit's own
		return nil
	}
	for _, draw := range []struct {
		kind, hash string
		into       **TextView
	}{{textAnswer, "", &desk.Draft}, {textAnswer, c.Draft.Hash, &desk.InReview}, {textSelection, c.Selection.Hash, &desk.Selection}, {textSelection, "", &desk.Selection}} {
		text, err := (*core.Record)(nil), error(nil)
		if draw.hash == "" {
			text, err = openText(app, c.record.Id, draw.kind)
		} else {
			text, err = textWithHash(app, c.record.Id, draw.hash)
		}
		if err != nil {
			return err
		}
		if text == nil || *draw.into != nil {
			continue
		}
		v, err := p.textView(app, c, text)
		if err != nil {
			return err
		}
		*draw.into = &v
	}
	return nil
}

// drawInquiryChoices offers what the person can do now.
func (p *platform) drawInquiryChoices(app core.App, c inquiryCase, signers []inquirySigner, desk *InquiryDesk) error {
	desk.Choices = []Choice{}
	desk.Options = InquiryOptions{Colleagues: []Colleague{}, Grounds: []NamedCode{}, Categories: []NamedCode{}, Extend: c.Channel.Service.Extend, Complex: c.Channel.Service.Complex}
	for _, x := range inquiryChoices(c.Case, signers, workday.Date(p.today())) {
		s, err := inquiry.Find(c.State, x.Do)
		if err != nil {
			return err
		}
		line := Choice{Do: string(x.Do), Name: x.Do.Name(), As: x.Signer.As.Name(), Condition: x.Do.Condition(), Law: s.Law}
		if x.Signer.For != "" {
			if line.InsteadOf, err = nameOf(app, x.Signer.For); err != nil {
				return err
			}
		}
		desk.Choices = append(desk.Choices, line)
	}
	for _, g := range inquiry.Grounds() {
		desk.Options.Grounds = append(desk.Options.Grounds, NamedCode{string(g), g.Name()})
	}
	for _, k := range inquiry.Categories() {
		if k.Urgent || slices.Contains(c.Channel.Categories, k.Code) {
			desk.Options.Categories = append(desk.Options.Categories, NamedCode{string(k.Code), k.Name})
		}
	}
	if !slices.ContainsFunc(desk.Choices, func(x Choice) bool { return x.Do == string(inquiry.Assign) }) {
		return nil
	}
	var staff []*core.Record
	err := app.RecordQuery(records.Staff).AndWhere(dbx.HashExp{"school": schoolOfUnit(c.Unit), "deactivated_at": ""}).OrderBy("name").All(&staff)
	for _, s := range staff {
		desk.Options.Colleagues = append(desk.Options.Colleagues, Colleague{s.Id, s.GetString("name")})
	}
	return err
}
