package pb_hooks

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
	"gongkai/pb_hooks/workday"
)

// filing is an application on its way in.
type filing struct {
	school      *records.School
	application foi.Application
	arrival     foi.Arrival // Channel foi.Online of a visitor's
	resend      string      // chosen by the form: sent again it is the same request
	uploads     uploads
	signer      signer // the clerk who enters it; none of a visitor
	by          actor
	keeps       *core.Record // of a correction: the version before, whose papers stay where none came
}

// Receipt (提交回执) is shown once: the code is not kept.
type Receipt struct {
	ID        string       `json:"id,omitempty"` // to staff only
	Number    string       `json:"number"`
	Code      string       `json:"code"` // 查询码
	School    string       `json:"school"`
	Subject   string       `json:"subject"`
	Submitted workday.Date `json:"submitted"`
	ConfirmBy workday.Date `json:"confirm_by"`
	Next      string       `json:"next"`
}

// checkFiling lists what is wrong with an application, by field. What came on
// paper is taken all the same if something is missing: that goes into the notice
// to correct (art. 30). So is a correction: whether it is clear now is for the
// school to say in its answer (art. 36).
func (p *platform) checkFiling(f *filing) error {
	f.application.Proofs, f.application.Agent.Mandates = len(f.uploads.files["proofs"]), len(f.uploads.files["mandates"])
	if f.application.Agent.Name == "" && f.application.Agent.IDNumber == "" {
		f.application.Agent = foi.Agent{}
	}
	problems := f.application.Problems(workday.Date(p.today()))
	if f.signer.By != "" || f.keeps != nil {
		for field, problem := range problems {
			var r foi.Refusal
			if errors.As(problem, &r) && r.Why == foi.Missing && !slices.Contains(neverMissing, field) {
				delete(problems, field)
			}
		}
	}
	for field, sentence := range f.uploads.problems() {
		if field == "mandates" { // as the form calls it
			field = "agent_mandates"
		}
		problems[field] = foi.Refusal{Why: foi.Malformed, Field: field, Sentence: sentence}
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}

// neverMissing are what there is no application without, on paper either.
var neverMissing = []string{"subject", "name", "class"}

// preparedRequest is an application that was checked, as it is filed.
type preparedRequest struct {
	preparedFiling
	filing
	code    string
	after   foiCase // submitted
	request *core.Record
	mail    *core.Record // of the receipt; nil if no address was given
	notices []*core.Record
	link    string // where it is followed
}

// prepareFiling makes the records of a filing: the request, what the applicant
// wrote (sealed), the step that submits it, the mail of the receipt, and who is
// told. It writes nothing.
func (p *platform) prepareFiling(app core.App, f filing) (*preparedRequest, error) {
	ready := &preparedRequest{filing: f}
	var err error
	if ready.code, err = p.queryCode(f.resend); err != nil {
		return nil, err
	}
	if ready.request, err = blank(app, records.FOIRequests); err != nil {
		return nil, err
	}
	ready.request.Load(map[string]any{"school": f.school.ID, "channel": string(f.arrival.Channel), "class": string(f.application.Class), "subject": f.application.Subject})
	if f.resend != "" {
		ready.request.Set("resend", f.key())
	}
	application, err := p.newApplication(app, ready.request.Id, f)
	if err != nil {
		return nil, err
	}
	step, err := p.submitFiling(app, ready)
	if err != nil {
		return nil, err
	}
	ready.records, ready.papers, ready.preparedFiling.uploads = []*core.Record{ready.request, application, step}, application, f.uploads
	ready.series = requestSeries(ready.year())
	ready.number = func(n int) error { return p.numberRequest(ready, requestNumber(ready.year(), n)) }
	ready.deeds = func() ([]signedDeed, error) {
		done, err := stepDeed(ready.request, step)
		return []signedDeed{{f.by, done}}, err
	}
	if f.application.Email != "" {
		d, err := p.directory()
		if err != nil {
			return nil, err
		}
		if ready.mail, err = newMail(app, ready.request.Id, "receipt", "", ""); err != nil {
			return nil, err
		}
		if err := p.seal(ready.mail, "recipient", strings.TrimSpace(f.application.Email)); err != nil {
			return nil, err
		}
		ready.link = d.District.BaseURL + "/track"
		ready.records = append(ready.records, ready.mail)
	}
	people, err := p.filings.told.of(f.school.ID, p.options.Now(), p.today(), func() ([]string, error) { return p.peopleInHand(app, ready.after) })
	if err != nil {
		return nil, err
	}
	notices, err := app.FindCachedCollectionByNameOrId(records.Notices)
	if err != nil {
		return nil, err
	}
	n := notification{Kind: "request", Key: "foi/" + step.Id, Link: "/requests/" + ready.request.Id}
	for _, person := range people {
		if person == f.signer.By {
			continue
		}
		notice := n.to(notices, person)
		notice.Id = core.GenerateDefaultRandomId()
		ready.notices = append(ready.notices, notice)
	}
	ready.records = append(ready.records, ready.notices...)
	return ready, nil
}

// blank is a new record with its id, to which sealed values are bound.
func blank(app core.App, collection string) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Id = core.GenerateDefaultRandomId()
	return r, nil
}

