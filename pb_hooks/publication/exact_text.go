package publication

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
)

// ExactText is everything of a version that reviewers decide on, and that its
// hash therefore covers.
type ExactText struct {
	Title, Source, DocNumber, CreatedOn, ValidUntil string
	Body                                            string          // HTML, as stored
	Facts                                           json.RawMessage // JSON, as stored; none is null
	PublicityWorkdays                               int             // 0 for what is no 公示
	ReleaseAt                                       string          // instant, as stored; "" for at once
	OriginallyOn                                    string          // 原发布日期 of what was public elsewhere before; "" for others
	Files                                           []ExactFile     // in their order
}

// ExactFile is a file of a version.
type ExactFile struct{ SHA256, Name, Alt string }

// Lines are the bytes whose SHA-256 is the hash of the version: a line of JSON
// for each of title, source, document number, created-on date, last valid day,
// body and facts; then, where they are set, when and for how long it is to be
// public; then a line for each file. Anybody can make them again from an export.
//
// What is written here never changes: the hashes are in steps and in the audit.
// The error is that of facts which are no JSON.
func (t ExactText) Lines() ([]byte, error) {
	if len(t.Facts) == 0 {
		t.Facts = json.RawMessage("null")
	}
	var b bytes.Buffer
	for _, part := range []any{t.Title, t.Source, t.DocNumber, t.CreatedOn, t.ValidUntil, t.Body, t.Facts} {
		line, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		b.Write(append(line, '\n'))
	}
	// texts from before there were plans keep their hash
	if t.PublicityWorkdays != 0 {
		b.WriteString("publicity_workdays=" + strconv.Itoa(t.PublicityWorkdays) + "\n")
	}
	if t.ReleaseAt != "" {
		b.WriteString("release_at=" + t.ReleaseAt + "\n")
	}
	if t.OriginallyOn != "" {
		b.WriteString("originally_on=" + t.OriginallyOn + "\n")
	}
	for _, f := range t.Files {
		b.WriteString(f.SHA256 + f.Name + f.Alt + "\n")
	}
	return b.Bytes(), nil
}

// Hash is the SHA-256 of Lines, in hexadecimal.
func (t ExactText) Hash() (string, error) {
	lines, err := t.Lines()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(lines)
	return hex.EncodeToString(sum[:]), nil
}
