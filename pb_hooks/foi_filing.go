package pb_hooks

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"errors"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

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
}

// Receipt (提交回执) is shown once: the code is not kept.
type Receipt struct {
	ID        string       `json:"id,omitempty"` // to staff only
	Number    string       `json:"number"`
	Code      string       `json:"code"` // 查询码; "" of what was entered by a clerk and is told by letter
	School    string       `json:"school"`
	Subject   string       `json:"subject"`
	Submitted workday.Date `json:"submitted"`
	ConfirmBy workday.Date `json:"confirm_by"`
	Next      string       `json:"next"`
}

// checkFiling lists what is wrong with an application, by field. What came on
// paper is taken all the same if something is missing: that goes into the notice
// to correct (art. 30).
func (p *platform) checkFiling(f *filing) error {
	today := workday.Date(p.today())
	f.application.Proofs, f.application.Agent.Mandates = len(f.uploads.proofs), len(f.uploads.mandates)
	if f.application.Agent.Name == "" && f.application.Agent.IDNumber == "" {
		f.application.Agent = foi.Agent{}
	}
	problems := f.application.Problems(today)
	if f.by.ID != "" && f.signer.By != "" {
		for field, problem := range problems {
			var r foi.Refusal
			if errors.As(problem, &r) && r.Why == foi.Missing && field != "subject" && field != "name" && field != "class" {
				delete(problems, field)
			}
		}
	}
	if err := checkUploads(f.uploads, problems); err != nil {
		return err
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return nil
}

// file stores an application that was checked: its number, who applied (sealed),
// the step that submits it, the mail of the receipt, in one transaction. Sent
// again it is the same request with the same receipt.
func (p *platform) file(tx core.App, f filing) (Receipt, error) {
	code, err := p.queryCode(f.resend)
	if err != nil {
		return Receipt{}, err
	}
	if before, err := sentBefore(tx, f.resend); err != nil || before != nil {
		if err != nil {
			return Receipt{}, err
		}
		return p.receiptOf(tx, before, code, f)
	}
	today := p.today()
	number, err := nextRequestNumber(tx, today[:4])
	if err != nil {
		return Receipt{}, err
	}
	collection, err := tx.FindCachedCollectionByNameOrId(records.FOIRequests)
	if err != nil {
		return Receipt{}, err
	}
	request := core.NewRecord(collection)
	request.Load(map[string]any{"school": f.school.ID, "number": number, "channel": string(f.arrival.Channel), "class": string(f.application.Class),
		"subject": strings.TrimSpace(f.application.Subject), "state": string(foi.Draft), "clock": string(foi.NotStarted), "publication": string(foi.Undecided)})
	if f.resend != "" {
		request.Set("resend", fingerprint(f.resend))
	}
	if err := p.seal(request, "code", codeFingerprint(number, code)); err != nil {
		return Receipt{}, err
	}
	if err := tx.Save(request); err != nil {
		return Receipt{}, err
	}
	if err := p.storeApplication(tx, request, f, false); err != nil {
		return Receipt{}, err
	}
	c, err := p.foiCaseOf(tx, request)
	if err != nil {
		return Receipt{}, err
	}
	act := foiAct{Event: foi.Event{Do: foi.Submit, As: foi.Applicant, Channel: f.arrival.Channel, Recorded: workday.Date(today), On: workday.Date(today)}}
	if f.signer.By != "" {
		act.As, act.By, act.For = foi.Clerk, f.signer.By, f.signer.For
		act.On = cmp.Or(f.arrival.Arrived, act.On)
	}
	if c, _, err = p.takeFOI(tx, c, act, f.by); err != nil {
		return Receipt{}, err
	}
	receipt, err := p.receiptOf(tx, request, code, f)
	if err != nil {
		return receipt, err
	}
	return receipt, p.mailReceipt(tx, request, f, receipt)
}

// storeApplication stores what the applicant wrote, as a version of the request.
func (p *platform) storeApplication(tx core.App, request *core.Record, f filing, pending bool) error {
	collection, err := tx.FindCachedCollectionByNameOrId(records.FOIApplications)
	if err != nil {
		return err
	}
	n, err := tx.CountRecords(records.FOIApplications, dbx.HashExp{"request": request.Id})
	if err != nil {
		return err
	}
	r := core.NewRecord(collection)
	r.Load(map[string]any{"request": request.Id, "number": n + 1, "pending": pending})
	if err := p.sealApplication(r, f.application); err != nil {
		return err
	}
	for field, files := range f.uploads.fields() {
		for _, file := range files {
			if err := p.sealFile(r, field, file); err != nil {
				return err
			}
		}
	}
	if err := tx.Save(r); err != nil {
		return err
	}
	for field := range f.uploads.fields() {
		for _, name := range r.GetStringSlice(field) {
			if err := syncStored(tx, r.BaseFilesPath()+"/"+name); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *platform) sealFile(r *core.Record, field string, f *filesystem.File) error {
	content, err := f.Reader.Open()
	if err != nil {
		return err
	}
	defer content.Close()
	return p.sealUpload(r, field, content)
}

func sentBefore(app core.App, resend string) (*core.Record, error) {
	if resend == "" {
		return nil, nil
	}
	r, err := app.FindFirstRecordByData(records.FOIRequests, "resend", fingerprint(resend))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// queryCode makes the query code (查询码) of a form: the same for the same form, so
// that a resend after a lost answer shows what is on file, and nothing that anybody
// without the data key can compute. It fails with sealed.MissingKey.
func (p *platform) queryCode(resend string) (string, error) {
	if resend == "" {
		return newCode(codeLength)
	}
	secret, err := p.keyring().Blind(sealed.Kind("query_code"), resend)
	if err != nil {
		return "", err
	}
	_, mac, _ := strings.Cut(strings.TrimPrefix(secret, "h1."), ".")
	sum := sha256.Sum256([]byte(mac))
	code := make([]byte, codeLength)
	for i := range code {
		code[i] = codeLetters[int(uint32(sum[4*i])<<16|uint32(sum[4*i+1])<<8|uint32(sum[4*i+2]))%len(codeLetters)]
	}
	return string(code), nil
}

const codeLength = 8

func codeFingerprint(number, code string) string { return fingerprint(number + "|" + normalCode(code)) }

// normalCode is a code the way people may type it.
func normalCode(code string) string { return foi.NormalNumber(code) }

// receiptOf is what is shown of a request that is on file.
func (p *platform) receiptOf(tx core.App, request *core.Record, code string, f filing) (Receipt, error) {
	c, err := p.foiCaseOf(tx, request)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Number: request.GetString("number"), Code: code, School: f.school.Name, Subject: request.GetString("subject"), Submitted: c.Submitted,
		ConfirmBy: c.ConfirmBy, Next: foi.Next(c.Case, foi.Applicant)}
	if f.signer.By != "" {
		r.ID = request.Id
	}
	return r, nil
}

// mailReceipt tells the applicant the number. The code stays on the screen and on
// paper: a mailbox is read by others.
func (p *platform) mailReceipt(tx core.App, request *core.Record, f filing, receipt Receipt) error {
	if f.application.Email == "" {
		return nil
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.putInOutbox(tx, request.Id, "receipt", f.application.Email, "已收到您的信息公开申请 "+receipt.Number,
		f.application.Name+"，您好：\n\n您向"+receipt.School+"提出的信息公开申请已经提交。\n受理编号："+receipt.Number+"\n申请内容："+receipt.Subject+"\n\n"+receipt.Next+
			"\n\n办理情况可以在 "+d.District.BaseURL+"/track 凭受理编号和提交时显示的查询码查询。\n", "")
}
