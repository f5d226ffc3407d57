package scan

import (
	"regexp"
	"strings"
)

// provinces begin a plate.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

var (
	provinceRunes = setOf(provinces)
	houseRunes    = setOf("室元号弄幢栋")

	passport = regexp.MustCompile(`\b(?:[EGDSP] ?(?:\d ?){7}\d|E[A-Z] ?(?:\d ?){6}\d|[HMC] ?(?:\d ?){7,9}\d)\b|(?:台胞证|大陆通行证)(?:号码?)?[:为是 ]{0,2}\d{8}\b`)
	idWords  = []string{"护照", "通行证", "台胞", "证件号", "回乡证", "旅行证"}
	plate    = regexp.MustCompile(`[` + provinces + `]-?[A-HJ-NP-Z][·.• -]?(?:[A-HJ-NP-Z0-9]{5,6})\b`)
	email    = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	address  = regexp.MustCompile(`[\p{Han}\d]{2,20}(?:路|街|弄|村|苑|园|小区|新村|公寓|里)[\p{Han}\d-]{0,12}\d+\s*(?:号|弄|幢|栋)[\p{Han}\d-]{0,10}\d{2,4}\s*室?|\d+\s*(?:号|幢|栋)(?:楼)?\s*\d+\s*单元\s*\d+`)
	office   = regexp.MustCompile(`办公|会议室|教室|报告厅|教学楼|行政楼|实验楼|接待室|校医室|保健室|收发室|窗口|办事大厅|大厦|教育局|请到|报到|参观`)
	// words that make an address somebody's home
	homeWords = []string{"住址", "家住", "居住", "住在", "家庭地址", "户籍地", "学生", "家长", "姓名", "监护人"}
	secret    = regexp.MustCompile(`[★☆]\s*(?:绝密|机密|秘密)|(?:绝密|机密|秘密)\s*保密期限|(?:绝密|机密|秘密)\s*[★☆*]|密级\s*[:：]\s*(?:绝密|机密|秘密|内部|工作秘密)|内部(?:资料|文件|材料|使用)\s*[,，!！:：]?\s*(?:注意保存|仅供|仅限|请勿外传|不得外传|严禁外传|妥善保管|禁止外传)|工作秘密\s*[★☆*]|[(（【]\s*(?:绝密|机密|秘密|内部资料|工作秘密)\s*[】)）]|(?:本|该|此)(?:文件|材料|资料|通知|方案|报告|表|件|文)[^。;；不非未]{0,6}(?:属于|属|为|系|定为|列为)(?:国家|工作|商业)?(?:绝密|机密|秘密)`)
	onlyMark  = regexp.MustCompile(`^\s*(?:绝\s*密|机\s*密|秘\s*密|工作秘密|内部资料)\s*$`)
)

// contacts looks for what one reaches or follows a person by.
func (s *Scanner) contacts(c Cell, head string, inRow bool) {
	text := c.Text
	if strings.Contains(text, "@") {
		for _, m := range email.FindAllString(text, -1) {
			if lower := strings.ToLower(m); !strings.HasSuffix(lower, ".edu.cn") && !strings.HasSuffix(lower, ".sh.cn") && !strings.HasSuffix(lower, ".gov.cn") {
				s.add(Email, Warn, c.Place, mask(Email, m))
			}
		}
	}
	if !hasDigit(text) {
		return
	}
	if hasAny(text, idWords) || hasAny(head, idWords) {
		for _, m := range passport.FindAllString(text, -1) {
			s.add(Passport, Warn, c.Place, mask(Passport, m))
		}
	}
	if provinceRunes.in(text) {
		for _, m := range plate.FindAllString(text, -1) {
			if hasDigit(m) {
				s.add(Plate, Warn, c.Place, mask(Plate, m))
			}
		}
	}
	if houseRunes.in(text) && (inRow || hasAny(text, homeWords) || hasAny(head, homeWords)) && !office.MatchString(text) {
		level := Warn
		if inRow {
			level = Block // in a list of people
		}
		for _, m := range address.FindAllString(text, -1) {
			s.add(Address, level, c.Place, mask(Address, m))
		}
	}
}

// marks looks for secrecy marks: not for the words of the law about them.
func (s *Scanner) marks(c Cell) {
	if !strings.ContainsAny(c.Text, "密内") {
		return
	}
	if m := secret.FindString(c.Text); m != "" {
		s.add(SecrecyMark, Block, c.Place, m)
	} else if onlyMark.MatchString(c.Text) {
		s.add(SecrecyMark, Block, c.Place, strings.TrimSpace(c.Text))
	}
}

// bad looks for the bureau's 错敏词.
func (s *Scanner) bad(c Cell) {
	if s.words == nil {
		return
	}
	for _, m := range s.words.Find(c.Text) {
		f := Finding{Class: Word, Level: m.Entry.Level.finding(), Place: c.Place, Sample: m.Entry.Word, Hint: hints[Word]}
		if m.Entry.Instead != "" {
			f.Hint = "建议改为“" + m.Entry.Instead + "”"
		}
		s.keep(f)
	}
}
