package dossier

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"gongkai/pb_hooks/audit"
)

// Case is everything kept of one request of 依申请公开, as far as its exporter may
// see it. Its proof is that of an article: each step with all it says fits its row
// of the audit, each letter and file the sum that was entered when it was made.
type Case struct {
	Info         CaseInfo
	Applications []CaseApplication // as filed, as corrected
	Steps        []CaseStep        // oldest first
	Ledger       []CaseEntry
	Days         []CaseDay
	Letters      []CaseLetter
	Files        []CaseFile
	Audit        []audit.Entry // by number; the last one is the export itself
	Head         audit.Head
}

// CaseInfo is 案件.json.
type CaseInfo struct {
	Format      int    `json:"format"`
	ID          string `json:"id"`
	Number      string `json:"number"` // 受理编号
	SchoolCode  string `json:"school_code"`
	School      string `json:"school"`
	Subject     string `json:"subject"`
	Channel     string `json:"channel"`
	State       string `json:"state"`
	Ending      string `json:"ending"`
	Outcome     string `json:"outcome"`
	Submitted   string `json:"submitted"`
	Received    string `json:"received"`
	CountedFrom string `json:"counted_from"`
	Due         string `json:"due"`
	Provisional bool   `json:"provisional"` // the due day may move
	Closed      string `json:"closed"`
	Department  string `json:"department"`
	Identified  bool   `json:"identified"` // who applied is told; else masked
	Originals   bool   `json:"originals"`  // material and original letters are in it; to the bureau only what was given
	Demo        bool   `json:"demo"`
	Export      Export `json:"export"`
}

// CaseApplication is what was asked for, line by line.
type CaseApplication struct {
	Number int        `json:"number"`
	Lines  []CaseLine `json:"lines"`
}

// CaseLine is a field of an application.
type CaseLine struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// CaseStep is an entry of 办理环节.json, in the names of the stored step.
type CaseStep struct {
	Number      int      `json:"number"` // 1, 2, 3 …
	ID          string   `json:"id"`
	Action      string   `json:"action"`
	ActionName  string   `json:"action_name"`
	Role        string   `json:"role"`
	RoleName    string   `json:"role_name"`
	State       string   `json:"state"` // in which it was taken
	By          string   `json:"by"`
	ByName      string   `json:"by_name"`
	For         string   `json:"for"`
	ForName     string   `json:"for_name"`
	On          string   `json:"on"`
	Recorded    string   `json:"recorded"`
	At          string   `json:"at"`
	Reason      string   `json:"reason"`
	Channel     string   `json:"channel"`
	Party       string   `json:"party"`
	Joint       bool     `json:"joint"`
	Opinion     string   `json:"opinion"`
	Items       string   `json:"items"`
	Days        int      `json:"days"`
	Until       string   `json:"until"`
	Told        string   `json:"told"`
	Hash        string   `json:"hash"` // of the draft that it is about
	Writers     []string `json:"writers"`
	Outcome     string   `json:"outcome"`
	OutcomeName string   `json:"outcome_name"`
	Way         string   `json:"way"`
	Lacking     []string `json:"lacking"`
	Agreed      bool     `json:"agreed"`
	Complaint   string   `json:"complaint"`
	Result      string   `json:"result"`
	Article     string   `json:"article"`
	Assignee    string   `json:"assignee"`
}

// Sum is what the audit keeps of a step: the SHA-256 of its JSON without its
// place and without the names that follow from its codes.
func (s CaseStep) Sum() string {
	s.Number, s.ActionName, s.RoleName, s.OutcomeName = 0, "", "", ""
	s.Writers, s.Lacking = orEmpty(s.Writers), orEmpty(s.Lacking)
	raw, _ := json.Marshal(s) // strings, numbers and booleans
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// CaseEntry is a line of the clock ledger (期限台账).
type CaseEntry struct {
	On   string `json:"on"`
	Text string `json:"text"`
	Due  string `json:"due"`
	Law  string `json:"law"`
}

// CaseDay is a day of the answer period.
type CaseDay struct {
	Date    string `json:"date"`
	Counted bool   `json:"counted"`
	Nth     int    `json:"nth"`
	Reason  string `json:"reason"`
	Law     string `json:"law"`
}

// CaseLetter is a letter (文书). Who may not see the applicant has no original.
type CaseLetter struct {
	ID            string                        `json:"id"`
	Name          string                        `json:"name"`
	Number        string                        `json:"number"`
	Dated         string                        `json:"dated"`
	DeliveredOn   string                        `json:"delivered_on"`
	DeliveredWay  string                        `json:"delivered_way"`
	DeliveredNote string                        `json:"delivered_note"`
	SHA256        string                        `json:"sha256"` // of the original
	Page          string                        `json:"page"`   // file in the zip
	File          string                        `json:"file"`   // original in the zip, "" if it is not in it
	HTML          []byte                        `json:"-"`
	Open          func() (io.ReadCloser, error) `json:"-"` // nil if the original is not given out
}

// CaseFile is a file of the case: what was found, redacted, given or delivered.
type CaseFile struct {
	ID     string                        `json:"id"`
	Name   string                        `json:"name"`
	Kind   string                        `json:"kind"`
	MIME   string                        `json:"mime"`
	Given  bool                          `json:"given"`  // with an answer
	SHA256 string                        `json:"sha256"` // "" of what the applicant handed in
	File   string                        `json:"file"`   // in the zip
	Open   func() (io.ReadCloser, error) `json:"-"`
}
