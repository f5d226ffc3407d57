package pb_hooks

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/publication"
)

// headsEnv names the file to which the head of the audit is written every day.
// It belongs on another machine, or where only somebody else may write.
const headsEnv = "GONGKAI_AUDIT_HEADS"

// auditHead is the end of the chain now.
func (p *platform) auditHead(app core.App) (audit.Head, error) {
	last, err := lastEntry(app)
	if err != nil {
		return audit.Head{}, err
	}
	h := audit.Head{Number: last.Number, Hash: last.Hash, At: p.options.Now().In(shanghai).Format("2006-01-02 15:04")}
	if h.Number == 0 {
		h.Hash = audit.Genesis
	}
	return h, nil
}

// tellHead writes the head of the day outside and tells the auditors, whom the
// morning's mail reaches: what left the machine cannot be changed on it. It runs
// several times a day and does each once, so that a server that was down in the
// morning does it later.
func (p *platform) tellHead() {
	if err := errors.Join(p.writeHead(false), p.mailHead()); err != nil {
		p.app.Logger().Error("tell the head of the audit", "error", err)
	}
}

func (p *platform) mailHead() error {
	auditors, err := p.peopleOf(p.app, "", publication.Auditor)
	if err != nil || len(auditors) == 0 {
		return err
	}
	return p.app.RunInTransaction(func(tx core.App) error {
		h, err := p.auditHead(tx)
		if err != nil {
			return err
		}
		return notify(tx, auditors, notification{Kind: "audit", Key: "audit/" + p.today(), Link: "/audit", Title: "审计校验值（请留存）：" + h.String()})
	})
}

// writeHead appends the head to the file outside, once a day or at any rate.
func (p *platform) writeHead(anyway bool) error {
	path := os.Getenv(headsEnv)
	if path == "" {
		return nil
	}
	heads, err := readHeads(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if n := len(heads); !anyway && n > 0 && strings.HasPrefix(heads[n-1].At, p.today()) {
		return nil
	}
	h, err := p.auditHead(p.app)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(h.String() + "\n")
	return errors.Join(err, file.Sync(), file.Close())
}

// readHeads reads a file of heads, a line each.
func readHeads(path string) (heads []audit.Head, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		h, err := audit.ParseHead(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("%s：%w", path, err)
		}
		heads = append(heads, h)
	}
	return heads, nil
}
