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
}

// unreadable is a file that is not as Write writes it.
type unreadable struct{ file string }

func (e unreadable) Error() string {
	return fmt.Sprintf("缺少“%s”，或者它不是导出时的样子", e.file)
}

// parse reads the files of data; without one of them nothing more can be said.
func (c *checker) parse() error {
	for file, into := range map[string]any{articleFile: &c.article, stepsFile: &c.steps, findingsFile: &c.findings} {
		if err := json.Unmarshal(c.small[file], into); err != nil {
			return unreadable{file}
		}
	}
	if c.article.Format > Format {
		return fmt.Errorf("这份材料由较新的程序导出（格式 %d），请用新版本的 gongkai 核对", c.article.Format)
	}
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
	slices.SortFunc(c.versions, func(a, b Version) int { return a.Number - b.Number })
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
