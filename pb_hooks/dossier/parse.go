package dossier

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/audit"
)

// data is what the files of a dossier say.
type data struct {
	article  Article
	versions []Version
	steps    []Step
	findings []Finding
	rows     []audit.Entry
	head     audit.Head
	about    subject
	request  Case // of a request, instead of an article
}

// unreadable is a file that is not as Write writes it.
type unreadable struct{ file string }

func (e unreadable) Error() string {
	return fmt.Sprintf("缺少“%s”，或者它不是导出时的样子", e.file)
}

// subject is the record that a dossier is about, and the deed that took it out.
type subject struct {
	collection, id, action string
	export                 Export
}

func newer(format int) error {
	if format > Format {
		return fmt.Errorf("这份材料由较新的程序导出（格式 %d），请用新版本的 gongkai 核对", format)
	}
	return nil
}

// parse reads the files of data; without one of them nothing more can be said.
func (c *checker) parse() error {
	read := c.parseArticle
	if c.isCase() {
		read = c.parseCase
	}
	if err := read(); err != nil {
		return err
	}
	return c.parseAudit()
}

func (c *checker) isCase() bool { return c.small[caseFile] != nil }

func (c *checker) parseArticle() error {
	for file, into := range map[string]any{articleFile: &c.article, stepsFile: &c.steps, findingsFile: &c.findings} {
		if err := json.Unmarshal(c.small[file], into); err != nil {
			return unreadable{file}
		}
	}
	if err := newer(c.article.Format); err != nil {
		return err
	}
	c.about = subject{"articles", c.article.ID, "export", c.article.Export}
	for name, raw := range c.small {
		if !strings.HasSuffix(name, "/"+versionFile) {
			continue
		}
		var v Version
		if err := json.Unmarshal(raw, &v); err != nil || folder(v.Number)+versionFile != name {
			return unreadable{name}
		}
		c.versions = append(c.versions, v)
	}
	slices.SortStableFunc(c.versions, func(a, b Version) int { return a.Number - b.Number })
	return nil
}

// parseAudit reads the rows of the audit and the end of its chain.
func (c *checker) parseAudit() error {
	lines, ended := bytes.CutSuffix(c.small[auditFile], []byte("\n"))
	if !ended {
		return unreadable{auditFile}
	}
	for line := range bytes.SplitSeq(lines, []byte("\n")) {
		var row audit.Entry
		if err := json.Unmarshal(line, &row); err != nil {
			return unreadable{auditFile}
		}
		c.rows = append(c.rows, row)
	}
	head, err := audit.ParseHead(string(c.small[headFile]))
	if err != nil {
		return unreadable{headFile}
	}
	c.head = head
	return nil
}
