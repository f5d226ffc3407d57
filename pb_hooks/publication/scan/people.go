package scan

import (
	"regexp"
	"strings"
)

var splitAt = regexp.MustCompile(`[。！？!?；;\n]`)

// saying is what one sentence says, looked for once, whomever it names.
type saying struct {
	text                     string
	health, poverty          string
	scored, examined, sports bool
	born, denied             bool
}

func said(sentence string) saying {
	born := strings.Contains(sentence, "出生") || strings.Contains(sentence, "生日") || strings.Contains(sentence, "生于")
	return saying{text: sentence, health: health.FindString(sentence), poverty: poverty.FindString(sentence), scored: scored.MatchString(sentence),
		examined: exam.MatchString(sentence), sports: sport.MatchString(sentence), born: born && birth.MatchString(sentence), denied: strings.Contains(sentence, "不得")}
}

// sentences looks at running text for what is said of a named person.
func (s *Scanner) sentences(c Cell) {
	for _, sentence := range splitAt.Split(c.Text, -1) {
		s.results(sentence, c.Place)
		people := persons(sentence)
		if len(people) == 0 {
			continue
		}
		what := said(sentence)
		for _, p := range people {
			s.saidOf(p, what, c.Place)
		}
	}
}

// results looks for how classes did, and for rankings that are shown.
func (s *Scanner) results(sentence, place string) {
	if !strings.ContainsAny(sentence, "分率名") {
		return
	}
	if average.MatchString(sentence) {
		s.add(Scores, Block, place, "班级或年级平均成绩")
	}
	if ranking.MatchString(sentence) && shown.MatchString(sentence) && !denied.MatchString(sentence) {
		s.add(Scores, Block, place, "考试成绩排名")
	}
}

// saidOf is what is said of one person. Of a pupil whatever the sentence says
// counts; of others what stands right beside the name, or before the colon of
// the list that the name begins.
func (s *Scanner) saidOf(p person, what saying, place string) {
	masked, inside, over := maskName(p.name), inBrackets(p.after), headOver(p.before)
	listed := listHead.MatchString(over)
	ofPupil := func(word string) string {
		if p.pupil {
			return word
		}
		return ""
	}
	listedMarks := over != "" && (examList.MatchString(over) || exam.MatchString(over) && bareMark.MatchString(p.after))
	if !what.denied && (isScored(p, inside, what) || listedMarks && !what.sports) {
		s.add(Scores, Block, place, masked+" 的成绩或名次")
	}
	sick := firstOf(ofPupil(what.health), health.FindString(inside), ill.FindString(inside), illSaid.FindString(p.after), illLack.FindString(p.after))
	if sick == "" && listed {
		sick = firstOf(health.FindString(over), illList.FindString(over))
	}
	if sick != "" {
		s.add(Health, Block, place, masked+"："+sick)
	}
	needy := firstOf(ofPupil(what.poverty), poverty.FindString(inside), poorSaid.FindString(p.after), poorHome.FindString(p.after))
	if needy == "" && listed {
		needy = poverty.FindString(over)
	}
	if needy != "" {
		s.add(Hardship, Block, place, masked+"："+needy)
	}
	if p.pupil && what.born || bornAs.MatchString(p.after) || bornUnder.MatchString(p.after) {
		s.add(BirthDate, Warn, place, masked+" 的出生日期")
	}
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func isScored(p person, inside string, what saying) bool {
	switch {
	case p.pupil && what.scored:
		return true
	case toMark.MatchString(p.after):
		found := mark.FindAllStringSubmatch(p.after, -1)
		return len(found) > 1 || len(found) == 1 && found[0][1] != ""
	case what.examined && (points.MatchString(inside) || placed.MatchString(p.before)):
		return true
	}
	return examAfter.MatchString(p.after) || !what.sports && (placeAfter.MatchString(p.after) || strings.Contains(last(p.before, 24), "第") && placeBefore.MatchString(p.before))
}

// last are the last bytes of a text, which may begin within a character.
func last(text string, bytes int) string { return text[max(0, len(text)-bytes):] }

// inBrackets is what stands in brackets right behind a name: 张三(低保).
func inBrackets(after string) string {
	after = strings.TrimLeft(after, " ")
	if !strings.HasPrefix(after, "(") {
		return ""
	}
	inside, _, closed := strings.Cut(after[1:], ")")
	if !closed {
		return ""
	}
	return inside
}

// headOver is what a list is headed by whose first name stands behind this text:
// 困难补助名单: or 患病学生有三(1)班.
func headOver(before string) string {
	if !strings.ContainsAny(before, ":有") {
		return ""
	}
	m := overList.FindStringSubmatch(before)
	if m == nil || staffHead.MatchString(m[1]) {
		return ""
	}
	return m[1]
}
