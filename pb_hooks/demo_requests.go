package pb_hooks

import (
	"bytes"
	"image"
	"image/png"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/redact"
	"gongkai/pb_hooks/workday"
)

// This file lets people of the demonstration file and answer applications, through
// the handlers of the workbench. Applicants are made up and say so.

// demoApplicant is who applies everywhere in the demonstration.
func demoApplicant(subject, details string) foi.Application {
	return foi.Application{Class: foi.ClassPerson, Name: "演示申请人", IDKind: foi.Passport, IDNumber: "DEMO00001", Address: "示范区演示大道 0 号（虚构）",
		Phone: "13800138000", Subject: subject, Details: details + "\n" + demo.Notice, Forms: []foi.DeliveryForm{foi.OnPaper, foi.AsFile},
		Ways: []foi.DeliveryWay{foi.ByPost}, AnyWay: true, Promised: true}
}

// asOrganisation lets an organisation of some class apply, with the example code of
// the standard (GB 32100).
func asOrganisation(class foi.ApplicantClass) func(*foi.Application) {
	return func(a *foi.Application) {
		a.Class, a.Name, a.IDKind, a.IDNumber = class, "演示"+class.Name()+"（虚构）", "", ""
		a.CreditCode, a.LegalRep, a.Contact = "91350100M000100Y43", "演示法人", "演示联系人"
	}
}

// requestOf is the request that an item is about.
func (d *demoPlay) requestOf(item demoItem) (*core.Record, error) {
	f := filing{school: &records.School{ID: d.schoolID(item.school)}, resend: d.keyOf(item)}
	return d.app.FindFirstRecordByData(records.FOIRequests, "resend", f.key())
}

// filed: somebody applies online, or on paper that the clerk types in.
//
//go:noinline
func filed(when string, channel foi.Channel, change func(*foi.Application)) demoDeed {
	post := ""
	if channel != foi.Online {
		post = "clerk"
	}
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		directory, err := d.p.directory()
		if err != nil {
			return err
		}
		school, _ := directory.ByID(d.schoolID(item.school))
		f := filing{school: school, application: demoApplicant(item.title, item.text), resend: d.keyOf(item),
			arrival: foi.Arrival{Channel: channel, Arrived: workday.Date(d.p.today())}, by: actor{Name: foi.Applicant.Name(), Via: viaPublic}}
		if change != nil {
			change(&f.application)
		}
		if who != nil {
			f.signer, f.by = signer{As: foi.Clerk, By: who.Id}, atTerminal
		}
		if f.uploads, err = d.proof(); err != nil {
			return err
		}
		if err := d.p.checkFiling(&f); err != nil {
			return err
		}
		_, err = d.p.file(d.app, f)
		return err
	}}
}

// proof is a document that shows nobody, sealed as the form seals it.
func (d *demoPlay) proof() (uploads, error) {
	u, paper := uploads{Record: core.GenerateDefaultRandomId()}, whitePaper(320, 200)
	field, err := sealedFieldOf(records.FOIApplications, "proofs")
	if err != nil {
		return u, err
	}
	var sealed bytes.Buffer
	stored := sealedName()
	err = d.p.keyring().SealFile(&sealed, bytes.NewReader(paper), field.filePlace(u.Record, stored))
	u.files = map[string][]sealedUpload{"proofs": {{name: "演示证件.png", size: int64(len(paper)), head: paper, stored: stored, sealed: sealed.Bytes()}}}
	return u, err
}

// whitePaper is a white picture of some size: a document that shows nobody.
func whitePaper(width, height int) []byte {
	m := image.NewGray(image.Rect(0, 0, width, height))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err) // memory does not fail
	}
	return b.Bytes()
}

// did: somebody of the staff takes a step.
//
//go:noinline
func did(when, post string, do foi.Action, body StepBody) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.foiCaseOf(d.app, request)
		if err != nil {
			return err
		}
		body := body
		body.Do = string(do)
		body.Hash = c.Draft.Hash // what is on the screen
		switch do {
		case foi.Register:
			body.Confirmed, body.SignedOn = workday.Date(d.p.today()), workday.Date(d.p.today())
		case foi.RecordOpinion, foi.Deliver, foi.Complain, foi.Decide:
			body.On = workday.Date(d.p.today())
		}
		return d.ask(who, d.p.takeStepOfRequest, request.Id, body)
	}}
}

// proposedAndApproved: the clerk proposes a step, the officer approves it an hour
// later.
func proposedAndApproved(day string, do foi.Action, body StepBody) []demoDeed {
	return []demoDeed{did(day+" 09:40", "clerk", do, body), did(day+" 10:50", "officer", foi.Approve, StepBody{})}
}

