package pb_hooks

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
)

// sealedOfFOI is what of a request only the key opens: who applied, how they can
// be reached, their papers; what was found for it; what letters say; how others
// who are asked can be reached.
var sealedOfFOI = []sealedField{
	{Collection: records.FOIRequests, Field: "code"},
	{Collection: records.FOIApplications, Field: "name"},
	{Collection: records.FOIApplications, Field: "phone", Hash: "phone_hash", Kind: sealed.Phone},
	{Collection: records.FOIApplications, Field: "email", Hash: "email_hash", Kind: sealed.Email},
	{Collection: records.FOIApplications, Field: "document", Hash: "document_hash", Kind: sealed.IDNumber},
	{Collection: records.FOIApplications, Field: "person"},
	{Collection: records.FOIApplications, Field: "proofs", IsFile: true},
	{Collection: records.FOIApplications, Field: "mandates", IsFile: true},
	{Collection: records.FOIApplications, Field: "papers", IsFile: true},
	{Collection: records.FOIFiles, Field: "file", IsFile: true},
	{Collection: records.FOILetters, Field: "filled"},
	{Collection: records.FOILetters, Field: "docx", IsFile: true},
	{Collection: records.FOIInquiries, Field: "email"},
	{Collection: records.FOIMails, Field: "recipient"},
	{Collection: records.FOIMails, Field: "content"},
}

// Person is who applied, in full. Only the clerk sees it, with a reason that is
// entered, and letters and mails are addressed with it.
type Person struct {
	Name          string `json:"name"`
	WorkUnit      string `json:"work_unit,omitempty"`
	IDKind        string `json:"id_kind,omitempty"`
	Document      string `json:"document,omitempty"` // 证件号码 or 统一社会信用代码
	LegalRep      string `json:"legal_rep,omitempty"`
	Contact       string `json:"contact,omitempty"`
	Address       string `json:"address,omitempty"`
	Postcode      string `json:"postcode,omitempty"`
	Phone         string `json:"phone,omitempty"`
	Email         string `json:"email,omitempty"`
	Fax           string `json:"fax,omitempty"`
	AgentName     string `json:"agent_name,omitempty"`
	AgentIDKind   string `json:"agent_id_kind,omitempty"`
	AgentIDNumber string `json:"agent_id_number,omitempty"`
}

func personOf(a foi.Application) Person {
	p := Person{Name: strings.TrimSpace(a.Name), WorkUnit: a.WorkUnit, IDKind: string(a.IDKind), Document: foi.NormalNumber(a.IDNumber), LegalRep: a.LegalRep,
		Contact: a.Contact, Address: a.Address, Postcode: foi.NormalNumber(a.Postcode), Phone: strings.TrimSpace(a.Phone), Email: strings.TrimSpace(a.Email), Fax: a.Fax,
		AgentName: a.Agent.Name, AgentIDKind: string(a.Agent.IDKind), AgentIDNumber: foi.NormalNumber(a.Agent.IDNumber)}
	if a.Class != foi.ClassPerson {
		p.Document = foi.NormalNumber(a.CreditCode)
	}
	return p
}

// sealApplication puts what somebody wrote on a new record of a request.
func (p *platform) sealApplication(r *core.Record, a foi.Application) error {
	var forms, ways []string
	for _, f := range a.Forms {
		forms = append(forms, string(f))
	}
	for _, w := range a.Ways {
		ways = append(ways, string(w))
	}
	r.Load(map[string]any{"class": string(a.Class), "subject": strings.TrimSpace(a.Subject), "details": a.Details, "index_no": a.IndexNo, "purpose": a.Purpose,
		"forms": forms, "ways": ways, "any_way": a.AnyWay, "help": a.Help, "promised": a.Promised, "applied_on": string(a.AppliedOn)})
	who := personOf(a)
	rest := who
	rest.Name, rest.Phone, rest.Email, rest.Document = "", "", "", ""
	raw, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	for field, plain := range map[string]string{"name": who.Name, "phone": who.Phone, "email": who.Email, "document": who.Document, "person": string(raw)} {
		if err := p.seal(r, field, plain); err != nil {
			return err
		}
	}
	return nil
}

// openPerson reads who applied. Whoever shows it to somebody sees to it that they
// may see it and that it is entered.
func (p *platform) openPerson(application *core.Record) (Person, error) {
	var who Person
	if application.GetString("person") == "" {
		return who, nil // purged
	}
	plain := map[string]string{}
	for _, field := range []string{"name", "phone", "email", "document", "person"} {
		text, err := p.unseal(application, field)
		if err != nil {
			return who, err
		}
		plain[field] = text
	}
	err := json.Unmarshal([]byte(plain["person"]), &who)
	who.Name, who.Phone, who.Email, who.Document = plain["name"], plain["phone"], plain["email"], plain["document"]
	return who, err
}

// maskedPerson is who applied as the staff see it; after the purge it says so.
func (p *platform) maskedPerson(application *core.Record) (Person, error) {
	who, err := p.openPerson(application)
	if err != nil || application.GetString("person") != "" {
		return who.Masked(), err
	}
	purged := Person{Name: "个人信息已按期清除"}
	if last4 := application.GetString("last4"); last4 != "" {
		purged.Document = "尾号 " + last4
	}
	return purged, nil
}

// latestApplication is what the applicant asks for now: as filed, or as corrected.
// A late correction counts once its reason is accepted.
func latestApplication(app core.App, request string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.FOIApplications).AndWhere(dbx.HashExp{"request": request, "pending": false}).OrderBy("number DESC").Limit(1).One(r)
	return r, err
}

// lastVersion is what the applicant wrote last, whether it counts already or not.
func lastVersion(app core.App, request string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.FOIApplications).AndWhere(dbx.HashExp{"request": request}).OrderBy("number DESC").Limit(1).One(r)
	return r, err
}

// Masked shows enough of a person to tell two apart, and not who they are.
func (w Person) Masked() Person {
	return Person{Name: maskName(w.Name), Document: maskMiddle(w.Document, 0, 4), Phone: maskMiddle(w.Phone, 3, 2), Email: maskEmail(w.Email),
		AgentName: maskName(w.AgentName), Address: maskTail(w.Address, 6), IDKind: w.IDKind}
}

func maskName(name string) string {
	r := []rune(name)
	switch {
	case len(r) == 0:
		return ""
	case len(r) <= 4: // a person's
		return string(r[:1]) + strings.Repeat("*", max(1, len(r)-1))
	}
	return string(r[:2]) + "***" + string(r[len(r)-2:])
}

func maskMiddle(text string, head, tail int) string {
	r := []rune(text)
	if len(r) <= head+tail {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}

func maskTail(text string, head int) string {
	r := []rune(text)
	if len(r) <= head {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + "***"
}

func maskEmail(text string) string {
	name, host, ok := strings.Cut(text, "@")
	if !ok {
		return maskTail(text, 0)
	}
	return maskTail(name, 1) + "@" + host
}

// errPurged is what is said of an applicant whose data was removed on schedule.
var errPurged = errors.New("申请人的个人信息已经按期清除")
