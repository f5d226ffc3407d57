package pb_hooks

import (
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/attachment"
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

func (b applicationBody) application() foi.Application {
	a := foi.Application{Class: foi.ApplicantClass(b.Class), Name: b.Name, WorkUnit: b.WorkUnit, IDKind: foi.IDKind(b.IDKind), IDNumber: b.IDNumber,
		CreditCode: b.CreditCode, LegalRep: b.LegalRep, Contact: b.Contact, Address: b.Address, Postcode: b.Postcode, Phone: b.Phone, Email: b.Email, Fax: b.Fax,
		Agent:   foi.Agent{Name: b.AgentName, IDKind: foi.IDKind(b.AgentIDKind), IDNumber: b.AgentIDNumber},
		Subject: b.Subject, Details: b.Details, IndexNo: b.IndexNo, Purpose: b.Purpose, AnyWay: b.AnyWay, Help: b.Help, Promised: b.Promised,
		AppliedOn: workday.Date(b.AppliedOn)}
	for _, f := range b.Forms {
		a.Forms = append(a.Forms, foi.DeliveryForm(f))
	}
	for _, w := range b.Ways {
		a.Ways = append(a.Ways, foi.DeliveryWay(w))
	}
	return a
}

// readForm reads a form of several parts: "application" is its JSON, the papers
// are files.
func readForm(e *core.RequestEvent, into any) (uploads, error) {
	var u uploads
	if err := e.Request.ParseMultipartForm(8 << 20); err != nil {
		return u, e.BadRequestError("没有收到完整的申请，请重试。", err)
	}
	if err := json.Unmarshal([]byte(e.Request.FormValue("application")), into); err != nil {
		return u, e.BadRequestError("申请的格式不对。", err)
	}
	for field, files := range map[string]*[]*filesystem.File{"proofs": &u.proofs, "mandates": &u.mandates, "papers": &u.papers} {
		if e.Request.MultipartForm == nil || len(e.Request.MultipartForm.File[field]) == 0 {
			continue
		}
		list, err := e.FindUploadedFiles(field)
		if err != nil {
			return u, err
		}
		*files = list
	}
	return u, nil
}

// uploads are the papers that come with an application.
type uploads struct{ proofs, mandates, papers []*filesystem.File }

// fields are the uploads by the field that they are stored in and complained
// about.
func (u uploads) fields() map[string][]*filesystem.File {
	return map[string][]*filesystem.File{"proofs": u.proofs, "mandates": u.mandates, "papers": u.papers}
}

// What may be uploaded with an application, in bytes and by content.
const maxProof = 10 << 20

var proofTypes = []string{"image/jpeg", "image/png", "application/pdf"}

// checkUploads reads what was uploaded by its content, and cleans nothing: proofs
// are evidence.
func checkUploads(u uploads, problems map[string]error) error {
	for field, files := range u.fields() {
		for _, f := range files {
			if f.Size > maxProof {
				problems[errorField(field)] = foi.Refusal{Why: foi.Malformed, Field: field, Sentence: "“" + clip(f.OriginalName, 40) + "”超过 10 MB，请压缩或者重新拍照后上传"}
				continue
			}
			ok, err := isProof(f)
			if err != nil {
				return err
			}
			if !ok {
				problems[errorField(field)] = foi.Refusal{Why: foi.Malformed, Field: field, Sentence: "“" + clip(f.OriginalName, 40) + "”不是 JPG、PNG 图片或者 PDF 文件"}
			}
		}
	}
	for field, most := range map[string]int{"proofs": 5, "mandates": 3, "papers": 10} {
		if len(u.fields()[field]) > most {
			problems[errorField(field)] = foi.Refusal{Why: foi.Malformed, Field: field, Sentence: "文件太多，请合并后上传"}
		}
	}
	return nil
}

// errorField is where a form shows what is wrong with an upload.
func errorField(field string) string {
	if field == "mandates" {
		return "agent_mandates"
	}
	return field
}

func isProof(f *filesystem.File) (bool, error) {
	r, err := f.Reader.Open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	kind, err := attachment.Identify(attachment.CleanName(f.OriginalName), r, f.Size)
	if err != nil {
		return false, nil // what it is not is said by its name and content
	}
	for _, t := range proofTypes {
		if kind.MIME == t {
			return true, nil
		}
	}
	return false, nil
}
