package pb_hooks

import (
	"strings"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

// applicationBody is the form of an application as it is sent.
type applicationBody struct {
	Class         string   `json:"class"`
	Name          string   `json:"name"`
	WorkUnit      string   `json:"work_unit"`
	IDKind        string   `json:"id_kind"`
	IDNumber      string   `json:"id_number"`
	CreditCode    string   `json:"credit_code"`
	LegalRep      string   `json:"legal_rep"`
	Contact       string   `json:"contact"`
	Address       string   `json:"address"`
	Postcode      string   `json:"postcode"`
	Phone         string   `json:"phone"`
	Email         string   `json:"email"`
	Fax           string   `json:"fax"`
	AgentName     string   `json:"agent_name"`
	AgentIDKind   string   `json:"agent_id_kind"`
	AgentIDNumber string   `json:"agent_id_number"`
	Subject       string   `json:"subject"`
	Details       string   `json:"details"`
	IndexNo       string   `json:"index_no"`
	Purpose       string   `json:"purpose"`
	Forms         []string `json:"forms"`
	Ways          []string `json:"ways"`
	AnyWay        bool     `json:"any_way"`
	Help          bool     `json:"help"`
	Promised      bool     `json:"promised"`
	AppliedOn     string   `json:"applied_on"`
}

// application reads the form. Control characters and what turns text around are
// left out, as they are of articles.
func (b applicationBody) application() foi.Application {
	for _, line := range []*string{&b.Name, &b.WorkUnit, &b.IDNumber, &b.CreditCode, &b.LegalRep, &b.Contact, &b.Address, &b.Postcode, &b.Phone, &b.Email, &b.Fax,
		&b.AgentName, &b.AgentIDNumber, &b.Subject, &b.IndexNo} {
		*line = cleanLine(*line)
	}
	a := foi.Application{Class: foi.ApplicantClass(b.Class), Name: b.Name, WorkUnit: b.WorkUnit, IDKind: foi.IDKind(b.IDKind), IDNumber: b.IDNumber,
		CreditCode: b.CreditCode, LegalRep: b.LegalRep, Contact: b.Contact, Address: b.Address, Postcode: b.Postcode, Phone: b.Phone, Email: b.Email, Fax: b.Fax,
		Agent:   foi.Agent{Name: b.AgentName, IDKind: foi.IDKind(b.AgentIDKind), IDNumber: b.AgentIDNumber},
		Subject: b.Subject, Details: cleanLines(b.Details), IndexNo: b.IndexNo, Purpose: cleanLines(b.Purpose), AnyWay: b.AnyWay, Help: b.Help, Promised: b.Promised,
		AppliedOn: workday.Date(b.AppliedOn)}
	for _, f := range b.Forms {
		a.Forms = append(a.Forms, foi.DeliveryForm(f))
	}
	for _, w := range b.Ways {
		a.Ways = append(a.Ways, foi.DeliveryWay(w))
	}
	return a
}

// cleanLine is one line of what somebody typed: what can be seen of it, with
// single spaces.
func cleanLine(text string) string {
	return strings.Join(strings.Fields(strings.Map(visibleRune, text)), " ")
}

// cleanLines is the same of several lines, which stay.
func cleanLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(strings.Map(visibleRune, strings.ReplaceAll(line, "\r", "")), " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