// submitFiling takes the first step of the request.
func (p *platform) submitFiling(app core.App, ready *preparedRequest) (*core.Record, error) {
	counting, err := p.filings.counting.of("", p.options.Now(), p.today(), func() (foiCounting, error) { return p.foiCounting(app) })
	if err != nil {
		return nil, err
	}
	today := workday.Date(p.today())
	act := foiAct{Event: foi.Event{Do: foi.Submit, As: foi.Applicant, Channel: ready.arrival.Channel, Recorded: today, On: today}}
	if ready.signer.By != "" {
		act.As, act.By, act.For = foi.Clerk, ready.signer.By, ready.signer.For
		act.On = cmp.Or(ready.arrival.Arrived, today)
	}
	before := foiCase{request: ready.request}
	if before.Case, err = foi.Replay(nil, counting.calendar, foi.TermsFor(counting.terms, act.On)); err != nil {
		return nil, err
	}
	after, err := before.Take(act.Event)
	if err != nil {
		return nil, foiRefusal(err)
	}
	step, err := p.newStep(app, before, act)
	if err != nil {
		return nil, err
	}
	step.Id = core.GenerateDefaultRandomId()
	ready.after = foiCase{Case: after, request: ready.request, steps: []*core.Record{step}, events: []foi.Event{act.Event}}
	settleRequest(ready.after, act)
	return step, nil
}

// numberRequest puts the number wherever it is told.
func (p *platform) numberRequest(f *preparedRequest, number string) error {
	f.request.Set("number", number)
	if err := p.seal(f.request, "code", codeFingerprint(number, f.code)); err != nil {
		return err
	}
	for _, notice := range f.notices {
		notice.Set("title", clip(stateInWords(f.after.Case)+"："+number+" "+f.application.Subject, 300))
	}
	if f.mail == nil {
		return nil
	}
	// the code stays on the screen and on paper: a mailbox is read by others
	receipt := f.receipt()
	f.mail.Set("subject", clip("已收到您的信息公开申请 "+number, 200))
	return p.seal(f.mail, "content", f.application.Name+"，您好：\n\n您向"+receipt.School+"提出的信息公开申请已经提交。\n受理编号："+number+"\n申请内容："+receipt.Subject+
		"\n\n"+receipt.Next+"\n\n办理情况可以在 "+f.link+" 凭受理编号和提交时显示的查询码查询。\n")
}

// year is the year that its number is of.
func (f *preparedRequest) year() string { return string(f.after.events[0].Recorded)[:4] }

// receipt is what is shown of a filing that has its number.
func (f *preparedRequest) receipt() Receipt { return receiptOf(f.after, f.code, f.filing) }

// file stores an application that was checked, and is not on file, in a
// transaction. What visitors file many at once goes through filings instead, which
// leaves the same rows behind.
func (p *platform) file(tx core.App, f filing) (Receipt, error) {
	ready, err := p.prepareFiling(tx, f)
	if err != nil {
		return Receipt{}, err
	}
	if err := p.saveFiling(tx, &ready.preparedFiling); err != nil {
		return Receipt{}, err
	}
	return ready.receipt(), nil
}

