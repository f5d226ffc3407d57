package dossier

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"html"
	"reflect"
	"slices"

	"gongkai/pb_hooks/publication"
)

// texts computes the hash of each version anew from its text and its files.
func (c *checker) texts(report *Report) string {
	files := 0
	for _, v := range c.versions {
		for _, a := range v.Attachments {
			if sum, ok := c.sums[a.File]; ok && sum != a.SHA256 {
				report.Break("第 %d 版的附件“%s”与平台登记的校验值不符", v.Number, a.Name)
			}
			files++
		}
		lines, err := v.Text(c.sumsOf(v)).Lines()
		if err != nil {
			report.Break("第 %d 版的要素读不出来", v.Number)
			continue
		}
		if sum := sha256.Sum256(lines); hex.EncodeToString(sum[:]) != v.Hash {
			report.Break("第 %d 版的文字或附件被改动过：重新计算的校验码与登记的不符", v.Number)
		}
		in := folder(v.Number)
		if !bytes.Equal(lines, c.small[in+linesFile]) {
			report.Break("第 %d 版的“%s”与 %s、附件不一致", v.Number, linesFile, versionFile)
		}
		page := c.small[in+pageFile]
		if !bytes.Contains(page, []byte("<main>\n"+localBody(v)+"\n</main>")) || !bytes.Contains(page, []byte("<h1>"+escaped(v.Title)+"</h1>")) {
			report.Break("第 %d 版的“%s”与 %s 不一致", v.Number, pageFile, versionFile)
		}
	}
	return fmt.Sprintf("版本：%d 个，含附件 %d 个，由文字和附件重新计算的校验码与登记的相同", len(c.versions), files)
}

func (c *checker) sumsOf(v Version) (list []string) {
	for _, a := range v.Attachments {
		list = append(list, c.sums[a.File])
	}
	return list
}

// escaped is text as html/template writes it.
func escaped(text string) string {
	return string(bytes.ReplaceAll([]byte(html.EscapeString(text)), []byte("+"), []byte("&#43;")))
}

// hashes are those of the versions, computed anew.
func (c *checker) hashes() map[string]string {
	m := map[string]string{}
	for _, v := range c.versions {
		m[v.ID], _ = v.Text(c.sumsOf(v)).Hash() // no hash fits no step
	}
	return m
}

// stepsOnTexts: a step is about exactly the text that is here.
func (c *checker) stepsOnTexts(report *Report) string {
	hashes, about := c.hashes(), 0
	for i, s := range c.steps {
		if s.Number != i+1 {
			report.Break("办理记录的第 %d 步不在它的位置", s.Number)
		}
		if s.Hash == "" {
			continue
		}
		about++
		switch hash, ok := hashes[s.Version]; {
		case !ok:
			report.Break("%s所办理的版本不在材料中", nameOf(s))
		case hash != s.Hash:
			report.Break("%s记录的校验码与它所办理的版本不符", nameOf(s))
		}
	}
	table, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(c.small[stepsTable], []byte("\ufeff")))).ReadAll()
	if err != nil || len(table) == 0 || !reflect.DeepEqual(append([][]string{}, table[1:]...), append([][]string{}, rowsOf(c.steps)...)) {
		report.Break("“%s”与“%s”不一致", stepsTable, stepsFile)
	}
	return fmt.Sprintf("办理记录：%d 步，其中办理版本的 %d 步，记录的校验码就是该版本重新计算的校验码", len(c.steps), about)
}

func nameOf(s Step) string { return fmt.Sprintf("第 %d 步（%s）", s.Number, s.ActionName) }

// procedure takes the steps again: each must have been allowed, by another
// person than those before, and they must lead to where the article stands.
func (c *checker) procedure(report *Report) string {
	var events []publication.Event
	for _, s := range c.steps {
		e := publication.Event{Do: publication.Action(s.Action), Version: s.Version, Hash: s.Hash, Reason: s.Reason, By: s.By, For: s.For,
			Form: publication.Form(s.Form), Writers: slices.Clone(s.Writers)}
		check, err := s.check()
		e.Check = check
		if err != nil {
			report.Break("%s的审核要点读不出来", nameOf(s))
			return ""
		}
		if now, err := publication.Replay(append(events, e)); err != nil {
			report.Break("%s不合办理程序：%v（此前：%s，%s）", nameOf(s), err, now.State.Name(), now.Stage.Name())
			return ""
		}
		events = append(events, e)
	}
	now, _ := publication.Replay(events) // just done
	if string(now.State) != c.article.State || string(now.Stage) != c.article.Stage || now.Version != c.article.Published {
		report.Break("按办理记录，这条信息应为“%s，%s”，与“%s”不一致", now.State.Name(), now.Stage.Name(), articleFile)
	}
	return "办理程序：逐步重走一遍，每一步当时都可以办理，编写、审核、保密审查由规定的不同人员办理；结果与公开状态一致"
}
