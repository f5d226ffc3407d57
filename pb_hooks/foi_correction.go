package pb_hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// correction is a corrected application on its way in (补正). It says only what
// changes: everything else is kept from the version before.
type correction struct {
	text    json.RawMessage // of an applicationBody
	uploads uploads
	event   foi.Event // As, By, For; Reason of a late one; On is the day it was received, "" for today
	by      actor
}

// correctRequest stores a corrected application as a new version and takes the
// step. After its period it is a late one, which counts once the officer accepts
// its reason. Errors about a field are validation.Errors.
func (p *platform) correctRequest(tx core.App, c foiCase, k correction) (foiCase, error) {
	act := foiAct{Event: k.event}
	act.Recorded = workday.Date(p.today())
	if act.On == "" {
		act.On = act.Recorded
	}
	if act.Do = foi.Correct; c.Correction.Until != "" && act.On > c.Correction.Until {
		act.Do = foi.CorrectLate
	}
	if _, err := c.Take(act.Event); err != nil { // before anything is read of it: whether it may be corrected at all
		return c, foiRefusal(err)
	}
	before, err := latestApplication(tx, c.request.Id)
	if err != nil {
		return c, err
	}
	f, err := p.correctedFiling(before, k)
	if err != nil {
		return c, err
	}
	if err := p.checkFiling(&f); err != nil {
		return c, err
	}
	late := act.Do == foi.CorrectLate
	if err := p.storeApplication(tx, c.request, f, late); err != nil {
		return c, err
	}
	if !late {
		c.request.Set("subject", strings.TrimSpace(f.application.Subject))
	}
	after, _, err := p.takeFOI(tx, c, act, k.by)
	return after, err
}

// correctedFiling lays a correction over the version before.
func (p *platform) correctedFiling(before *core.Record, k correction) (filing, error) {
	who, err := p.openPerson(before)
	if err != nil {
		return filing{}, err
	}
	body := applicationOf(before, who)
	old := body.identity()
	kept := make([]string, len(old))
	for i, field := range old {
		kept[i] = *field
	}
	if err := json.Unmarshal(k.text, &body); err != nil {
		return filing{}, refused("application", "foi_malformed", "补正内容的格式不对")
	}
	for i, field := range body.identity() {
		if strings.TrimSpace(*field) == "" { // the form shows who applied masked: what is not typed anew stays
			*field = kept[i]
		}
	}
	return filing{application: body.application(), uploads: k.uploads, by: k.by, keeps: before}, nil
}

// applicationOf is a version of the application as its form was filled in.
func applicationOf(r *core.Record, who Person) applicationBody {
	t := r.GetString
	b := applicationBody{Class: t("class"), Name: who.Name, WorkUnit: who.WorkUnit, IDKind: who.IDKind, LegalRep: who.LegalRep, Contact: who.Contact,
		Address: who.Address, Postcode: who.Postcode, Phone: who.Phone, Email: who.Email, Fax: who.Fax,
		AgentName: who.AgentName, AgentIDKind: who.AgentIDKind, AgentIDNumber: who.AgentIDNumber,
		Subject: t("subject"), Details: t("details"), IndexNo: t("index_no"), Purpose: t("purpose"), Forms: r.GetStringSlice("forms"), Ways: r.GetStringSlice("ways"),
		AnyWay: r.GetBool("any_way"), Help: r.GetBool("help"), Promised: r.GetBool("promised"), AppliedOn: t("applied_on")}
	if foi.ApplicantClass(b.Class) == foi.ClassPerson {
		b.IDNumber = who.Document
	} else {
		b.CreditCode = who.Document
	}
	return b
}

// identity are the fields that say who applied and how they can be reached.
func (b *applicationBody) identity() []*string {
	return []*string{&b.Class, &b.Name, &b.WorkUnit, &b.IDKind, &b.IDNumber, &b.CreditCode, &b.LegalRep, &b.Contact, &b.Address, &b.Postcode, &b.Phone, &b.Email,
		&b.Fax, &b.AgentName, &b.AgentIDKind, &b.AgentIDNumber}
}

// keepPapers puts the papers of the version before on the next where none came
// with it, sealed anew: a sealed file belongs to its record.
func (p *platform) keepPapers(before, next *core.Record) error {
	for _, field := range []string{"proofs", "mandates", "papers"} {
		if len(next.GetUnsavedFiles(field)) > 0 {
			continue
		}
		for _, name := range before.GetStringSlice(field) {
			var plain bytes.Buffer
			if err := p.openUpload(context.Background(), &plain, before, field, name); err != nil {
				return err
			}
			if err := p.sealUpload(next, field, &plain); err != nil {
				return err
			}
		}
	}
	return nil
}