// newApplication is what the applicant wrote, as a version of the request, with
// the papers that came with it.
func (p *platform) newApplication(app core.App, request string, f filing) (*core.Record, error) {
	r, err := blank(app, records.FOIApplications)
	if err != nil {
		return nil, err
	}
	r.Id = cmp.Or(f.uploads.Record, r.Id)
	r.Load(map[string]any{"request": request, "number": 1})
	if err := p.sealApplication(r, f.application); err != nil {
		return nil, err
	}
	return r, f.uploads.put(r)
}

// storeApplication stores a corrected application: the next version of the
// request. pending is one that waits for approval.
func (p *platform) storeApplication(tx core.App, request *core.Record, f filing, pending bool) error {
	r, err := p.newApplication(tx, request.Id, f)
	if err != nil {
		return err
	}
	n, err := tx.CountRecords(records.FOIApplications, dbx.HashExp{"request": request.Id})
	if err != nil {
		return err
	}
	r.Load(map[string]any{"number": n + 1, "pending": pending})
	if f.keeps != nil {
		if err := p.keepPapers(f.keeps, r); err != nil {
			return err
		}
	}
	if err := tx.Save(r); err != nil {
		return err
	}
	return syncPapers(tx, r)
}

// key names a form of a school, so that it is known again.
func (f filing) key() string { return fingerprint(f.school.ID + "|" + f.resend) }

// filedBefore is the receipt of a form that is on file, nil if it is not.
func (p *platform) filedBefore(app core.App, f filing) (*Receipt, error) {
	if f.resend == "" {
		return nil, nil
	}
	id, err := p.filings.known.find(app, records.FOIRequests, f.key())
	if err != nil || id == "" {
		return nil, err
	}
	request, err := app.FindRecordById(records.FOIRequests, id)
	if err != nil {
		return nil, err
	}
	code, err := p.codeOf(request, f.resend)
	if err != nil {
		return nil, err
	}
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return nil, err
	}
	receipt := receiptOf(c, code, f)
	return &receipt, nil
}

// receiptOf is what is shown of a request.
func receiptOf(c foiCase, code string, f filing) Receipt {
	r := Receipt{Number: c.request.GetString("number"), Code: code, School: f.school.Name, Subject: c.request.GetString("subject"), Submitted: c.Submitted,
		ConfirmBy: c.ConfirmBy, Next: foi.Next(c.Case, foi.Applicant)}
	if f.signer.By != "" {
		r.ID = c.request.Id
	}
	return r
}

// queryCode makes the query code (查询码) of a form: the same for the same form, so
// that a resend after a lost answer shows what is on file, and nothing that anybody
// without the data key can compute. It fails with sealed.MissingKey.
func (p *platform) queryCode(resend string) (string, error) {
	if resend == "" {
		return newCode(codeLength)
	}
	secret, err := p.keyring().Blind(queryCodes, resend)
	return codeFrom(secret), err
}

// codeOf is the code that a request was given for its form, also after the data
// key was changed.
func (p *platform) codeOf(request *core.Record, resend string) (string, error) {
	stored, err := p.unseal(request, "code")
	if err != nil {
		return "", err
	}
	secrets, err := p.keyring().Blinds(queryCodes, resend)
	if err != nil {
		return "", err
	}
	for _, secret := range secrets {
		if code := codeFrom(secret); codeFingerprint(request.GetString("number"), code) == stored {
			return code, nil
		}
	}
	return "", nil // its key was taken away: the code was shown once
}

const queryCodes = sealed.Kind("query_code")

// codeFrom writes a keyed hash with the letters of codes.
func codeFrom(secret string) string {
	_, mac, _ := strings.Cut(strings.TrimPrefix(secret, "h1."), ".")
	sum := sha256.Sum256([]byte(mac))
	code := make([]byte, codeLength)
	for i := range code {
		code[i] = codeLetters[int(uint32(sum[4*i])<<16|uint32(sum[4*i+1])<<8|uint32(sum[4*i+2]))%len(codeLetters)]
	}
	return string(code)
}

const codeLength = 8

func codeFingerprint(number, code string) string { return fingerprint(number + "|" + normalCode(code)) }

// normalCode is a code the way people may type it.
func normalCode(code string) string { return foi.NormalNumber(code) }