// replied: the clerk writes the answer and submits it.
func replied(day string, reply ReplyDraft) []demoDeed {
	return []demoDeed{wroteReply(day+" 14:00", reply), did(day+" 14:20", "clerk", foi.SubmitAnswer, StepBody{})}
}

// wroteReply: the clerk writes the answer.
//
//go:noinline
func wroteReply(when string, reply ReplyDraft) demoDeed {
	return demoDeed{when, "clerk", func(d *demoPlay, item demoItem, who *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		reply := reply
		reply.Content = item.title
		open, err := openDraft(d.app, request.Id)
		if err != nil {
			return err
		}
		if open != nil {
			reply.Updated = open.GetString("updated")
			reply.Files = open.GetStringSlice("files")
		}
		if reply.Outcome == string(foi.OutcomePartial) {
			copied, err := d.app.FindFirstRecordByFilter(records.FOIFiles, "request = '"+request.Id+"' && kind = 'redacted'")
			if err != nil {
				return err
			}
			reply.Files = []string{copied.Id}
		}
		return d.ask(who, d.p.saveDraft, request.Id, reply)
	}}
}

// signedOff: the three who sign, on one day.
func signedOff(day string) []demoDeed {
	return []demoDeed{did(day+" 15:00", "secrecy", foi.Clear, StepBody{}), did(day+" 15:40", "officer", foi.Endorse, StepBody{}),
		did(day+" 16:20", "principal", foi.Sign, StepBody{})}
}

// covered: the clerk uploads what was found and makes a copy in which a part is
// black.
func covered(when, name string) demoDeed {
	return demoDeed{when, "clerk", func(d *demoPlay, item demoItem, who *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		e, err := d.request(who, request.Id, nil)
		if err != nil {
			return err
		}
		original := whitePaper(600, 800)
		line, err := d.p.keepFile(e, newFile{caseFile: caseFile{name + ".png", "image/png", original}, Kind: fileMaterial, Pages: 1})
		if err != nil {
			return err
		}
		areas := []redact.Area{{Page: 1, X: 0.1, Y: 0.2, W: 0.8, H: 0.1}}
		made, err := redact.Make(e.Request.Context(), original, areas, nil)
		if err != nil {
			return err
		}
		_, err = d.p.keepFile(e, newFile{caseFile: caseFile{"（遮盖）" + name + "." + made.Ext, made.MIME, made.Data}, Kind: fileRedacted, RedactedOf: line.ID, Areas: areas, Pages: 1})
		return err
	}}
}

// applicantDid: the applicant, who has the code, or the third party takes a step.
func applicantDid(when string, event foi.Event) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.foiCaseOf(d.app, request)
		if err != nil {
			return err
		}
		_, _, err = d.p.takeFOI(d.app, c, foiAct{Event: event}, actor{Name: event.As.Name(), Via: viaPublic})
		return err
	}}
}

// fell: the system takes what falls due on that day.
func fell(when string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.foiCaseOf(d.app, request)
		if err != nil {
			return err
		}
		for _, event := range c.FallenDue(workday.Date(d.p.today())) {
			if c, _, err = d.p.takeFOI(d.app, c, foiAct{Event: event}, d.p.itself()); err != nil {
				return err
			}
		}
		return nil
	}}
}

// corrected: the applicant sends the corrected text.
func corrected(when string) demoDeed {
	return correctedBy(when, foi.Event{Do: foi.Correct, As: foi.Applicant})
}

// correctedLate: after the last day, with a reason that waits for approval.
func correctedLate(when string) demoDeed {
	return correctedBy(when, foi.Event{Do: foi.CorrectLate, As: foi.Applicant, Reason: "住院，刚看到通知（演示）"})
}

func correctedBy(when string, event foi.Event) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		f := filing{application: demoApplicant(item.title+"（2025 学年）", "已补充学年。")}
		if err := d.p.storeApplication(d.app, request, f, event.Do == foi.CorrectLate); err != nil {
			return err
		}
		c, err := d.p.foiCaseOf(d.app, request)
		if err != nil {
			return err
		}
		_, _, err = d.p.takeFOI(d.app, c, foiAct{Event: event}, actor{Name: foi.Applicant.Name(), Via: viaPublic})
		return err
	}}
}

// proposedToPublish: the clerk makes an article of the answer.
func proposedToPublish(when, column string) demoDeed {
	return demoDeed{when, "clerk", func(d *demoPlay, item demoItem, who *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		return d.ask(who, d.p.proposePublication, request.Id, map[string]any{"column": column, "title": item.title + "（演示）"})
	}}
}

// rated: the applicant says what they think of it.
func rated(when string, rating int, note string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		request, err := d.requestOf(item)
		if err != nil {
			return err
		}
		request.Load(map[string]any{"rating": rating, "rating_note": note, "rated_at": d.now})
		return d.app.Save(request)
	}}
}
